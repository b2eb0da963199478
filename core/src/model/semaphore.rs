//! `asyncio.Semaphore` as CPython 3.11 has it (`asyncio/locks.py`): whoever waits longest is let in first.
//!
//! `release` gives the place on by setting the result of the first waiter's future, so the waiter runs in the loop's next pass.

use crate::trace::TaskId;
use std::collections::VecDeque;

/// How many may still come in, and who waits.
#[derive(Debug)]
pub(super) struct Semaphore {
    free: u32,
    waiters: VecDeque<TaskId>,
}

impl Semaphore {
    pub(super) const fn new(limit: u32) -> Self {
        Self { free: limit, waiters: VecDeque::new() }
    }

    /// Whether `acquire` would let its caller in at once.
    pub(super) const fn is_free(&self) -> bool {
        self.free > 0
    }

    /// True if `task` is in; else it waits until [`Semaphore::release`] names it.
    pub(super) fn acquire(&mut self, task: TaskId) -> bool {
        let is_in = self.is_free();
        if is_in {
            self.free -= 1;
        } else {
            self.waiters.push_back(task);
        }
        is_in
    }

    /// Somebody leaves: who comes in instead, if anybody waits.
    pub(super) fn release(&mut self) -> Option<TaskId> {
        let next = self.waiters.pop_front();
        self.free += u32::from(next.is_none());
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_given_on_in_the_order_of_waiting_and_come_free_when_nobody_waits() {
        let [one, two, three] = [1, 2, 3].map(TaskId::new);
        let mut semaphore = Semaphore::new(1);
        assert!(semaphore.acquire(one));
        assert!(!semaphore.acquire(two) && !semaphore.acquire(three));
        assert_eq!((semaphore.release(), semaphore.is_free()), (Some(two), false));
        assert_eq!((semaphore.release(), semaphore.release(), semaphore.is_free()), (Some(three), None, true));
    }
}
