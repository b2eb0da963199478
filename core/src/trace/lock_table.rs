//! The lock of each connection on the database file over time.

use super::{Lock, TaskId};
use crate::time::SimTime;

/// Every lock change of one trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockTable {
    changes: Vec<Change>,
    connections: u32,
}

/// A change of a connection's lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    at: SimTime,
    connection: TaskId,
    /// The task whose call changed it. On a shared connection this varies.
    task: TaskId,
    to: Lock,
}

impl LockTable {
    pub(super) const fn new(connections: u32) -> Self {
        Self { changes: Vec::new(), connections }
    }

    /// Adds a change of the lock of `connection`, made by a call of `task`.
    pub(super) fn add(&mut self, at: SimTime, connection: TaskId, task: TaskId, to: Lock) {
        self.changes.push(Change { at, connection, task, to });
    }

    /// Number of connections of the run.
    #[must_use]
    pub const fn connections(&self) -> u32 {
        self.connections
    }

    /// The locks at `time`, in the order of the connections, each with the task whose call took it.
    /// Connections without a lock are left out.
    #[must_use]
    pub fn at(&self, time: SimTime) -> Vec<(TaskId, Lock)> {
        let mut locks = vec![(TaskId::LOOP, Lock::Unlocked); self.connections as usize];
        for change in self.changes.iter().take_while(|change| change.at <= time) {
            if let Some(entry) = change.connection.index().and_then(|index| locks.get_mut(index)) {
                *entry = (change.task, change.to);
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
    use crate::trace::testing::{micros, three_tasks};

    #[test]
    fn only_connections_that_hold_a_lock_are_in_the_table() {
        let table = TraceIndex::of(&three_tasks()).lock_table;
        let at = |time| table.at(micros(time));
        assert_eq!(at(399), []);
        assert_eq!(at(1_000), [(TaskId::new(1), Lock::Exclusive)]);
        assert_eq!(at(2_000), []);
        assert_eq!(at(7_000), [(TaskId::new(2), Lock::Reserved)]);
    }
}
