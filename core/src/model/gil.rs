//! Python's global interpreter lock: one thread at a time runs Python code (fact 8; CPython's ceval_gil).
//!
//! A thread that finds it taken waits on a condition variable. Letting go wakes the thread that has waited longest. Mostly that
//! thread has it then; but between the two, whoever comes by may take it, and the woken one goes to the back of the queue. How
//! often that happens depends on how the threads lie on the cores, which differs from run to run.
//! Left out: the queue's order after slices of 5 ms that end without the lock.

use super::rng::Rng;
use super::thread::ThreadId;
use crate::time::{SimDuration, SimTime};
use std::collections::VecDeque;

/// `sys.getswitchinterval()`.
const SWITCH_INTERVAL: SimDuration = SimDuration::from_millis(5);

/// Who holds the lock and who waits for it.
#[derive(Debug)]
pub(super) struct Gil {
    state: State,
    /// When it last changed hands.
    switched: SimTime,
    /// With the moment at which each came.
    waiters: VecDeque<(ThreadId, SimTime)>,
    /// Of a hundred releases with somebody waiting, so many leave the lock to whoever comes by first.
    free_for_all_percent: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Free,
    Held,
    /// It is this woken thread's as soon as it runs.
    HandedTo(ThreadId),
}

impl Gil {
    pub(super) fn new(free_for_all_percent: u32) -> Self {
        Self { state: State::Free, switched: SimTime::ZERO, waiters: VecDeque::new(), free_for_all_percent }
    }

    /// True if `thread` has it now; else it waits until [`Gil::release`] names it.
    pub(super) fn take(&mut self, thread: ThreadId, now: SimTime) -> bool {
        let is_its = self.state == State::Free || self.state == State::HandedTo(thread);
        if is_its {
            self.state = State::Held;
            self.switched = now;
        } else {
            self.wait(thread, now);
        }
        is_its
    }

    /// `thread` waits, though the lock may be free: it was told to let others run.
    pub(super) fn wait(&mut self, thread: ThreadId, now: SimTime) {
        self.waiters.push_back((thread, now));
    }

    /// The holder lets go; the thread to wake, if any waits.
    pub(super) fn release(&mut self, rng: &mut Rng) -> Option<ThreadId> {
        let next = self.waiters.pop_front().map(|(thread, _)| thread);
        let is_free_for_all = rng.below(100) < self.free_for_all_percent;
        self.state = next.filter(|_| !is_free_for_all).map_or(State::Free, State::HandedTo);
        next
    }

    /// True once a waiter has seen 5 ms go by without a switch: the holder must let go at its next chance.
    pub(super) fn is_drop_requested(&self, now: SimTime) -> bool {
        self.waiters.front().is_some_and(|(_, came)| now.since(self.switched.max(*came)) >= SWITCH_INTERVAL)
    }

    /// How many threads wait.
    pub(super) fn waiters(&self) -> u32 {
        u32::try_from(self.waiters.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: ThreadId = ThreadId::worker(1);
    const TWO: ThreadId = ThreadId::worker(2);

    fn at(millis: u64) -> SimTime {
        SimTime::from_micros(millis * 1000)
    }

    #[test]
    fn a_holder_must_let_go_only_after_a_waiter_has_waited_a_whole_slice() {
        let mut gil = Gil::new(0);
        assert!(gil.take(ThreadId::LOOP, at(0)));
        assert!(!gil.is_drop_requested(at(100)), "nobody waits");
        assert!(!gil.take(ONE, at(100)));
        assert!(!gil.is_drop_requested(at(104)));
        assert!(gil.is_drop_requested(at(105)));
    }

    #[test]
    fn waiters_are_served_in_the_order_in_which_they_came() {
        let (mut gil, mut rng) = (Gil::new(0), Rng::new(1));
        assert!(gil.take(ThreadId::LOOP, at(0)));
        assert!(!gil.take(ONE, at(1)));
        assert!(!gil.take(TWO, at(2)));
        assert_eq!(gil.release(&mut rng), Some(ONE));
        assert!(!gil.take(ThreadId::LOOP, at(2)), "it was handed on");
        assert!(gil.take(ONE, at(3)));
        assert_eq!(gil.release(&mut rng), Some(TWO));
    }

    #[test]
    fn a_lock_left_to_all_goes_to_the_first_who_comes_and_the_woken_thread_waits_again() {
        let (mut gil, mut rng) = (Gil::new(100), Rng::new(1));
        assert!(gil.take(ThreadId::LOOP, at(0)));
        assert!(!gil.take(ONE, at(1)));
        assert_eq!(gil.release(&mut rng), Some(ONE));
        assert!(gil.take(TWO, at(2)));
        assert!(!gil.take(ONE, at(2)));
        assert_eq!(gil.waiters(), 1);
    }
}
