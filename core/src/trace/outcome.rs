//! The result of a run in numbers, computed from its events.

use super::rows::UncommittedRows;
use super::{Answers, Call, Event, EventKind, Statement, TaskId, Trace};
use crate::time::SimTime;

/// The first error of a run. It stops the program unless the gather collects errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstError {
    /// When it reached its coroutine.
    pub at: SimTime,
    /// The task of that coroutine.
    pub task: TaskId,
    /// The statement that returned the error.
    pub statement: Statement,
    /// Rows whose COMMIT had returned to the program by then.
    pub inserted_before: u32,
}

/// The result of a run. "Before the stop" means before the gather ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// For each inserted row, when its COMMIT returned to the program; only rows before the stop.
    pub committed_at: Vec<SimTime>,
    /// The task of each of these rows, in the same order. If one coroutine inserts all rows, they
    /// are numbered as if each had its own task.
    pub commit_order: Vec<TaskId>,
    /// Rows in the file at the end of the trace. A COMMIT may end after the stop (fact 7.8).
    pub rows_in_file: u32,
    /// Errors without a retry that reached a coroutine before the stop.
    pub errors: u32,
    /// Errors that were followed by a retry.
    pub retried: u32,
    /// The first of these errors.
    pub first_error: Option<FirstError>,
    /// When the gather ended.
    pub elapsed: SimTime,
    /// When the first coroutine got its connection.
    pub first_connected_at: Option<SimTime>,
    /// When the last coroutine got its connection.
    pub last_connected_at: Option<SimTime>,
    /// When the first INSERT returned to its coroutine.
    pub first_executed_at: Option<SimTime>,
    /// Whether the process would hang at its end, because a worker thread still waits for its queue
    /// (fact 7.9).
    pub would_hang: bool,
    /// Number of lock attempts.
    pub polls: u64,
    /// The time of the last event.
    pub trace_end: SimTime,
}

impl Outcome {
    /// Rows whose COMMIT returned to the program before the stop.
    #[must_use]
    pub fn inserted(&self) -> u32 {
        u32::try_from(self.committed_at.len()).unwrap_or(u32::MAX)
    }

    /// Computes the result of `trace`.
    #[must_use]
    pub fn of(trace: &Trace) -> Self {
        let mut reader = OutcomeReader::new(trace);
        for event in &trace.events {
            reader.read(event);
        }
        reader.finish()
    }
}

/// Computes the result of a run from its events.
pub(super) struct OutcomeReader {
    outcome: Outcome,
    answers: Answers,
    uncommitted: UncommittedRows,
    /// For each task, the rows that its COMMIT has made durable and not reported yet.
    durable: Vec<Vec<TaskId>>,
    /// Number of running worker threads.
    threads: i64,
    stopped: bool,
}

impl OutcomeReader {
    pub(super) fn new(trace: &Trace) -> Self {
        Self {
            outcome: Outcome {
                committed_at: Vec::new(),
                commit_order: Vec::new(),
                rows_in_file: 0,
                errors: 0,
                retried: 0,
                first_error: None,
                elapsed: trace.end(),
                first_connected_at: None,
                last_connected_at: None,
                first_executed_at: None,
                would_hang: false,
                polls: 0,
                trace_end: trace.end(),
            },
            answers: Answers::new(trace.scenario.coroutines()),
            uncommitted: UncommittedRows::new(trace),
            durable: vec![Vec::new(); trace.scenario.coroutines() as usize],
            threads: 0,
            stopped: false,
        }
    }

    /// Rows in the file so far.
    pub(super) const fn rows_in_file(&self) -> u32 {
        self.outcome.rows_in_file
    }

    pub(super) fn finish(mut self) -> Outcome {
        self.outcome.would_hang = self.threads > 0;
        self.outcome
    }

    pub(super) fn read(&mut self, event: &Event) {
        let Event { at, task, kind } = *event;
        self.read_rows(task, kind);
        if let Some(call) = self.answers.read(task, kind) {
            self.call_returned(at, task, call);
        }
        let outcome = &mut self.outcome;
        match kind {
            EventKind::ThreadStarted => self.threads += 1,
            EventKind::ThreadEnded => self.threads -= 1,
            EventKind::Attempt { .. } => outcome.polls += 1,
            EventKind::LoopStopped => {
                self.stopped = true;
                outcome.elapsed = at;
            }
            EventKind::Connected => {
                outcome.first_connected_at.get_or_insert(at);
                outcome.last_connected_at = Some(at);
            }
            EventKind::Retry => outcome.retried += 1,
            EventKind::Failed { statement } if !self.stopped => self.record_error(at, task, statement),
            _ => {}
        }
    }

    fn record_error(&mut self, at: SimTime, task: TaskId, statement: Statement) {
        let outcome = &mut self.outcome;
        outcome.errors += 1;
        let inserted_before = outcome.inserted();
        outcome.first_error.get_or_insert(FirstError { at, task, statement, inserted_before });
    }

    fn read_rows(&mut self, task: TaskId, kind: EventKind) {
        let rows = self.uncommitted.read(task, kind);
        self.outcome.rows_in_file += u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if let Some(durable) = task.index().and_then(|index| self.durable.get_mut(index)) {
            durable.extend(rows);
        }
    }

    /// A call returned to its coroutine.
    fn call_returned(&mut self, at: SimTime, task: TaskId, call: Call) {
        let outcome = &mut self.outcome;
        match call {
            Call::Execute => {
                outcome.first_executed_at.get_or_insert(at);
            }
            Call::Commit => {
                let rows = task.index().and_then(|index| self.durable.get_mut(index)).map(std::mem::take).unwrap_or_default();
                outcome.committed_at.extend(rows.iter().map(|_| at));
                outcome.commit_order.extend(rows);
            }
            _ => {}
        }
    }
}
