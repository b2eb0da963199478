//! What will happen, in order of time; first in, first out among equal times, which is what makes runs repeatable.

use crate::time::SimTime;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A time-ordered queue.
#[derive(Debug)]
pub(super) struct Agenda<E> {
    entries: BinaryHeap<Reverse<Entry<E>>>,
    added: u64,
}

#[derive(Debug)]
struct Entry<E> {
    at: SimTime,
    /// Position among all that was ever added: breaks ties.
    order: u64,
    what: E,
}

impl<E> Agenda<E> {
    pub(super) fn new() -> Self {
        Self { entries: BinaryHeap::new(), added: 0 }
    }

    /// Adds `what`, to happen at `at`.
    pub(super) fn add(&mut self, at: SimTime, what: E) {
        self.entries.push(Reverse(Entry { at, order: self.added, what }));
        self.added += 1;
    }

    /// Takes what happens next.
    pub(super) fn take(&mut self) -> Option<(SimTime, E)> {
        self.entries.pop().map(|Reverse(entry)| (entry.at, entry.what))
    }
}

impl<E> Entry<E> {
    fn key(&self) -> (SimTime, u64) {
        (self.at, self.order)
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
    fn earlier_comes_first_and_equal_times_keep_their_order() {
        let mut agenda = Agenda::new();
        for (at, name) in [(5, "b"), (3, "a"), (5, "c"), (9, "e"), (5, "d")] {
            agenda.add(SimTime::from_micros(at), name);
        }
        let order: String = std::iter::from_fn(|| agenda.take()).map(|(_, name)| name).collect();
        assert_eq!(order, "abcde");
    }
}
