//! A run as it goes to who runs it and its result as it comes back: text both ways, since a worker shares nothing else.

use super::Sample;
use crate::model;
use crate::scenario::{MachineChoice, Scenario, profile_code, query};

/// Stands before the reason for which a run was refused.
const REFUSED: &str = "! ";
/// The answer of a worker that did not come back.
pub const FAILED: &str = "! The run did not come back as it should.";
/// The name under which a link has the reader's own machine.
const PROFILE: &str = "profile";

/// One run of a sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Which of the values it has.
    pub place: usize,
    /// Its seed.
    pub seed: u32,
    /// All of it, as a link has it.
    pub query: String,
}

/// The query string of a link to the run of `scenario`.
#[must_use]
pub fn write(scenario: &Scenario) -> String {
    let mut text = query::write(scenario);
    if let Some(profile) = scenario.profile.as_deref().filter(|_| scenario.machine == MachineChoice::Custom) {
        text.extend(["&", PROFILE, "=", &profile_code::encode(profile)]);
    }
    text
}

/// The scenario that `text` means, the reader's own machine included.
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

/// Runs what `text` asks for: the whole work of a worker.
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
/// If the run was refused, with the reason.
pub fn read_answer(text: &str) -> Result<Sample, String> {
    let refusal = [text, FAILED].into_iter().find_map(|text| text.strip_prefix(REFUSED)).unwrap_or_default();
    Sample::read(text).ok_or_else(|| refusal.to_owned())
}
