//! `asyncio.Semaphore` as in CPython 3.11 (`asyncio/locks.py`): first in, first out.
//!
//! `release` gives the slot to the first waiter by setting the result of its future, so the waiter
//! runs in the loop's next iteration.

use crate::trace::TaskId;
use std::collections::VecDeque;

/// The free slots and the waiting tasks.
#[derive(Debug)]
pub(super) struct Semaphore {
    free_slots: u32,
    waiters: VecDeque<TaskId>,
}

impl Semaphore {
    pub(super) const fn new(limit: u32) -> Self {
        Self { free_slots: limit, waiters: VecDeque::new() }
    }

    /// Whether [`Semaphore::acquire`] would succeed at once.
    pub(super) const fn has_free_slot(&self) -> bool {
        self.free_slots > 0
    }

    /// Takes a slot for `task` and returns true, or queues `task` until [`Semaphore::release`]
    /// returns it.
    pub(super) fn acquire(&mut self, task: TaskId) -> bool {
        let acquired = self.has_free_slot();
        if acquired {
            self.free_slots -= 1;
        } else {
            self.waiters.push_back(task);
        }
        acquired
    }

    /// Gives a slot back. Returns the task that gets it, if one was waiting.
    pub(super) fn release(&mut self) -> Option<TaskId> {
        let next = self.waiters.pop_front();
        self.free_slots += u32::from(next.is_none());
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_go_to_waiters_in_order_of_arrival_and_become_free_when_no_task_waits() {
        let [one, two, three] = [1, 2, 3].map(TaskId::new);
        let mut semaphore = Semaphore::new(1);
        assert!(semaphore.acquire(one));
        assert!(!semaphore.acquire(two) && !semaphore.acquire(three));
        assert_eq!((semaphore.release(), semaphore.has_free_slot()), (Some(two), false));
        assert_eq!((semaphore.release(), semaphore.release(), semaphore.has_free_slot()), (Some(three), None, true));
    }
}
