//! The page's state as a query string, and back. Pure; `address_bar` puts it where the browser shows it.
//!
//! Everything on the screen is in it; defaults are left out. Any text can be read, and what is wrong with it is noted by name.
//! `scene=` stands for the names of a preset, each of which the link itself may say otherwise.

pub mod frame;
pub mod names;
#[cfg(test)]
mod round_trip;
pub mod snippet;
pub mod values;
pub mod view;

pub use frame::{Frame, Locks, Motion, Part, Theme};
pub use names::{Names, slug};
pub use snippet::Snippet;
pub use view::View;

use crate::playback::Speed;
use crate::scenario::field::quoted;
use crate::scenario::presets::{PRESETS, Preset};
use crate::scenario::query::{self, PageFields};
use crate::scenario::{Field, MachineProfile, Scenario, profile_code};
use crate::time::SimTime;
use crate::trace::TaskId;
use std::collections::BTreeSet;
use values::{seconds, speed, speed_text, task};

const PROFILE: &str = "profile";

/// The link format that this page reads and writes. A link of another version keeps its meaning by being read as that one was.
const VERSION: &str = "1";

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The run.
    pub scenario: Scenario,
    /// The second run of a comparison, if there is one.
    pub second: Option<Scenario>,
    /// Where the playhead stands, if the link says so.
    pub at: Option<SimTime>,
    /// How fast it plays.
    pub speed: Speed,
    /// The task that is selected, if one is.
    pub select: Option<TaskId>,
    /// How the pictures and panels are set.
    pub view: View,
    /// What of the page is there, and what of it can be changed.
    pub frame: Frame,
    /// Names for which the page has no use yet.
    pub kept: PageFields,
    /// What could not be read, one sentence each.
    pub notes: Vec<String>,
}

