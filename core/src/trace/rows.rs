//! Rows between their INSERT and the COMMIT that makes them durable.
//!
//! On a connection of its own a task commits its own row. On a shared one a COMMIT commits whatever has been inserted before it,
//! so one task's COMMIT commits the others' rows too.

use super::{Call, EventKind, TaskId, Trace};
use crate::scenario::Strategy;

/// Each connection's rows that no COMMIT has made durable yet.
#[derive(Clone, Debug)]
pub(super) struct OpenRows {
    strategy: Strategy,
    by_connection: Vec<Vec<TaskId>>,
    /// Rows inserted by the coroutine that inserts all of them.
    inserted: u32,
}

impl OpenRows {
    pub(super) fn new(trace: &Trace) -> Self {
        let scenario = &trace.scenario;
        Self { strategy: scenario.strategy, by_connection: vec![Vec::new(); scenario.connections() as usize], inserted: 0 }
    }

    /// Reads the next event: the rows that are in the file with it, by the number of the task that each row is for.
    pub(super) fn read(&mut self, task: TaskId, kind: EventKind) -> Vec<TaskId> {
        let rows = task.connection(self.strategy).and_then(|place| self.by_connection.get_mut(place));
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
