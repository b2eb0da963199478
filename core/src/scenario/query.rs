//! A scenario as a query string: `tasks=1000&timeout=5`. Defaults are omitted.
//!
//! A query string can also contain names that are not fields of a scenario. They are returned
//! unchanged, for `link` to parse.

use super::machine::MachineChoice;
use super::profile_code;
use super::set::ScenarioError;
use super::table::{Field, Scenario};

/// Names and values of a query string, in their original order.
pub type Pairs = Vec<(String, String)>;

/// The result of parsing a query string. Every pair ends up in the scenario, in the errors or in
/// the other pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The scenario. Fields that are missing or invalid have their defaults.
    pub scenario: Scenario,
    /// Pairs whose names are not fields of a scenario.
    pub others: Pairs,
    /// One error for each invalid or conflicting value.
    pub errors: Vec<ScenarioError>,
}

/// Parses a query string, with or without a leading `?`. This never fails: problems are in
/// [`Reading::errors`].
#[must_use]
pub fn read(query: &str) -> Reading {
    read_onto(Scenario::default(), pairs(query))
}

/// The names and values of a query string, decoded but not parsed further.
#[must_use]
pub fn pairs(query: &str) -> Pairs {
    form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).into_owned().collect()
}

/// Sets fields of `base` from names and values. Fields that are missing or invalid keep their
/// values.
#[must_use]
pub fn read_onto(base: Scenario, pairs: Pairs) -> Reading {
    let fallback = base.machine;
    let mut reading = Reading { scenario: base, others: Vec::new(), errors: Vec::new() };
    let mut seen = Vec::new();
    for (name, value) in pairs {
        match Field::from_word(&name) {
            Some(field) if seen.contains(&field) => reading.errors.push(ScenarioError::Repeated { field }),
            Some(field) => {
                seen.push(field);
                reading.errors.extend(reading.scenario.set_unchecked(field, &value).err());
            }
            None => reading.others.push((name, value)),
        }
    }
    reading.reject_custom_without_profile(fallback);
    reading.reject_conflicts();
    reading
}

impl Reading {
    /// Also drops a profile that no field uses, so that scenarios with the same run are equal.
    fn reject_custom_without_profile(&mut self, fallback: MachineChoice) {
        if self.scenario.machine != MachineChoice::Custom {
            self.scenario.profile = None;
        } else if self.scenario.profile.is_none() {
            self.scenario.machine = fallback;
            self.errors.push(ScenarioError::NoProfile);
        }
    }

    fn reject_conflicts(&mut self) {
        if let Err(error) = self.scenario.check_conflicts() {
            self.scenario.read_first = Scenario::default().read_first;
            self.errors.push(error);
        }
    }
}

/// The scenario as a query string without `?`. Fields at their defaults are omitted.
#[must_use]
pub fn write(scenario: &Scenario) -> String {
    let default = Scenario::default();
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (field, name) in Field::ALL {
        let text = scenario.text(*field);
        if text != default.text(*field) {
            query.append_pair(name, &text);
        }
    }
    query.finish()
}

/// The name of the user's measured machine in a query string.
pub(crate) const PROFILE: &str = "profile";

/// Writes `scenario` as a query string, including a measured machine.
#[must_use]
pub fn write_with_machine(scenario: &Scenario) -> String {
    let mut text = write(scenario);
    if let Some(profile) = scenario.profile.as_deref().filter(|_| scenario.machine == MachineChoice::Custom) {
        text.extend(["&", PROFILE, "=", &profile_code::encode(profile)]);
    }
    text
}

/// Reads what [`write_with_machine`] wrote.
#[must_use]
pub fn read_with_machine(text: &str) -> Scenario {
    let Reading { mut scenario, others, .. } = read(text);
    let code = others.iter().find(|(name, _)| name == PROFILE);
    if let Some(profile) = code.and_then(|(_, code)| profile_code::decode(code).ok()) {
        scenario.machine = MachineChoice::Custom;
        scenario.profile = Some(Box::new(profile));
    }
    scenario
}
