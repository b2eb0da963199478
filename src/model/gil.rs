//! Python's global interpreter lock: one thread at a time runs Python code (fact 8).
//!
//! A thread that wants it waits on a condition variable in slices of 5 ms. At a release one waiter is woken, the one that has
//! stood in the queue longest; but whoever's slice ends goes to the back of the queue, so that once waits are longer than a slice
//! nobody's turn has to do with when it came. The model draws it then.

use super::rng::Rng;
use super::thread::ThreadId;
use crate::time::{SimDuration, SimTime};

/// `sys.getswitchinterval()`.
const SWITCH_INTERVAL: SimDuration = SimDuration::from_millis(5);

/// Who holds the lock and who waits for it.
#[derive(Debug, Default)]
pub(super) struct Gil {
    holder: Option<ThreadId>,
    held_since: SimTime,
    /// In order of coming.
    waiters: Vec<(ThreadId, SimTime)>,
}

impl Gil {
    /// True if `thread` has it now; else it waits, and [`Gil::release`] will name it one day.
    pub(super) fn take(&mut self, thread: ThreadId, now: SimTime) -> bool {
        if self.holder.is_none() {
            self.give(thread, now);
            return true;
        }
        self.waiters.push((thread, now));
        false
    }

    /// The holder lets go; the thread that has it now, if any waited.
    pub(super) fn release(&mut self, now: SimTime, rng: &mut Rng) -> Option<ThreadId> {
        self.holder = None;
        let (_, first_came) = *self.waiters.first()?;
        let waiters = u32::try_from(self.waiters.len()).unwrap_or(u32::MAX);
        let chosen = if now.since(first_came) < SWITCH_INTERVAL { 0 } else { rng.below(waiters) };
        let (thread, _) = self.waiters.remove(chosen as usize);
        self.give(thread, now);
        Some(thread)
    }

    /// True once a waiter has seen a whole slice go by without a switch: the holder must let go at its next chance.
    pub(super) fn is_drop_requested(&self, now: SimTime) -> bool {
        self.waiters.first().is_some_and(|(_, came)| now.since(self.held_since.max(*came)) >= SWITCH_INTERVAL)
    }

    fn give(&mut self, thread: ThreadId, now: SimTime) {
        self.holder = Some(thread);
        self.held_since = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> SimTime {
        SimTime::from_micros(millis * 1000)
    }

    #[test]
    fn a_holder_must_let_go_only_after_a_waiter_has_waited_a_whole_slice() {
        let mut gil = Gil::default();
        assert!(gil.take(ThreadId::LOOP, at(0)));
        assert!(!gil.is_drop_requested(at(100)), "nobody waits");
        assert!(!gil.take(ThreadId::worker(0), at(100)));
        assert!(!gil.is_drop_requested(at(104)));
        assert!(gil.is_drop_requested(at(105)));
    }

    #[test]
    fn waits_shorter_than_a_slice_are_served_in_order() {
        let mut gil = Gil::default();
        let mut rng = Rng::new(1);
        assert!(gil.take(ThreadId::LOOP, at(0)));
        for worker in 0..3 {
            assert!(!gil.take(ThreadId::worker(worker), at(1)));
        }
        for worker in 0..3 {
            assert_eq!(gil.release(at(2), &mut rng), Some(ThreadId::worker(worker)));
        }
        assert_eq!(gil.release(at(2), &mut rng), None);
    }
}
