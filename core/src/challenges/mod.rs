//! Challenges: goals that a reader reaches by changing a run's settings. Each has a check that reads the trace, so every way to the
//! goal counts, also one that nobody has thought of.
//!
//! One file a challenge: plain data, and a function that looks at a run. What a stated solution says of itself is proved by
//! `tests/challenges`.

mod breaks_the_lock_step;
mod everybody_in;
mod fewest_rows;
mod goes_home;
mod quick;
mod reads_first;
mod wal_loses;

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
    rival: fn(&Scenario) -> Option<Scenario>,
    /// What has to be true of a run, beside what is kept.
    check: fn(&Attempt) -> Vec<Condition>,
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
struct Attempt<'a> {
    trace: &'a Trace,
    index: &'a TraceIndex,
    rival: Option<&'a Outcome>,
}

/// Something that a goal asks for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Condition {
    /// What is asked for, and how near the run comes.
    pub text: String,
    /// Whether it is so.
    pub met: bool,
}

/// All challenges, the plainest first.
pub const CHALLENGES: [&Challenge; 7] = [
    &fewest_rows::CHALLENGE,
    &everybody_in::CHALLENGE,
    &quick::CHALLENGE,
    &reads_first::CHALLENGE,
    &goes_home::CHALLENGE,
    &wal_loses::CHALLENGE,
    &breaks_the_lock_step::CHALLENGE,
];

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

/// Whether a run that fulfils these has reached its goal.
#[must_use]
pub fn is_reached(conditions: &[Condition]) -> bool {
    conditions.iter().all(|condition| condition.met)
}

/// The end of a run in a few words: "169 of 1000 rows, stopped by an error after 5.8 s".
#[must_use]
pub fn what_came_of(trace: &Trace, outcome: &Outcome) -> String {
    let (rows, tasks) = (outcome.inserted(), trace.scenario.tasks);
    let tenths = (outcome.elapsed.micros() + 50_000) / 100_000;
    let ended = match (outcome.first_error, trace.scenario.keep_going) {
        (Some(_), false) => "stopped by an error after",
        _ => "done after",
    };
    format!("{rows} of {tasks} rows, {ended} {}.{} s", tenths / 10, tenths % 10)
}

impl Condition {
    fn new(met: bool, text: impl Into<String>) -> Self {
        Self { text: text.into(), met }
    }
}

impl Attempt<'_> {
    fn outcome(&self) -> &Outcome {
        &self.index.outcome
    }

    fn scenario(&self) -> &Scenario {
        &self.trace.scenario
    }

    /// Every task's row is in.
    fn all_rows_in(&self) -> Condition {
        let (rows, tasks) = (self.outcome().inserted(), self.scenario().tasks);
        Condition::new(rows == tasks, format!("All rows are in: {rows} of {tasks}."))
    }

    /// As many connections as tasks.
    fn a_connection_each(&self) -> Condition {
        let Scenario { tasks, .. } = *self.scenario();
        let connections = self.scenario().connections();
        Condition::new(connections == tasks, format!("Each task has a connection of its own: {connections} for {tasks} tasks."))
    }
}

/// A goal that one run decides.
const fn alone(_: &Scenario) -> Option<Scenario> {
    None
}
