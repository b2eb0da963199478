//! What a challenge is, and how a run is checked against it.

use crate::scenario::{Field, Scenario, query};
use crate::trace::{Outcome, Trace, TraceIndex};

/// A goal and what belongs to it. Texts are sentences; scenarios are query strings without `?`.
#[derive(Clone, Copy, Debug)]
pub struct Challenge {
    /// A short name for it in addresses and tests.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What is to be reached, and why that is not easy.
    pub goal: &'static str,
    /// Where to begin: a run that does not reach it.
    pub start: &'static str,
    /// Fields that must be as they are at the start, each with what it says then.
    pub kept: &'static [(Field, &'static str)],
    /// One step towards it, for whoever asks.
    pub hint: &'static str,
    /// Ways to it, the plainest first.
    pub solutions: &'static [Solution],
    /// The scenario that a run is held against, for a goal that two runs decide.
    pub(super) rival: fn(&Scenario) -> Option<Scenario>,
    /// What has to be true of a run, beside what is kept.
    pub(super) check: fn(&Attempt) -> Vec<Condition>,
}

/// A way to reach a goal.
#[derive(Clone, Copy, Debug)]
pub struct Solution {
    /// What is changed, in a few words.
    pub change: &'static str,
    /// The scenario.
    pub query: &'static str,
    /// What comes of it in the model, as [`what_came_of`] says it.
    pub result: &'static str,
    /// Why it works.
    pub why: &'static str,
    /// What it costs in a real program.
    pub cost: &'static str,
    /// The fact of `docs/facts.md` on which this rests.
    pub fact: &'static str,
}

/// A run that may reach a goal.
pub(super) struct Attempt<'a> {
    pub(super) trace: &'a Trace,
    pub(super) index: &'a TraceIndex,
    pub(super) rival: Option<&'a Outcome>,
}

/// Something that a goal asks for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Condition {
    /// What is asked for, and how near the run comes.
    pub text: String,
    /// Whether it is so.
    pub met: bool,
}

impl Challenge {
    /// The scenario that has to be run beside `scenario` before [`Challenge::conditions`] can be told.
    #[must_use]
    pub fn rival(&self, scenario: &Scenario) -> Option<Scenario> {
        (self.rival)(scenario)
    }

    /// Everything that is asked for, and whether this run has it. `rival` is the outcome of [`Challenge::rival`], where there is one.
    #[must_use]
    pub fn conditions(&self, trace: &Trace, index: &TraceIndex, rival: Option<&Outcome>) -> Vec<Condition> {
        let start = query::read(self.start).scenario;
        let kept = self
            .kept
            .iter()
            .map(|(field, text)| Condition::new(trace.scenario.text(*field) == start.text(*field), format!("{text}.")));
        kept.chain((self.check)(&Attempt { trace, index, rival })).collect()
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

    /// Every task's row is in.
    pub(super) fn all_rows_in(&self) -> Condition {
        let (rows, tasks) = (self.outcome().inserted(), self.scenario().tasks);
        Condition::new(rows == tasks, format!("All rows are in: {rows} of {tasks}."))
    }

    /// As many connections as tasks.
    pub(super) fn a_connection_each(&self) -> Condition {
        let Scenario { tasks, .. } = *self.scenario();
        let connections = self.scenario().connections();
        Condition::new(connections == tasks, format!("Each task has a connection of its own: {connections} for {tasks} tasks."))
    }
}

/// A goal that one run decides.
pub(super) const fn alone(_: &Scenario) -> Option<Scenario> {
    None
}
