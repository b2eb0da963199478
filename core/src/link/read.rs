//! Reads a link. Any text can be read, and what is wrong with it is noted by name.
//!
//! `scene=` stands for the names of a preset, each of which the link itself may say otherwise.

use super::names::{Name, PROFILE, PageName, SCENE};
use super::state::Link;
use crate::scenario::presets::{PRESETS, Preset};
use crate::scenario::query::{self, Pairs};
use crate::scenario::{MachineChoice, MachineProfile, Scenario, ScenarioError, profile_code};
use crate::text::quoted;
use std::collections::BTreeSet;

impl Link {
    /// Reads a query string, with or without `?`.
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
        shorten(&mut link.notes);
        link
    }

    /// The user's own machine, for whichever run is on it; a link has one.
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

/// `pairs`, and behind them those of the preset that they name, but for the names that they have
/// themselves.
fn with_preset(mut pairs: Pairs) -> Pairs {
    let scene = pairs.iter().find(|(name, _)| name == SCENE);
    let Some(preset) = scene.and_then(|(_, name)| Preset::named(name)) else { return pairs };
    for (name, value) in query::pairs(preset.query) {
        if pairs.iter().all(|(own, _)| *own != name) {
            pairs.push((name, value));
        }
    }
    pairs
}

/// A link of a thousand wrong names needs no thousand notes, and none of them twice.
fn shorten(notes: &mut Vec<String>) {
    const MOST: usize = 8;
    let mut seen = BTreeSet::new();
    notes.retain(|note| seen.insert(note.clone()));
    let left_out = notes.len().saturating_sub(MOST);
    if left_out > 0 {
        notes.truncate(MOST);
        notes.push(format!("and {left_out} more like these"));
    }
}

/// Reads a query string that must be right as a whole, as the command line wants it: the scenario
/// alone, with the names of the page and of a second run ignored. A profile, if given, is the
/// machine.
///
/// # Errors
/// Everything that is wrong with the scenario, and every unknown name.
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

/// The query string of an address. The hash may hold the same names, for hosts that cut queries
/// off; `#lesson` is none.
#[must_use]
pub fn in_address(search: &str, hash: &str) -> String {
    let (search, hash) = (search.trim_start_matches('?'), hash.trim_start_matches(['#', '?']));
    let parts = [search, if hash.contains('=') { hash } else { "" }];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
}

/// The preset that these runs are, if they are one.
#[must_use]
pub fn preset_of(first: &Scenario, second: Option<&Scenario>) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| {
        let link = Link::read(preset.query);
        link.scenario == *first && link.second.as_ref() == second
    })
}
