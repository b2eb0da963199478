//! One finished run with all that the page reads off it once, so that nothing is worked out twice while it plays.

use lockstep_core::model::{self, RunError};
use lockstep_core::program::{Console, Source};
use lockstep_core::scenario::Scenario;
use lockstep_core::time::SimTime;
use lockstep_core::trace::{Outcome, TaskId, Trace, TraceIndex};
use std::rc::Rc;

/// Events of the model that take a browser some 30 ms.
pub const PIECE: u64 = 100_000;

/// A run and what came of it. Shared by [`Rc`], and `Eq`, so that comparing two of the same is one pointer compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What happened.
    pub trace: Rc<Trace>,
    /// Its look-up tables.
    pub index: Rc<TraceIndex>,
    /// The sums.
    pub outcome: Outcome,
    /// The trace's short name, 16 hex digits.
    pub digest: String,
    /// The program's text.
    pub source: Source,
    /// What the program prints.
    pub console: Console,
}

/// Runs `scenario` and makes the tables, in pieces with a pause between two; a run of one piece has none. `pause` is told how far the
/// run has come.
///
/// # Errors
/// If the run is too large.
pub async fn traced(scenario: &Scenario, mut pause: impl AsyncFnMut(SimTime)) -> Result<(Trace, TraceIndex), RunError> {
    let trace = model::run_in_pieces(scenario, PIECE, &mut pause).await?;
    let (is_long, end) = (trace.simulated > PIECE, trace.end());
    if is_long {
        pause(end).await;
    }
    let index = TraceIndex::of(&trace);
    if is_long {
        pause(end).await;
    }
    Ok((trace, index))
}

impl Run {
    /// Reads off a run what the page shows of it.
    #[must_use]
    pub fn of((trace, index): (Trace, TraceIndex)) -> Self {
        let outcome = index.outcome.clone();
        let console = Console::of(&trace, &outcome);
        Self {
            digest: format!("{:016x}", trace.digest()),
            source: Source::of(&trace.scenario),
            outcome,
            console,
            index: Rc::new(index),
            trace: Rc::new(trace),
        }
    }

    /// The task to look at before anybody has chosen one: the one that gave up first.
    #[must_use]
    pub fn telling_task(&self) -> TaskId {
        self.outcome.first_error.map_or(TaskId::new(1), |error| error.task)
    }
}

/// The run of `scenario` at once, for tests.
#[cfg(test)]
pub(super) fn at_once(scenario: &Scenario) -> Result<Rc<Run>, RunError> {
    let trace = model::run(scenario)?;
    let index = TraceIndex::of(&trace);
    Ok(Rc::new(Run::of((trace, index))))
}
