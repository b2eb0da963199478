//! Python's global interpreter lock: one thread at a time runs Python code (fact 8; CPython's
//! ceval_gil).
//!
//! A thread that finds the lock taken waits on a condition variable. A release wakes the thread
//! that has waited longest. Usually that thread then gets the lock. But sometimes another thread
//! asks for it before the woken thread runs, and takes it (barging). The woken thread then goes to
//! the back of the queue. How often that happens depends on how the threads are placed on the
//! cores, which differs from run to run.
//!
//! Left out: the queue's order after slices of 5 ms that end without the lock.

use super::rng::Rng;
use super::thread::ThreadId;
use crate::time::{SimDuration, SimTime};
use std::collections::VecDeque;

/// `sys.getswitchinterval()`.
const SWITCH_INTERVAL: SimDuration = SimDuration::from_millis(5);

/// The lock and its waiting threads.
#[derive(Debug)]
pub(super) struct Gil {
    state: State,
    /// When a thread last took it.
    last_switch: SimTime,
    /// Waiting threads, each with the time at which it began to wait.
    waiters: VecDeque<(ThreadId, SimTime)>,
    /// Percentage of contended releases after which any thread may take the lock, 0 to 100.
    barging_percent: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Free,
    Held,
    /// Reserved for this woken thread, until it runs.
    HandedTo(ThreadId),
}

impl Gil {
    pub(super) fn new(barging_percent: u32) -> Self {
        Self { state: State::Free, last_switch: SimTime::ZERO, waiters: VecDeque::new(), barging_percent }
    }

    /// Takes the lock for `thread` and returns true, or queues `thread` until [`Gil::release`]
    /// returns it.
    pub(super) fn take(&mut self, thread: ThreadId, now: SimTime) -> bool {
        let is_available = self.state == State::Free || self.state == State::HandedTo(thread);
        if is_available {
            self.state = State::Held;
            self.last_switch = now;
        } else {
            self.wait(thread, now);
        }
        is_available
    }

    /// Queues `thread` even if the lock is free: after a drop request it must let another thread
    /// run.
    pub(super) fn wait(&mut self, thread: ThreadId, now: SimTime) {
        self.waiters.push_back((thread, now));
    }

    /// The holder releases the lock. Returns the thread to wake, if one waits.
    pub(super) fn release(&mut self, rng: &mut Rng) -> Option<ThreadId> {
        let next = self.waiters.pop_front().map(|(thread, _)| thread);
        let allows_barging = rng.below(100) < self.barging_percent;
        self.state = next.filter(|_| !allows_barging).map_or(State::Free, State::HandedTo);
        next
    }

    /// True once a waiter has seen 5 ms pass without a switch: the holder must drop the lock at its
    /// next chance.
    pub(super) fn is_drop_requested(&self, now: SimTime) -> bool {
        self.waiters.front().is_some_and(|(_, since)| now.since(self.last_switch.max(*since)) >= SWITCH_INTERVAL)
    }

    /// Number of waiting threads.
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
    fn a_drop_is_requested_only_after_a_waiter_has_waited_a_whole_switch_interval() {
        let mut gil = Gil::new(0);
        assert!(gil.take(ThreadId::LOOP, at(0)));
        assert!(!gil.is_drop_requested(at(100)), "no thread waits");
        assert!(!gil.take(ONE, at(100)));
        assert!(!gil.is_drop_requested(at(104)));
        assert!(gil.is_drop_requested(at(105)));
    }

    #[test]
    fn waiters_get_the_lock_in_order_of_arrival() {
        let (mut gil, mut rng) = (Gil::new(0), Rng::new(1));
        assert!(gil.take(ThreadId::LOOP, at(0)));
        assert!(!gil.take(ONE, at(1)));
        assert!(!gil.take(TWO, at(2)));
        assert_eq!(gil.release(&mut rng), Some(ONE));
        assert!(!gil.take(ThreadId::LOOP, at(2)), "the lock is reserved for the woken thread");
        assert!(gil.take(ONE, at(3)));
        assert_eq!(gil.release(&mut rng), Some(TWO));
    }

    #[test]
    fn with_barging_the_first_thread_that_asks_gets_the_lock_and_the_woken_thread_waits_again() {
        let (mut gil, mut rng) = (Gil::new(100), Rng::new(1));
        assert!(gil.take(ThreadId::LOOP, at(0)));
        assert!(!gil.take(ONE, at(1)));
        assert_eq!(gil.release(&mut rng), Some(ONE));
        assert!(gil.take(TWO, at(2)));
        assert!(!gil.take(ONE, at(2)));
        assert_eq!(gil.waiters(), 1);
    }
}