impl Link {
    /// Reads a query string, with or without `?`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut link = Self::default();
        let pairs = link.with_preset(query::pairs(text));
        let profile = link.profile(&pairs);
        let (second, first): (PageFields, _) = pairs.into_iter().partition(|(name, _)| of_second(name).is_some());
        let first = query::read_onto(Scenario { profile: profile.clone(), ..Scenario::default() }, first);
        link.notes.extend(first.errors.iter().map(ToString::to_string));
        link.scenario = first.scenario;
        if !second.is_empty() {
            let fields = second.into_iter().filter_map(|(name, value)| Some((of_second(&name)?.word().to_owned(), value)));
            let second = query::read_onto(Scenario { profile, ..link.scenario.clone() }, fields.collect());
            link.notes.extend(second.errors.iter().map(|error| format!("b.{error}")));
            link.second = Some(second.scenario);
        }
        let mut seen: Vec<String> = Vec::new();
        for (name, value) in first.page {
            if seen.contains(&name) {
                link.notes.push(format!("{name}: given more than once; the first value was taken"));
            } else {
                link.read_page_field(&name, value);
                seen.push(name);
            }
        }
        shorten(&mut link.notes);
        link
    }

    /// `pairs` and behind them those of the preset that they name, but for the names that they have themselves.
    fn with_preset(&mut self, mut pairs: PageFields) -> PageFields {
        let Some((_, name)) = pairs.iter().find(|(name, _)| name == "scene") else { return pairs };
        let Some(preset) = Preset::named(name) else {
            let names = PRESETS.map(|preset| preset.name).join(", ");
            self.notes.push(format!("scene: {} is not allowed; allowed: {names}", quoted(name)));
            return pairs;
        };
        for (name, value) in query::pairs(preset.query) {
            if pairs.iter().all(|(own, _)| *own != name) {
                pairs.push((name, value));
            }
        }
        pairs
    }

    /// The reader's own machine, for whichever run is on it; a link has one.
    fn profile(&mut self, pairs: &PageFields) -> Option<Box<MachineProfile>> {
        let (_, code) = pairs.iter().find(|(name, _)| name == PROFILE)?;
        match profile_code::decode(code) {
            Ok(profile) => Some(Box::new(profile)),
            Err(problem) => {
                self.notes.push(problem.to_string());
                None
            }
        }
    }

    fn read_page_field(&mut self, name: &str, value: String) {
        let must_be = |read: Option<()>, allowed: &str| read.ok_or_else(|| allowed.to_owned());
        let read = match name {
            "t" => must_be(seconds(&value).map(|at| self.at = Some(at)), "seconds from 0 on"),
            "speed" => must_be(speed(&value).map(|speed| self.speed = speed), "a number from 0.001 to 20"),
            "select" => must_be(task(&value).map(|task| self.select = Some(task)), "a task's number, from 1 to 10000"),
            "v" => must_be((value == VERSION).then_some(()), VERSION),
            "scene" | PROFILE => Ok(()),
            _ => match self.frame.set(name, &value).or_else(|| self.view.set(name, &value)) {
                Some(read) => read,
                None => return self.kept.push((name.to_owned(), value)),
            },
        };
        if let Err(allowed) = read {
            self.notes.push(format!("{name}: {} is not allowed; allowed: {allowed}", quoted(&value)));
        }
    }

    fn runs_twice(&self) -> bool {
        self.second.as_ref() == Some(&self.scenario)
    }

    /// The query string, without `?`.
    #[must_use]
    pub fn write(&self) -> String {
        let mut page = form_urlencoded::Serializer::new(query::write(&self.scenario));
        for (field, name) in Field::ALL {
            let second = self.second.as_ref().map(|second| second.text(*field));
            // A second run that is the first is said by its seed.
            let is_told = |text: &String| *text != self.scenario.text(*field) || (*field == Field::Seed && self.runs_twice());
            if let Some(second) = second.filter(is_told) {
                page.append_pair(&["b.", name].concat(), &second);
            }
        }
        if let Some(profile) = [&self.scenario].into_iter().chain(&self.second).find_map(|run| run.profile.as_ref()) {
            page.append_pair(PROFILE, &profile_code::encode(profile));
        }
        if let Some(at) = self.at {
            page.append_pair("t", &at.to_string());
        }
        if let Some(task) = self.select {
            page.append_pair("select", &task.to_string());
        }
        if self.speed != Speed::default() {
            page.append_pair("speed", &speed_text(self.speed));
        }
        page.extend_pairs(self.view.pairs()).extend_pairs(self.frame.pairs()).extend_pairs(&self.kept);
        snippet::readable(&page.finish())
    }
}

/// The field of the second run that a name means.
fn of_second(name: &str) -> Option<Field> {
    name.strip_prefix("b.").and_then(Field::from_word)
}

