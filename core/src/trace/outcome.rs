//! What came of a run, in numbers, all of them read off its events.

use super::rows::OpenRows;
use super::{Answers, Call, Event, EventKind, Statement, TaskId, Trace};
use crate::time::SimTime;

/// The error that stopped the program, or would have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstError {
    /// When it reached its coroutine.
    pub at: SimTime,
    /// Which coroutine.
    pub task: TaskId,
    /// What SQLite gave up.
    pub statement: Statement,
    /// Rows that the program had seen committed by then.
    pub inserted_before: u32,
}

/// What came of a run. Tasks count from 1; "before the stop" is before the gather ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// When the program saw the commit return that made each row durable, before the stop; as many as rows got in.
    pub committed_at: Vec<SimTime>,
    /// The tasks that those rows are for, in the same order. One coroutine that inserts all rows has one for each task.
    pub commit_order: Vec<TaskId>,
    /// Rows in the file at the end of the trace: a commit may end after the stop (fact 7.8).
    pub rows_in_file: u32,
    /// Errors that reached a coroutine before the stop, after its last retry.
    pub errors: u32,
    /// Errors that were followed by a retry.
    pub retried: u32,
    /// The first of the errors.
    pub first_error: Option<FirstError>,
    /// When the gather ended.
    pub elapsed: SimTime,
    /// When the first coroutine had its connection.
    pub first_connected_at: Option<SimTime>,
    /// When the last one had.
    pub last_connected_at: Option<SimTime>,
    /// When the first coroutine saw its INSERT return.
    pub first_executed_at: Option<SimTime>,
    /// Whether the process would not end by itself: a worker thread is left waiting in its queue (fact 7.9).
    pub would_hang: bool,
    /// Lock attempts.
    pub polls: u64,
    /// When the last event lies.
    pub trace_end: SimTime,
}

impl Outcome {
    /// Rows whose commit the program saw before the stop.
    #[must_use]
    pub fn inserted(&self) -> u32 {
        u32::try_from(self.committed_at.len()).unwrap_or(u32::MAX)
    }

    /// Reads it off `trace`.
    #[must_use]
    pub fn of(trace: &Trace) -> Self {
        let mut reader = OutcomeReader::new(trace);
        for event in &trace.events {
            reader.read(event);
        }
        reader.finish()
    }
}

/// Sums up a run from its events.
pub(super) struct OutcomeReader {
    outcome: Outcome,
    answers: Answers,
    open_rows: OpenRows,
    /// The rows that each task's COMMIT has made durable, until the task learns of it.
    durable: Vec<Vec<TaskId>>,
    /// Worker threads that run.
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
            open_rows: OpenRows::new(trace),
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
        self.rows(task, kind);
        if let Some(call) = self.answers.read(task, kind) {
            self.sees(at, task, call);
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
            EventKind::Failed { statement } if !self.stopped => self.failed(at, task, statement),
            _ => {}
        }
    }

    fn failed(&mut self, at: SimTime, task: TaskId, statement: Statement) {
        let outcome = &mut self.outcome;
        outcome.errors += 1;
        let inserted_before = outcome.inserted();
        outcome.first_error.get_or_insert(FirstError { at, task, statement, inserted_before });
    }

    fn rows(&mut self, task: TaskId, kind: EventKind) {
        let rows = self.open_rows.read(task, kind);
        self.outcome.rows_in_file += u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if let Some(durable) = task.index().and_then(|index| self.durable.get_mut(index)) {
            durable.extend(rows);
        }
    }

    /// The coroutine learns that its call is done.
    fn sees(&mut self, at: SimTime, task: TaskId, call: Call) {
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
