//! Who has which lock on the database file, at every moment.

use super::{Lock, TaskId};
use crate::time::SimTime;

/// Every change of a lock of one trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockTable {
    changes: Vec<Change>,
    connections: u32,
}

/// A connection's lock changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    at: SimTime,
    connection: TaskId,
    /// Whose call changed it: on a shared connection not always the same.
    task: TaskId,
    to: Lock,
}

impl LockTable {
    pub(super) const fn new(connections: u32) -> Self {
        Self { changes: Vec::new(), connections }
    }

    /// Adds the change that `task` makes to the lock of its `connection`.
    pub(super) fn add(&mut self, at: SimTime, connection: TaskId, task: TaskId, to: Lock) {
        self.changes.push(Change { at, connection, task, to });
    }

    /// How many connections the run has.
    #[must_use]
    pub const fn connections(&self) -> u32 {
        self.connections
    }

    /// Who has a lock at `time`, by connection; all others have none.
    #[must_use]
    pub fn at(&self, time: SimTime) -> Vec<(TaskId, Lock)> {
        let mut locks = vec![(TaskId::LOOP, Lock::Unlocked); self.connections as usize];
        for change in self.changes.iter().take_while(|change| change.at <= time) {
            if let Some(place) = change.connection.index().and_then(|index| locks.get_mut(index)) {
                *place = (change.task, change.to);
            }
        }
        locks.retain(|(_, lock)| *lock != Lock::Unlocked);
        locks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::TraceIndex;
    use crate::trace::testing::{hand_over, micros};

    #[test]
    fn the_table_has_whoever_has_a_lock_and_nobody_else() {
        let table = TraceIndex::of(&hand_over()).lock_table;
        let at = |time| table.at(micros(time));
        assert_eq!(at(399), []);
        assert_eq!(at(1_000), [(TaskId::new(1), Lock::Exclusive)]);
        assert_eq!(at(2_000), []);
        assert_eq!(at(7_000), [(TaskId::new(2), Lock::Reserved)]);
    }
}