/// The query string of an address. The hash may hold the same names, for hosts that cut queries off; `#lesson` is none.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_query_is_the_default_and_writes_nothing() {
        assert_eq!(Link::read(""), Link::default());
        assert_eq!(Link::default().write(), "");
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in [
            "tasks=20&sleep=2&t=0.3",
            "t=0",
            "machine=linux-vm&speed=0.5&predict=0",
            "hide=controls,rows&lock=playback,sleep",
            "tasks=20&b.tasks=50&b.seed=2&t=1",
            "t=2&select=412&zoom=1.5,2,101,50&sort=first-attempt&only=polling,holding-the-lock&fold=loop,console&dial=measured",
            "lang=de",
        ] {
            assert_eq!((Link::read(text).write().as_str(), &Link::read(text).notes), (text, &Vec::new()));
        }
    }

    #[test]
    fn a_scene_stands_for_its_names_and_the_links_own_names_override_them_in_any_order() {
        for text in ["scene=longer-timeout&tasks=20", "tasks=20&scene=longer-timeout"] {
            assert_eq!(Link::read(text).write(), "tasks=20&machine=linux-vm&b.timeout=10");
        }
        let other = Link::read("scene=longer-timeout&b.timeout=30");
        assert_eq!((other.write().as_str(), other.notes.len()), ("machine=linux-vm&b.timeout=30", 0));
        let unknown = Link::read("scene=moon&tasks=20");
        assert!(unknown.scenario.tasks == 20 && unknown.notes[0].contains("longer-timeout"), "{:?}", unknown.notes);
    }

    #[test]
    fn every_preset_is_found_again_from_its_runs() {
        for preset in &PRESETS {
            let link = Link::read(preset.query);
            assert_eq!((link.write().as_str(), link.notes.len()), (preset.query, 0));
            assert_eq!(preset_of(&link.scenario, link.second.as_ref()), Some(preset));
        }
        assert_eq!(preset_of(&Scenario { tasks: 7, ..Scenario::default() }, None), None);
    }

    #[test]
    fn the_hash_may_hold_the_same_names_and_a_place_in_the_page_is_none() {
        assert_eq!(in_address("?tasks=3", "#t=1"), "tasks=3&t=1");
        assert_eq!(in_address("", "#?tasks=3"), "tasks=3");
        assert_eq!(in_address("?tasks=3", "#lesson"), "tasks=3");
        assert_eq!(in_address("", ""), "");
    }

    #[test]
    fn every_wrong_value_has_a_note_that_names_it_and_the_rest_is_kept() {
        let wrong = "tasks=0&t=soon&speed=0&predict=maybe&v=9&nonsense=1&select=0";
        let link = Link::read(&[wrong, "&sleep=2"].concat());
        assert_eq!(link.scenario.sleep.millis(), 2000);
        for name in ["tasks", "t", "speed", "predict", "v", "nonsense", "select"] {
            assert!(link.notes.iter().any(|note| note.contains(name)), "{name} has no note");
        }
        assert_eq!(link.notes.len(), 7);
        let view = Link::read("zoom=2,1,1,5&sort=size&only=polling,walking&fold=roof&dial=x&theme=red&hide=moon,clock");
        assert_eq!((view.notes.len(), view.write().as_str()), (7, "only=polling&hide=clock"));
    }

    #[test]
    fn a_wrong_value_of_the_second_run_is_noted_with_its_name_and_the_first_run_stands() {
        let link = Link::read("tasks=20&b.tasks=0");
        assert_eq!((link.scenario.tasks, link.second.map(|second| second.tasks)), (20, Some(20)));
        assert!(link.notes.len() == 1 && link.notes[0].starts_with("b.tasks:"), "{:?}", link.notes);
        let custom = Link::read("machine=linux-vm&b.machine=custom");
        assert_eq!(custom.second.map(|second| second.machine.word()), Some("linux-vm"));
        assert!(custom.notes.len() == 1 && custom.notes[0].starts_with("b.machine:"), "{:?}", custom.notes);
    }

    #[test]
    fn the_readers_own_machine_is_in_the_link_and_a_broken_profile_loses_nothing_else() {
        let code = profile_code::encode(&MachineProfile::linux_vm());
        let text = format!("tasks=20&machine=custom&b.machine=linux-vm&profile={code}&t=1");
        let link = Link::read(&text);
        assert_eq!((link.write(), link.notes.len()), (text, 0));
        assert!(link.second.is_some_and(|second| second.profile.is_none()));
        let broken = Link::read(&format!("tasks=20&machine=custom&profile={}&t=1", &code[..40]));
        assert_eq!(broken.write(), "tasks=20&t=1");
        assert!(broken.notes.iter().any(|note| note.starts_with("profile: ")), "{:?}", broken.notes);
    }

    #[test]
    fn the_same_mistake_is_noted_once_and_many_mistakes_are_counted() {
        assert_eq!(Link::read(&"tasks=5&".repeat(100)).notes.len(), 1);
        let many: String = (0..100).map(|number| format!("n{number}=1&")).collect();
        assert_eq!(Link::read(&many).notes.last().map(String::as_str), Some("and 92 more like these"));
    }
}
