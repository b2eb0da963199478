//! The types of the challenges, and how a run is checked.

use crate::scenario::{Field, Scenario, query};
use crate::trace::{Outcome, Trace, TraceIndex};

/// A challenge. Its texts are sentences; its scenarios are query strings without `?`.
#[derive(Clone, Copy, Debug)]
pub struct Challenge {
    /// A short name, used in URLs and tests.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// The goal, and why it is not easy to reach.
    pub goal: &'static str,
    /// The scenario to start from. Its run does not reach the goal.
    pub start: &'static str,
    /// Fields that must keep their value of `start`, each with a description of that value.
    pub fixed_fields: &'static [(Field, &'static str)],
    /// A hint, shown on request.
    pub hint: &'static str,
    /// Solutions, the simplest first.
    pub solutions: &'static [Solution],
    /// The scenario to compare a run with; none if the goal needs only one run.
    pub(super) comparison: fn(&Scenario) -> Option<Scenario>,
    /// Checks the conditions of the goal, apart from those of `fixed_fields`.
    pub(super) check: fn(&Attempt) -> Vec<Condition>,
}

/// A solution of a challenge.
#[derive(Clone, Copy, Debug)]
pub struct Solution {
    /// What to change, in a few words.
    pub change: &'static str,
    /// The scenario, as a query string without `?`.
    pub query: &'static str,
    /// The result in the model, in the format of [`result_text`](super::result_text).
    pub result: &'static str,
    /// Why it works.
    pub why: &'static str,
    /// What the solution costs in a real program.
    pub cost: &'static str,
    /// The number of the fact in `docs/facts.md` that explains it.
    pub fact: &'static str,
}

/// A run to check against a goal.
pub(super) struct Attempt<'a> {
    pub(super) trace: &'a Trace,
    pub(super) index: &'a TraceIndex,
    /// The outcome of the run to compare with, if there is one.
    pub(super) comparison: Option<&'a Outcome>,
}

/// A condition of a goal, checked for one run.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Condition {
    /// What is required, and the value in this run.
    pub text: String,
    /// Whether the run meets it.
    pub met: bool,
}

impl Challenge {
    /// The scenario that [`Challenge::conditions`] compares a run of `scenario` with, if any.
    #[must_use]
    pub fn comparison(&self, scenario: &Scenario) -> Option<Scenario> {
        (self.comparison)(scenario)
    }

    /// All conditions of the goal, checked for this run. `comparison` is the outcome of the
    /// scenario that [`Challenge::comparison`] returns, if any.
    #[must_use]
    pub fn conditions(&self, trace: &Trace, index: &TraceIndex, comparison: Option<&Outcome>) -> Vec<Condition> {
        let start = query::read(self.start).scenario;
        let kept = self
            .fixed_fields
            .iter()
            .map(|(field, text)| Condition::new(trace.scenario.text(*field) == start.text(*field), format!("{text}.")));
        kept.chain((self.check)(&Attempt { trace, index, comparison })).collect()
    }
}

impl Condition {
    pub(super) fn new(met: bool, text: impl Into<String>) -> Self {
        Self { text: text.into(), met }
    }
}

impl Attempt<'_> {
    pub(super) fn outcome(&self) -> &Outcome {
        &self.index.outcome
    }

    pub(super) fn scenario(&self) -> &Scenario {
        &self.trace.scenario
    }

    /// The condition that every task's row is committed.
    pub(super) fn all_rows_in(&self) -> Condition {
        let (rows, tasks) = (self.outcome().inserted(), self.scenario().tasks);
        Condition::new(rows == tasks, format!("All rows are in: {rows} of {tasks}."))
    }

    /// The condition that there are as many connections as tasks.
    pub(super) fn a_connection_each(&self) -> Condition {
        let Scenario { tasks, .. } = *self.scenario();
        let connections = self.scenario().connections();
        Condition::new(connections == tasks, format!("Each task has its own connection: {connections} for {tasks} tasks."))
    }
}

/// No comparison: the goal needs only one run.
pub(super) const fn no_comparison(_: &Scenario) -> Option<Scenario> {
    None
}
