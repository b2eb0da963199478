//! A finished run with everything that is computed from it once. The page needs all of it before it
//! can show the run.

use crate::model::{self, RunError};
use crate::pieces::{Pacer, at_once, no_pause};
use crate::program::{Console, Source};
use crate::scenario::Scenario;
use crate::time::SimTime;
use crate::trace::{Outcome, TaskId, Trace, TraceIndex};
use std::rc::Rc;

/// Simulated events in one piece of a run: about 4 ms natively, 8 to 12 ms in a browser.
pub const PIECE: u64 = 40_000;

/// The progress of [`Run::compute`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The simulated time that the model has reached.
    pub reached: SimTime,
    /// Whether the model has finished, so that the run is now being indexed.
    pub is_simulated: bool,
}

/// A run and everything that is computed from it once. Share it with an [`Rc`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The events.
    pub trace: Rc<Trace>,
    /// Look-up tables of the trace.
    pub index: Rc<TraceIndex>,
    /// The result in numbers.
    pub outcome: Outcome,
    /// The trace's digest, 16 hexadecimal digits.
    pub digest: String,
    /// The program's text.
    pub source: Source,
    /// The output of the program.
    pub console: Console,
}

impl Run {
    /// Runs `scenario` in pieces and awaits `pause` between two of them. A piece takes less than 15
    /// ms in a browser, for any scenario. Dropping the future cancels the run.
    ///
    /// `pause` may return at once if it has yielded to the browser only a short time ago.
    ///
    /// # Errors
    /// If the run is too large.
    pub async fn compute(scenario: &Scenario, mut pause: impl AsyncFnMut(Progress)) -> Result<Self, RunError> {
        let trace =
            model::run_in_pieces(scenario, PIECE, async |reached| pause(Progress { reached, is_simulated: false }).await).await?;
        let done = Progress { reached: trace.end(), is_simulated: true };
        if trace.simulated > PIECE {
            pause(done).await;
        }
        Ok(Self::index(trace, Pacer::new(async || pause(done).await)).await)
    }

    /// Runs `scenario` without pauses.
    ///
    /// # Errors
    /// If the run is too large.
    pub fn at_once(scenario: &Scenario) -> Result<Self, RunError> {
        model::run(scenario).map(Self::of)
    }

    /// Computes everything from a trace, without pauses.
    #[must_use]
    pub fn of(trace: Trace) -> Self {
        at_once(Self::index(trace, Pacer::new(no_pause)))
    }

    async fn index(trace: Trace, mut pacer: Pacer<'_>) -> Self {
        let index = TraceIndex::build(&trace, &mut pacer).await;
        let digest = trace.digest_in_pieces(&mut pacer).await;
        let console = Console::read_in_pieces(&trace, &index, &mut pacer).await;
        Self {
            outcome: index.outcome.clone(),
            digest: format!("{digest:016x}"),
            source: Source::of(&trace.scenario),
            console,
            index: Rc::new(index),
            trace: Rc::new(trace),
        }
    }

    /// The task to select before the user has selected one: the first that failed, otherwise task
    /// 1.
    #[must_use]
    pub fn default_task(&self) -> TaskId {
        self.outcome.first_error.map_or(TaskId::new(1), |error| error.task)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_in_pieces_equals_one_at_once_and_reports_its_progress() {
        let scenario = Scenario { tasks: 600, ..Scenario::default() };
        let mut reports: Vec<Progress> = Vec::new();
        let run = at_once(Run::compute(&scenario, async |progress| reports.push(progress))).expect("a run that fits");
        assert_eq!(Ok(&run), Run::at_once(&scenario).as_ref());
        assert!(reports.is_sorted_by_key(|progress| (progress.reached, progress.is_simulated)), "{reports:?}");
        assert_eq!(reports.last(), Some(&Progress { reached: run.trace.end(), is_simulated: true }));
        assert_eq!(run.default_task(), run.outcome.first_error.expect("a run with an error").task);
    }
}
