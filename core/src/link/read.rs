//! Parses a link. This never fails: each problem becomes a note with the name of the value.
//!
//! `scene=` adds the pairs of a preset. The other pairs of the link override them.

use super::names::{Name, PROFILE, PageName, SCENE};
use super::state::Link;
use crate::scenario::presets::{PRESETS, Preset};
use crate::scenario::query::{self, Pairs};
use crate::scenario::{MachineChoice, MachineProfile, Scenario, ScenarioError, profile_code};
use crate::text::quoted;
use std::collections::BTreeSet;

impl Link {
    /// Parses a query string, with or without `?`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut link = Self::default();
        let pairs = with_preset(query::pairs(text));
        let profile = link.profile(&pairs);
        let (mut first, mut second, mut page) = (Pairs::new(), Pairs::new(), Vec::new());
        for (name, value) in pairs {
            match Name::of(&name) {
                Some(Name::First(_)) => first.push((name, value)),
                Some(Name::Second(field)) => second.push((field.word().to_owned(), value)),
                Some(Name::Page(name)) => page.push((name, value)),
                None => link.notes.push(ScenarioError::unknown(&name).to_string()),
            }
        }
        let first = query::read_onto(Scenario { profile: profile.clone(), ..Scenario::default() }, first);
        link.notes.extend(first.errors.iter().map(ToString::to_string));
        link.scenario = first.scenario;
        if !second.is_empty() {
            let second = query::read_onto(Scenario { profile, ..link.scenario.clone() }, second);
            link.notes.extend(second.errors.iter().map(|error| format!("b.{error}")));
            link.second = Some(second.scenario);
        }
        link.read_page(&page);
        limit(&mut link.notes);
        link
    }

    /// The profile of the user's machine. Both runs share it.
    fn profile(&mut self, pairs: &Pairs) -> Option<Box<MachineProfile>> {
        let (_, code) = pairs.iter().find(|(name, _)| name == PROFILE)?;
        match profile_code::decode(code) {
            Ok(profile) => Some(Box::new(profile)),
            Err(problem) => {
                self.notes.push(problem.to_string());
                None
            }
        }
    }

    fn read_page(&mut self, page: &[(&'static PageName, String)]) {
        let mut seen = Vec::new();
        for (PageName { name, allowed, read, .. }, value) in page {
            if seen.contains(name) {
                self.notes.push(format!("{name}: given more than once; the first value was taken"));
                continue;
            }
            seen.push(name);
            if !read(self, value) {
                self.notes.push(format!("{name}: {} is not allowed; allowed: {}", quoted(value), allowed()));
            }
        }
    }
}

/// Appends the pairs of the preset that `scene=` names, except those that the link overrides.
fn with_preset(mut pairs: Pairs) -> Pairs {
    let scene = pairs.iter().find(|(name, _)| name == SCENE);
    let Some(preset) = scene.and_then(|(_, name)| Preset::named(name)) else { return pairs };
    for (name, value) in query::pairs(preset.query) {
        if pairs.iter().all(|(existing, _)| *existing != name) {
            pairs.push((name, value));
        }
    }
    pairs
}

/// Removes duplicate notes and limits their number.
fn limit(notes: &mut Vec<String>) {
    const MAX: usize = 8;
    let mut seen = BTreeSet::new();
    notes.retain(|note| seen.insert(note.clone()));
    let removed = notes.len().saturating_sub(MAX);
    if removed > 0 {
        notes.truncate(MAX);
        notes.push(format!("and {removed} more like these"));
    }
}

/// Parses a query string for the command line. It returns only the scenario: the names of the page
/// and of a second run are ignored. `profile`, if given, becomes the machine.
///
/// # Errors
/// All problems with the scenario, and all unknown names.
pub fn read_strictly(text: &str, profile: Option<MachineProfile>) -> Result<Scenario, Vec<ScenarioError>> {
    let query::Reading { mut scenario, others, mut errors } = query::read(text);
    let unknown = others.iter().filter(|(name, _)| Name::of(name).is_none());
    errors.extend(unknown.map(|(name, _)| ScenarioError::unknown(name)));
    if let Some(profile) = profile {
        errors.retain(|error| *error != ScenarioError::NoProfile);
        scenario.machine = MachineChoice::Custom;
        scenario.profile = Some(Box::new(profile));
    }
    if errors.is_empty() { Ok(scenario) } else { Err(errors) }
}

/// The query string of an address. The hash can contain pairs too, for hosts that remove the query.
/// A hash without `=`, such as `#lesson`, is ignored.
#[must_use]
pub fn query_in_address(search: &str, hash: &str) -> String {
    let (search, hash) = (search.trim_start_matches('?'), hash.trim_start_matches(['#', '?']));
    let parts = [search, if hash.contains('=') { hash } else { "" }];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
}

/// The preset with these runs, if there is one.
#[must_use]
pub fn preset_of(first: &Scenario, second: Option<&Scenario>) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| {
        let link = Link::read(preset.query);
        link.scenario == *first && link.second.as_ref() == second
    })
}
