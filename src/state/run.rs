//! A finished run and everything that is derived from it once, so that playback recomputes none of
//! it.

use lockstep_core::model::{self, RunError};
use lockstep_core::program::{Console, Source};
use lockstep_core::scenario::Scenario;
use lockstep_core::time::SimTime;
use lockstep_core::trace::{Outcome, TaskId, Trace, TraceIndex};
use std::rc::Rc;

/// Events per piece of a run: about 30 ms in a browser.
pub const PIECE: u64 = 100_000;

/// A run and its results. `Eq`, so that two equal [`Rc`]s compare by pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The events.
    pub trace: Rc<Trace>,
    /// Its lookup tables.
    pub index: Rc<TraceIndex>,
    /// The totals.
    pub outcome: Outcome,
    /// The digest of the trace, 16 hex digits.
    pub digest: String,
    /// The program's text.
    pub source: Source,
    /// The output of the program.
    pub console: Console,
}

/// Runs `scenario` and builds the lookup tables, in pieces of [`PIECE`] events. Awaits `pause`
/// between two pieces, with the simulated time that the run has reached.
///
/// # Errors
/// If the run is too large.
pub async fn trace_in_pieces(scenario: &Scenario, mut pause: impl AsyncFnMut(SimTime)) -> Result<(Trace, TraceIndex), RunError> {
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
    /// Derives what the page shows of a run.
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

    /// The task that is selected until the user selects one: the first that gave up, otherwise
    /// task 1.
    #[must_use]
    pub fn default_task(&self) -> TaskId {
        self.outcome.first_error.map_or(TaskId::new(1), |error| error.task)
    }
}

/// Runs `scenario` synchronously, for tests.
#[cfg(test)]
pub(super) fn at_once(scenario: &Scenario) -> Result<Rc<Run>, RunError> {
    let trace = model::run(scenario)?;
    let index = TraceIndex::of(&trace);
    Ok(Rc::new(Run::of((trace, index))))
}
