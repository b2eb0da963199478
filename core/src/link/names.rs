//! The table of all names that a URL can have: the fields of the scenario, the same behind `b.` for
//! a second run, and the page's own names, each with what it allows, what it means, and how a
//! [`Link`] reads and writes it.

use super::frame::{Motion, Theme};
use super::list::{read_set, slug, words_of};
use super::part::{Locks, Part};
use super::state::Link;
use super::values::{seconds, speed, speed_text, task, window, window_text};
use super::view::{DialOption, Panel};
use crate::chart::lanes::{Sort, StateFilter};
use crate::playback::Speed;
use crate::scenario::choice::words;
use crate::scenario::presets::{PRESETS, Preset};
use crate::scenario::{Field, profile_code, switch};
use crate::trace::LaneState;

/// The link format that this page reads and writes. A link of another version keeps its meaning by
/// being read as that one was.
const VERSION: &str = "1";
/// What stands before a field's name to mean the second run.
const SECOND: &str = "b.";
/// A preset: [`Link::read`] puts its names behind those of the link.
pub(super) const SCENE: &str = "scene";
/// The user's own machine: [`Link::read`] needs it before the runs.
pub(super) const PROFILE: &str = "profile";

/// A name that a URL can have.
#[derive(Clone, Copy, Debug)]
pub enum Name {
    /// A field of the run.
    First(Field),
    /// A field of the second run of a comparison.
    Second(Field),
    /// One of the page's own names.
    Page(&'static PageName),
}

impl Name {
    /// What `text` names, if anything.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let second = || text.strip_prefix(SECOND).and_then(Field::from_word).map(Self::Second);
        let page = || PAGE_NAMES.iter().find(|name| name.name == text).map(Self::Page);
        Field::from_word(text).map(Self::First).or_else(second).or_else(page)
    }

    /// Every name, in the order in which links are written.
    pub fn all() -> impl Iterator<Item = Self> {
        let fields = || Field::ALL.iter().map(|(field, _)| *field);
        fields().map(Self::First).chain(fields().map(Self::Second)).chain(PAGE_NAMES.iter().map(Self::Page))
    }

    /// The name as a link has it.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::First(field) => field.word().to_owned(),
            Self::Second(field) => [SECOND, field.word()].concat(),
            Self::Page(page) => page.name.to_owned(),
        }
    }

    /// What it means, in one line of Markdown.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::First(field) | Self::Second(field) => field.row().help,
            Self::Page(page) => page.help,
        }
    }
}

/// One of the page's own names.
#[derive(Debug)]
pub struct PageName {
    /// The name.
    pub name: &'static str,
    /// What it is without saying, as people read it.
    pub default: &'static str,
    /// What is allowed, as the note on a wrong value says it.
    pub allowed: fn() -> String,
    /// The same for a table of names, where the note's words are too long for one; empty where they
    /// are not.
    pub allowed_in_short: &'static str,
    /// What it means, in one line of Markdown.
    pub help: &'static str,
    /// Whether it is about the page around the run, so that it goes with a frame and not with a
    /// state.
    pub is_of_the_frame: bool,
    /// Takes what can be used of a value; false if that is not all of it.
    pub(super) read: fn(&mut Link, &str) -> bool,
    /// The value, unless it is the default.
    pub(super) write: fn(&Link) -> Option<String>,
}

/// What most rows have; each row has a name, a help and a way to read of its own.
const NAME: PageName = PageName {
    name: "",
    default: "none",
    allowed: String::new,
    allowed_in_short: "",
    help: "",
    is_of_the_frame: false,
    read: |_, _| true,
    write: |_| None,
};

