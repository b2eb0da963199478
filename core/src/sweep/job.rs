//! The messages between the page and its workers: a run as text, and its result as text.

use super::Sample;
use crate::model;
use crate::scenario::{MachineChoice, Scenario, profile_code, query};

/// Prefix of an answer with the reason why a run was refused.
const REFUSED: &str = "! ";
/// The answer for a worker that failed.
pub const FAILED: &str = "! The worker returned no result.";
/// The name of the user's measured machine in a query string.
const PROFILE: &str = "profile";

/// One run of a sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Index of its value.
    pub value_index: usize,
    /// Its seed.
    pub seed: u32,
    /// The complete scenario, as a query string.
    pub query: String,
}

/// Writes `scenario` as a query string, including a measured machine.
#[must_use]
pub fn write(scenario: &Scenario) -> String {
    let mut text = query::write(scenario);
    if let Some(profile) = scenario.profile.as_deref().filter(|_| scenario.machine == MachineChoice::Custom) {
        text.extend(["&", PROFILE, "=", &profile_code::encode(profile)]);
    }
    text
}

/// Reads a scenario from a query string, including a measured machine.
#[must_use]
pub fn read(text: &str) -> Scenario {
    let query::Reading { mut scenario, others, .. } = query::read(text);
    let code = others.iter().find(|(name, _)| name == PROFILE);
    if let Some(profile) = code.and_then(|(_, code)| profile_code::decode(code).ok()) {
        scenario.machine = MachineChoice::Custom;
        scenario.profile = Some(Box::new(profile));
    }
    scenario
}

/// Runs the scenario in `text` and returns the answer of the worker.
#[must_use]
pub fn answer(text: &str) -> String {
    match model::run(&read(text)) {
        Ok(trace) => Sample::of(&trace).write(),
        Err(refusal) => format!("{REFUSED}{refusal}"),
    }
}

/// Reads what [`answer`] wrote.
///
/// # Errors
/// The reason, if the run was refused.
pub fn read_answer(text: &str) -> Result<Sample, String> {
    let refusal = [text, FAILED].into_iter().find_map(|text| text.strip_prefix(REFUSED)).unwrap_or_default();
    Sample::read(text).ok_or_else(|| refusal.to_owned())
}
