//! A scenario as a query string: `tasks=1000&timeout=5`. Defaults are left out when written.

use super::field::{Field, ScenarioError, quoted};
use super::{MachineChoice, MachineProfile, Scenario};

/// What a query string says beside the scenario: names that belong to the page, in the order given.
pub type PageFields = Vec<(String, String)>;

/// Names that the page reads; the command line accepts and ignores them. `b.` stands before the second run's names.
pub const PAGE_NAMES: [&str; 18] = [
    "v", "scene", "profile", "t", "speed", "select", "zoom", "sort", "only", "fold", "dial", "embed", "hide", "lock", "theme",
    "motion", "predict", "lang",
];

/// What a query string turned out to say: nothing in it is ever lost without a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The scenario, with defaults for what is missing or could not be read.
    pub scenario: Scenario,
    /// The page's own names and values.
    pub page: PageFields,
    /// What could not be read.
    pub errors: Vec<ScenarioError>,
}

/// Reads a query string, with or without a leading `?`. Any string is read; what is wrong with it is in [`Reading::errors`].
#[must_use]
pub fn read(query: &str) -> Reading {
    read_onto(Scenario::default(), pairs(query))
}

/// The names and values of a query string, as they stand.
#[must_use]
pub fn pairs(query: &str) -> PageFields {
    form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).into_owned().collect()
}

/// Reads names and values into `base`, which stays as it is where nothing, or nothing that can be read, is said.
#[must_use]
pub fn read_onto(base: Scenario, pairs: PageFields) -> Reading {
    let fallback = base.machine;
    let mut reading = Reading { scenario: base, page: Vec::new(), errors: Vec::new() };
    let mut seen = Vec::new();
    for (name, value) in pairs {
        match Field::from_word(&name) {
            Some(field) if seen.contains(&field) => reading.errors.push(ScenarioError::Repeated { field }),
            Some(field) => {
                seen.push(field);
                reading.errors.extend(reading.scenario.set_alone(field, &value).err());
            }
            None if is_page_name(&name) => reading.page.push((name, value)),
            None => reading.errors.push(ScenarioError::UnknownField { name: quoted(&name) }),
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

fn is_page_name(name: &str) -> bool {
    PAGE_NAMES.contains(&name) || name.strip_prefix("b.").is_some_and(|second| Field::from_word(second).is_some())
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

/// Reads a query string that must be right as a whole, as the command line wants it. A profile, if given, is the machine.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_strictly(query: &str, profile: Option<MachineProfile>) -> Result<Scenario, Vec<ScenarioError>> {
    let Reading { mut scenario, mut errors, .. } = read(query);
    if let Some(profile) = profile {
        errors.retain(|error| *error != ScenarioError::NoProfile);
        scenario.machine = MachineChoice::Custom;
        scenario.profile = Some(Box::new(profile));
    }
    if errors.is_empty() { Ok(scenario) } else { Err(errors) }
}
