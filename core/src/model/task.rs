//! The coroutines of the program as lists of steps. The strategy determines the lists; the code
//! that executes them does not depend on the strategy.
//!
//! The lists are the question's program with the scenario's settings: connect, execute, sleep,
//! commit, close.

use crate::scenario::{Scenario, Strategy, Synchronous};
use crate::time::SimDuration;
use crate::trace::Call;
use std::ops::Range;

/// One `await` of a coroutine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A call on the connection's worker thread.
    Call(Call),
    /// `asyncio.sleep`.
    Sleep(SimDuration),
    /// `asyncio.sleep` before a retry, for 0.5 to 1.5 times this mean.
    RetryPause(SimDuration),
    /// A slot of the semaphore.
    Acquire,
    /// The gather of all tasks.
    Gather,
}

/// The steps of a coroutine, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Routine {
    pub(super) steps: Vec<Step>,
    /// The steps in which the coroutine catches "database is locked": the transaction, which a
    /// retry begins again.
    pub(super) caught: Range<usize>,
}

/// The steps of a task between "database is locked" and its next try.
pub(super) const fn before_retry(scenario: &Scenario) -> [Step; 2] {
    [Step::Call(Call::Rollback), Step::RetryPause(scenario.retry_pause)]
}

/// The steps of a failed task before it raises its error, if the gather continues after errors.
pub(super) const AFTER_ERROR: [Step; 2] = [Step::Call(Call::Close), Step::Call(Call::Stop)];

/// The steps of every coroutine under the gather.
pub(super) fn task_routine(scenario: &Scenario) -> Routine {
    match scenario.strategy {
        Strategy::ConnectionPerTask => on_own_connection(Vec::new(), scenario),
        Strategy::Semaphore => on_own_connection(vec![Step::Acquire], scenario),
        Strategy::SharedConnection => Routine { steps: transaction(1, scenario), caught: 0..0 },
        Strategy::SingleTransaction => {
            let steps = [connect(scenario), transaction(scenario.tasks, scenario), close()].concat();
            Routine { steps, caught: 0..0 }
        }
    }
}

/// The steps of the main coroutine, from just before the gather.
pub(super) fn main_routine(scenario: &Scenario) -> Routine {
    let steps = match scenario.strategy {
        Strategy::SharedConnection => [connect(scenario), vec![Step::Gather], close()].concat(),
        _ => vec![Step::Gather],
    };
    Routine { steps, caught: 0..0 }
}

/// `first`, then one row on a connection of the task's own.
fn on_own_connection(first: Vec<Step>, scenario: &Scenario) -> Routine {
    let (before, transaction) = ([first, connect(scenario)].concat(), transaction(1, scenario));
    let caught = before.len()..before.len() + transaction.len();
    Routine { steps: [before, transaction, close()].concat(), caught }
}

/// Opens a connection and sets its PRAGMAs.
fn connect(scenario: &Scenario) -> Vec<Step> {
    let mut calls = vec![Call::Connect];
    if !scenario.journal.is_kept_in_the_file() {
        calls.push(Call::PragmaJournal);
    }
    if scenario.synchronous != Synchronous::Full {
        calls.push(Call::PragmaSynchronous);
    }
    calls.into_iter().map(Step::Call).collect()
}

/// Inserts `rows` rows and commits them.
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

/// Closes the connection and stops its worker thread.
fn close() -> Vec<Step> {
    [Call::Close, Call::Stop].map(Step::Call).into()
}

/// Whether `call` prepares a statement that needs the schema. The first such statement of a
/// connection reads it.
pub(super) const fn needs_schema(call: Call) -> bool {
    matches!(call, Call::PragmaJournal | Call::PragmaSynchronous | Call::Select | Call::Execute)
}