/// The page's own names, in the order in which links are written.
pub const PAGE_NAMES: &[PageName] = &[
    PageName {
        name: SCENE,
        allowed: || PRESETS.map(|preset| preset.name).join(", "),
        allowed_in_short: "a name from the table below",
        help: "a whole run; what else the link says overrides it",
        read: |_, text| Preset::named(text).is_some(),
        ..NAME
    },
    PageName {
        name: PROFILE,
        allowed: || "what the page writes".to_owned(),
        help: "the measured machine of `machine=custom`",
        write: |link| {
            let mut runs = std::iter::once(&link.scenario).chain(&link.second);
            runs.find_map(|run| run.profile.as_deref()).map(profile_code::encode)
        },
        ..NAME
    },
    PageName {
        name: "t",
        default: "1",
        allowed: || "seconds from 0 on".to_owned(),
        help: "where the playhead stands",
        read: |link, text| seconds(text).map(|at| link.at = Some(at)).is_some(),
        write: |link| link.at.map(|at| at.to_string()),
        ..NAME
    },
    PageName {
        name: "select",
        default: "the task that fails first",
        allowed: || "a task's number, from 1 to 10000".to_owned(),
        help: "the selected task",
        read: |link, text| task(text).map(|task| link.select = Some(task)).is_some(),
        write: |link| link.select.map(|task| task.to_string()),
        ..NAME
    },
    PageName {
        name: "speed",
        default: "0.1",
        allowed: || "a number from 0.001 to 20".to_owned(),
        help: "simulated seconds in a real second",
        read: |link, text| speed(text).map(|speed| link.speed = speed).is_some(),
        write: |link| (link.speed != Speed::default()).then(|| speed_text(link.speed)),
        ..NAME
    },
    PageName {
        name: "zoom",
        default: "everything",
        allowed: || "from, to, first lane and number of lanes, like 1,1.5,1,100".to_owned(),
        help: "what of time and lanes is in sight",
        read: |link, text| window(text).map(|near| link.view.near = Some(near)).is_some(),
        write: |link| link.view.near.map(window_text),
        ..NAME
    },
    PageName {
        name: "sort",
        default: "number",
        allowed: || Sort::ALL.map(|(_, word)| slug(word)).join(", "),
        help: "the order of the lanes",
        read: |link, text| {
            let found = Sort::ALL.iter().find(|(_, word)| slug(word) == text);
            found.map(|(sort, _)| link.view.sort = *sort).is_some()
        },
        write: |link| {
            let changed = Sort::ALL.iter().filter(|(sort, _)| *sort != Sort::default());
            changed.into_iter().find(|(sort, _)| *sort == link.view.sort).map(|(_, word)| slug(word))
        },
        ..NAME
    },
    PageName {
        name: "only",
        default: "all states",
        allowed: || some_of(&LaneState::ALL.map(LaneState::word)),
        allowed_in_short: "states as the legend names them, `-` for a space",
        help: "what the lanes show",
        read: |link, text| {
            link.view.only = StateFilter::default();
            super::list::read(text, |word| {
                let found = LaneState::ALL.into_iter().find(|state| slug(state.word()) == word);
                found.map(|state| link.view.only = link.view.only.with(state)).is_some()
            })
        },
        write: |link| {
            let picked = LaneState::ALL.into_iter().filter(|state| link.view.only.is_picked(*state));
            list(&picked.map(|state| slug(state.word())).collect::<Vec<_>>())
        },
        ..NAME
    },
    PageName {
        name: "fold",
        allowed: || some_of(&words(Panel::ALL)),
        help: "panels that are folded",
        read: |link, text| read_set(&mut link.view.fold, text, Panel::ALL),
        write: |link| list(&words_of(link.view.fold, Panel::ALL)),
        ..NAME
    },
    PageName {
        name: "dial",
        allowed: || some_of(&words(DialOption::ALL)),
        help: "the two buttons below the dial",
        read: |link, text| read_set(&mut link.view.dial, text, DialOption::ALL),
        write: |link| list(&words_of(link.view.dial, DialOption::ALL)),
        ..NAME
    },
    PageName {
        name: "embed",
        default: "0",
        allowed: || "0, 1".to_owned(),
        help: "the compact page, for frames from 320 pixels on",
        is_of_the_frame: true,
        read: |link, text| switch(text).map(|on| link.frame.embed = on).is_some(),
        write: |link| link.frame.embed.then(|| "1".to_owned()),
        ..NAME
    },
    PageName {
        name: "hide",
        allowed: || some_of(&words(Part::ALL)),
        allowed_in_short: "parts, see below",
        help: "parts that are not there, for no pointer, keyboard or screen reader",
        is_of_the_frame: true,
        read: |link, text| read_set(&mut link.frame.hide, text, Part::ALL),
        write: |link| list(&words_of(link.frame.hide, Part::ALL)),
        ..NAME
    },
    PageName {
        name: "lock",
        allowed: || some_of(&Locks::names()),
        allowed_in_short: "parts and names of the run",
        help: "what is shown and cannot be changed",
        is_of_the_frame: true,
        read: |link, text| link.frame.lock.read(text),
        write: |link| Some(link.frame.lock.text()).filter(|text| !text.is_empty()),
        ..NAME
    },
    PageName {
        name: "theme",
        default: "auto",
        allowed: || words(Theme::ALL).join(", "),
        help: "colours; projector is large and black on white",
        is_of_the_frame: true,
        read: |link, text| Theme::from_word(text).map(|theme| link.frame.theme = theme).is_some(),
        write: |link| (link.frame.theme != Theme::Auto).then(|| link.frame.theme.word().to_owned()),
        ..NAME
    },
    PageName {
        name: "motion",
        default: "auto",
        allowed: || words(Motion::ALL).join(", "),
        help: "off: the same states one after another, once a second",
        is_of_the_frame: true,
        read: |link, text| Motion::from_word(text).map(|motion| link.frame.motion = motion).is_some(),
        write: |link| (link.frame.motion != Motion::Auto).then(|| link.frame.motion.word().to_owned()),
        ..NAME
    },
    PageName {
        name: "predict",
        default: "1",
        allowed: || "0, 1".to_owned(),
        help: "whether the page asks for a guess before it shows the result",
        is_of_the_frame: true,
        read: |link, text| switch(text).map(|on| link.frame.predict = on).is_some(),
        write: |link| (!link.frame.predict).then(|| "0".to_owned()),
        ..NAME
    },
    PageName {
        name: "lang",
        default: "en",
        allowed: || "anything".to_owned(),
        help: "the language; so far there is English",
        read: |link, text| {
            link.lang = Some(text.to_owned());
            true
        },
        write: |link| link.lang.clone(),
        ..NAME
    },
    PageName {
        name: "v",
        default: VERSION,
        allowed: || VERSION.to_owned(),
        help: "the version of the link",
        read: |_, text| text == VERSION,
        ..NAME
    },
];

fn some_of(names: &[&str]) -> String {
    ["some of ", &names.join(", ")].concat()
}

/// Words with commas between them; none if there are no words.
fn list<T: AsRef<str>>(words: &[T]) -> Option<String> {
    (!words.is_empty()).then(|| words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_is_found_by_its_text_and_says_what_it_means() {
        let texts: BTreeSet<String> = Name::all().map(Name::text).collect();
        assert_eq!(texts.len(), Name::all().count(), "two names are the same");
        for name in Name::all() {
            assert_eq!(Name::of(&name.text()).map(Name::text), Some(name.text()));
            assert!(!name.help().is_empty(), "{}", name.text());
        }
        assert!(["b.t", "b.", "tasks ", "", "nonsense"].into_iter().all(|text| Name::of(text).is_none()));
    }

    #[test]
    fn a_link_that_says_nothing_writes_none_of_the_pages_names() {
        assert!(PAGE_NAMES.iter().all(|name| (name.write)(&Link::default()).is_none()));
    }
}
