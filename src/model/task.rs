//! A coroutine as a list of steps and the place where it is suspended.
//!
//! The list is the program of the question, with the scenario's settings filled in: connect, execute, sleep, commit, close.

use crate::scenario::{Journal, Scenario, Synchronous};
use crate::time::SimDuration;
use crate::trace::{Call, Statement};

/// What a coroutine awaits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An answer from its connection's worker thread.
    Call(Call),
    /// `asyncio.sleep`.
    Sleep(SimDuration),
}

/// The steps of every task of `scenario`, in order.
pub(super) fn steps(scenario: &Scenario) -> Vec<Step> {
    let mut steps = vec![Step::Call(Call::Connect)];
    if !scenario.journal.is_kept_in_the_file() {
        steps.push(Step::Call(Call::PragmaJournal));
    }
    if scenario.synchronous != Synchronous::Full {
        steps.push(Step::Call(Call::PragmaSynchronous));
    }
    steps.push(Step::Call(Call::Execute));
    if !scenario.sleep.is_zero() {
        steps.push(Step::Sleep(scenario.sleep));
    }
    steps.extend([Call::Commit, Call::Close, Call::Stop].map(Step::Call));
    steps
}

/// What a task that failed still does before its error leaves it.
const AFTER_ERROR: [Step; 2] = [Step::Call(Call::Close), Step::Call(Call::Stop)];

/// One coroutine.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// Steps begun so far.
    begun: usize,
    /// Where SQLite gave up, if it did.
    pub(super) failed: Option<Statement>,
}

impl Task {
    pub(super) const fn new() -> Self {
        Self { begun: 0, failed: None }
    }

    /// The next thing it awaits; none when it returns or its error leaves it.
    pub(super) fn next(&mut self, steps: &[Step], closes_after_error: bool) -> Option<Step> {
        let steps = match self.failed {
            None => steps,
            Some(_) if closes_after_error => &AFTER_ERROR,
            Some(_) => &[],
        };
        let step = steps.get(self.begun).copied();
        self.begun += 1;
        step
    }

    /// What it awaits, or awaited last.
    pub(super) fn current(&self, steps: &[Step]) -> Option<Step> {
        self.begun.checked_sub(1).and_then(|last| steps.get(last).copied())
    }

    /// "database is locked" reached it.
    pub(super) fn fail(&mut self, statement: Statement) {
        self.failed = Some(statement);
        self.begun = 0;
    }
}

/// Whether the first statement of a connection, which reads the schema, is this call.
pub(super) fn is_first_statement(call: Call, scenario: &Scenario) -> bool {
    let pragma_journal = !matches!(scenario.journal, Journal::Delete | Journal::Wal);
    match call {
        Call::PragmaJournal => true,
        Call::PragmaSynchronous => !pragma_journal,
        Call::Execute => !pragma_journal && scenario.synchronous == Synchronous::Full,
        _ => false,
    }
}
