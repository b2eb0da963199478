//! Rows between their INSERT and the COMMIT that makes them durable.
//!
//! On its own connection a task commits only its own row. On a shared connection a COMMIT commits
//! every row that was inserted before it, including those of other tasks.

use super::{Call, EventKind, TaskId, Trace};
use crate::scenario::Strategy;

/// For each connection, the rows that are not committed yet.
#[derive(Clone, Debug)]
pub(super) struct UncommittedRows {
    strategy: Strategy,
    by_connection: Vec<Vec<TaskId>>,
    /// Rows so far, if one coroutine inserts all rows.
    inserted: u32,
}

impl UncommittedRows {
    pub(super) fn new(trace: &Trace) -> Self {
        let scenario = &trace.scenario;
        Self { strategy: scenario.strategy, by_connection: vec![Vec::new(); scenario.connections() as usize], inserted: 0 }
    }

    /// Reads the next event. Returns the rows that this event makes durable, each as the task that
    /// it belongs to.
    pub(super) fn read(&mut self, task: TaskId, kind: EventKind) -> Vec<TaskId> {
        let rows = task.connection(self.strategy).and_then(|index| self.by_connection.get_mut(index));
        let Some(rows) = rows else { return Vec::new() };
        match kind {
            EventKind::CallReturned { call: Call::Execute, ok: true } if self.strategy == Strategy::SingleTransaction => {
                self.inserted += 1;
                rows.push(TaskId::new(self.inserted));
            }
            EventKind::CallReturned { call: Call::Execute, ok: true } => rows.push(task),
            EventKind::CallReturned { call: Call::Rollback | Call::Close, .. } => rows.clear(),
            EventKind::CommitIoEnds => return std::mem::take(rows),
            _ => {}
        }
        Vec::new()
    }
}
