//! What the coroutines do, as lists of steps. A strategy makes the lists; what walks through them knows of no strategy.
//!
//! The lists are the program of the question, with the scenario's settings filled in: connect, execute, sleep, commit, close.

use crate::scenario::{Scenario, Strategy, Synchronous};
use crate::time::SimDuration;
use crate::trace::Call;
use std::ops::Range;

/// What a coroutine awaits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An answer from its connection's worker thread.
    Call(Call),
    /// `asyncio.sleep`.
    Sleep(SimDuration),
    /// `asyncio.sleep` before a retry, half to one and a half times as long as this.
    Pause(SimDuration),
    /// A place among those that the semaphore lets in.
    Acquire,
    /// The gather of all tasks.
    Gather,
}

/// The steps of a coroutine, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Routine {
    pub(super) steps: Vec<Step>,
    /// The steps whose "database is locked" is caught: the transaction, which a retry begins again.
    pub(super) caught: Range<usize>,
}

/// What a task does between "database is locked" and its next try.
pub(super) const fn before_retry(scenario: &Scenario) -> [Step; 2] {
    [Step::Call(Call::Rollback), Step::Pause(scenario.retry_pause)]
}

/// What a task that failed still does before its error leaves it, where the gather goes on.
pub(super) const AFTER_ERROR: [Step; 2] = [Step::Call(Call::Close), Step::Call(Call::Stop)];

/// What every coroutine under the gather does.
pub(super) fn task(scenario: &Scenario) -> Routine {
    match scenario.strategy {
        Strategy::ConnectionPerTask => with_a_connection(Vec::new(), scenario),
        Strategy::Semaphore => with_a_connection(vec![Step::Acquire], scenario),
        Strategy::SharedConnection => Routine { steps: transaction(1, scenario), caught: 0..0 },
        Strategy::SingleTransaction => {
            let steps = [open(scenario), transaction(scenario.tasks, scenario), close()].concat();
            Routine { steps, caught: 0..0 }
        }
    }
}

/// What the main coroutine does, from just before the gather.
pub(super) fn main(scenario: &Scenario) -> Routine {
    let steps = match scenario.strategy {
        Strategy::SharedConnection => [open(scenario), vec![Step::Gather], close()].concat(),
        _ => vec![Step::Gather],
    };
    Routine { steps, caught: 0..0 }
}

/// After `first`, one row on a connection of the task's own.
fn with_a_connection(first: Vec<Step>, scenario: &Scenario) -> Routine {
    let (before, transaction) = ([first, open(scenario)].concat(), transaction(1, scenario));
    let caught = before.len()..before.len() + transaction.len();
    Routine { steps: [before, transaction, close()].concat(), caught }
}

/// A connection and what is set for it.
fn open(scenario: &Scenario) -> Vec<Step> {
    let mut calls = vec![Call::Connect];
    if !scenario.journal.is_kept_in_the_file() {
        calls.push(Call::PragmaJournal);
    }
    if scenario.synchronous != Synchronous::Full {
        calls.push(Call::PragmaSynchronous);
    }
    calls.into_iter().map(Step::Call).collect()
}

/// So many rows and their COMMIT.
fn transaction(rows: u32, scenario: &Scenario) -> Vec<Step> {
    let mut steps = Vec::new();
    if scenario.read_first {
        steps.extend([Call::Begin, Call::Select].map(Step::Call));
    }
    steps.extend((0..rows).map(|_| Step::Call(Call::Execute)));
    if !scenario.sleep.is_zero() {
        steps.push(Step::Sleep(scenario.sleep));
    }
    steps.push(Step::Call(Call::Commit));
    steps
}

fn close() -> Vec<Step> {
    [Call::Close, Call::Stop].map(Step::Call).into()
}

/// Whether `call` prepares a statement that needs the schema, which the connection's first such statement reads.
pub(super) const fn needs_schema(call: Call) -> bool {
    matches!(call, Call::PragmaJournal | Call::PragmaSynchronous | Call::Select | Call::Execute)
}
