//! One finished run with all that the page reads off it once, so that nothing is worked out twice while it plays.

use crate::model::{self, RunError};
use crate::program::{Console, Source};
use crate::scenario::Scenario;
use crate::time::SimTime;
use crate::trace::{Outcome, TaskId, Trace, TraceIndex};
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

impl Run {
    /// Runs `scenario`.
    ///
    /// # Errors
    /// If the run is too large.
    pub fn of(scenario: &Scenario) -> Result<Self, RunError> {
        Ok(Self::from(model::run(scenario)?))
    }

    /// The same in pieces, with a pause after each that is not the last. What is read off a long run comes in pieces of its own.
    ///
    /// # Errors
    /// As [`Run::of`].
    pub async fn in_pieces(scenario: &Scenario, mut pause: impl AsyncFnMut(SimTime)) -> Result<Self, RunError> {
        let trace = model::run_in_pieces(scenario, PIECE, &mut pause).await?;
        let (is_long, end) = (trace.simulated > PIECE, trace.end());
        if is_long {
            pause(end).await;
        }
        let index = TraceIndex::of(&trace);
        if is_long {
            pause(end).await;
        }
        Ok(Self::with_index(trace, index))
    }

    fn with_index(trace: Trace, index: TraceIndex) -> Self {
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

impl From<Trace> for Run {
    fn from(trace: Trace) -> Self {
        let index = TraceIndex::of(&trace);
        Self::with_index(trace, index)
    }
}
