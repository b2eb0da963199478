//! A scenario as a query string: `tasks=1000&timeout=5`. Defaults are left out when written.
//!
//! A query string may also have names that are no fields of a scenario. They are handed back as
//! they stand; `link` knows them.

use super::machine::MachineChoice;
use super::set::ScenarioError;
use super::table::{Field, Scenario};

/// Names and values of a query string, in the order given.
pub type Pairs = Vec<(String, String)>;

/// What a query string turned out to say. Nothing in it is lost: it is in the scenario, in the
/// errors or among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The scenario, with defaults for what is missing or could not be read.
    pub scenario: Scenario,
    /// Names that are no fields of a scenario.
    pub others: Pairs,
    /// What could not be read.
    pub errors: Vec<ScenarioError>,
}

/// Reads a query string, with or without a leading `?`. Any string is read; what is wrong with it
/// is in [`Reading::errors`].
#[must_use]
pub fn read(query: &str) -> Reading {
    read_onto(Scenario::default(), pairs(query))
}

/// The names and values of a query string, as they stand.
#[must_use]
pub fn pairs(query: &str) -> Pairs {
    form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).into_owned().collect()
}

/// Reads names and values into `base`, which stays as it is where nothing, or nothing that can be
/// read, is said.
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
                reading.errors.extend(reading.scenario.set_alone(field, &value).err());
            }
            None => reading.others.push((name, value)),
        }
    }
    reading.refuse_custom_without_profile(fallback);
    reading.refuse_reading_first_without_a_connection();
    reading
}

impl Reading {
    /// A profile that no field asks for is left out: two scenarios that run the same are the same.
    fn refuse_custom_without_profile(&mut self, fallback: MachineChoice) {
        if self.scenario.machine != MachineChoice::Custom {
            self.scenario.profile = None;
        } else if self.scenario.profile.is_none() {
            self.scenario.machine = fallback;
            self.errors.push(ScenarioError::NoProfile);
        }
    }

    fn refuse_reading_first_without_a_connection(&mut self) {
        if let Err(error) = self.scenario.check_together() {
            self.scenario.read_first = Scenario::default().read_first;
            self.errors.push(error);
        }
    }
}

/// The scenario as a query string without `?`; fields at their default are left out.
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
