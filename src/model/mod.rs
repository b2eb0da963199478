//! The model: a scenario in, a trace out.

use crate::scenario::Scenario;
use crate::trace::Trace;
use thiserror::Error;

/// Most events that a run may have; counted while it runs.
pub const MOST_EVENTS: u64 = 20_000_000;

/// A run that is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RunError {
    /// The run reached [`MOST_EVENTS`].
    #[error("this run is too large: it was stopped at {MOST_EVENTS} events, {reached} s into it; {advice}")]
    TooLarge {
        /// How far the run had come, in seconds of simulated time.
        reached: crate::time::SimTime,
        /// What would fit.
        advice: String,
    },
}

/// Runs the program of `scenario` once.
///
/// # Errors
/// If the run would have more than [`MOST_EVENTS`] events.
pub fn run(_scenario: &Scenario) -> Result<Trace, RunError> {
    todo!()
}
