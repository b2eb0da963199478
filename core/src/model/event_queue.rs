//! The simulator's event queue, ordered by time. Events at the same time leave the queue in the
//! order in which they were added, which makes runs repeatable.

use crate::time::SimTime;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A queue of events, ordered by time.
#[derive(Debug)]
pub(super) struct EventQueue<E> {
    entries: BinaryHeap<Reverse<Entry<E>>>,
    /// Events ever added.
    added: u64,
}

#[derive(Debug)]
struct Entry<E> {
    at: SimTime,
    /// How many events were added before this one; orders events at the same time.
    sequence: u64,
    event: E,
}

impl<E> EventQueue<E> {
    pub(super) fn new() -> Self {
        Self { entries: BinaryHeap::new(), added: 0 }
    }

    /// Adds `event`, which occurs at `at`.
    pub(super) fn push(&mut self, at: SimTime, event: E) {
        self.entries.push(Reverse(Entry { at, sequence: self.added, event }));
        self.added += 1;
    }

    /// Removes the next event and returns it with its time; none if the queue is empty.
    pub(super) fn pop(&mut self) -> Option<(SimTime, E)> {
        self.entries.pop().map(|Reverse(entry)| (entry.at, entry.event))
    }
}

impl<E> Entry<E> {
    fn key(&self) -> (SimTime, u64) {
        (self.at, self.sequence)
    }
}

impl<E> PartialEq for Entry<E> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl<E> Eq for Entry<E> {}

impl<E> PartialOrd for Entry<E> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Entry<E> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_leave_in_order_of_time_and_equal_times_in_order_of_insertion() {
        let mut queue = EventQueue::new();
        for (at, name) in [(5, "b"), (3, "a"), (5, "c"), (9, "e"), (5, "d")] {
            queue.push(SimTime::from_micros(at), name);
        }
        let order: String = std::iter::from_fn(|| queue.pop()).map(|(_, name)| name).collect();
        assert_eq!(order, "abcde");
    }
}
