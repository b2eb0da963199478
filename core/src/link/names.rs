//! The table of all names in a link: the fields of the scenario, the same fields with the prefix
//! `b.` for a second run, and the page's own names. Each of these has its allowed values, its
//! meaning, and functions that parse and write it.

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
pub(super) use crate::scenario::query::PROFILE;
use crate::scenario::{Field, profile_code, switch};
use crate::terminals::MAX_CHARACTERS;
use crate::trace::LaneState;

/// The version of the link format. If the format changes, links of older versions must still be
/// parsed as before.
const VERSION: &str = "1";
/// The prefix of a field of the second run.
const SECOND_PREFIX: &str = "b.";
/// The name of a preset. [`Link::read`] adds the pairs of the preset to the link.
pub(super) const SCENE: &str = "scene";

/// A name in a link.
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
    /// The name that is written as `text`, if there is one.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let second = || text.strip_prefix(SECOND_PREFIX).and_then(Field::from_word).map(Self::Second);
        let page = || PAGE_NAMES.iter().find(|name| name.name == text).map(Self::Page);
        Field::from_word(text).map(Self::First).or_else(second).or_else(page)
    }

    /// Every name, in the order in which links are written.
    pub fn all() -> impl Iterator<Item = Self> {
        let fields = || Field::ALL.iter().map(|(field, _)| *field);
        fields().map(Self::First).chain(fields().map(Self::Second)).chain(PAGE_NAMES.iter().map(Self::Page))
    }

    /// The name as text in a link.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::First(field) => field.word().to_owned(),
            Self::Second(field) => [SECOND_PREFIX, field.word()].concat(),
            Self::Page(page) => page.name.to_owned(),
        }
    }

    /// The meaning, in one line of Markdown.
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
    /// The default, for the documentation.
    pub default: &'static str,
    /// The allowed values, for the note about an invalid value.
    pub allowed: fn() -> String,
    /// A shorter text for the table in the documentation. Empty if `allowed` is short enough.
    pub allowed_summary: &'static str,
    /// The meaning, in one line of Markdown.
    pub help: &'static str,
    /// Whether it belongs to the [`Frame`](super::Frame), not to the state of the run.
    pub is_frame_setting: bool,
    /// Parses a value and uses the valid part of it. Returns whether all of it was valid.
    pub(super) read: fn(&mut Link, &str) -> bool,
    /// The value as text, or `None` for the default.
    pub(super) write: fn(&Link) -> Option<String>,
}

/// Defaults of a row. Each row sets at least its name and its help.
const NAME: PageName = PageName {
    name: "",
    default: "none",
    allowed: String::new,
    allowed_summary: "",
    help: "",
    is_frame_setting: false,
    read: |_, _| true,
    write: |_| None,
};

/// The page's own names, in the order in which links are written.
pub const PAGE_NAMES: &[PageName] = &[
    PageName {
        name: SCENE,
        allowed: || PRESETS.map(|preset| preset.name).join(", "),
        allowed_summary: "a name from the table below",
        help: "a preset; other names in the link override it",
        read: |_, text| Preset::named(text).is_some(),
        ..NAME
    },
    PageName {
        name: PROFILE,
        allowed: || "a code that the page writes".to_owned(),
        help: "the measured profile for `machine=custom`",
        write: |link| {
            let mut runs = std::iter::once(&link.scenario).chain(&link.second);
            runs.find_map(|run| run.profile.as_deref()).map(profile_code::encode)
        },
        ..NAME
    },
    PageName {
        name: "t",
        default: "1",
        allowed: || "seconds, at least 0".to_owned(),
        help: "the position of the playhead",
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
        help: "simulated seconds per real second",
        read: |link, text| speed(text).map(|speed| link.speed = speed).is_some(),
        write: |link| (link.speed != Speed::default()).then(|| speed_text(link.speed)),
        ..NAME
    },
    PageName {
        name: "zoom",
        default: "everything",
        allowed: || "start, end, first lane and number of lanes, like 1,1.5,1,100".to_owned(),
        help: "the visible range of times and lanes",
        read: |link, text| window(text).map(|window| link.view.zoom = Some(window)).is_some(),
        write: |link| link.view.zoom.map(window_text),
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
        allowed: || any_of(&LaneState::ALL.map(LaneState::word)),
        allowed_summary: "states in the legend, with `-` for a space",
        help: "the states that the lanes show",
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
        allowed: || any_of(&words(Panel::ALL)),
        help: "the folded panels",
        read: |link, text| read_set(&mut link.view.fold, text, Panel::ALL),
        write: |link| list(&words_of(link.view.fold, Panel::ALL)),
        ..NAME
    },
    PageName {
        name: "dial",
        allowed: || any_of(&words(DialOption::ALL)),
        help: "the options of the poll clock",
        read: |link, text| read_set(&mut link.view.dial, text, DialOption::ALL),
        write: |link| list(&words_of(link.view.dial, DialOption::ALL)),
        ..NAME
    },
    PageName {
        name: "script",
        allowed: || format!("at most {MAX_CHARACTERS} characters: lines such as A: BEGIN"),
        allowed_summary: "lines such as `A: BEGIN`, separated by `%0A`",
        help: "a script of the terminals; the page opens at *Ask SQLite* and plays it",
        read: |link, text| {
            let is_short = text.chars().count() <= MAX_CHARACTERS;
            link.script = Some(text.to_owned()).filter(|text| is_short && !text.is_empty());
            is_short
        },
        write: |link| link.script.clone(),
        ..NAME
    },
    PageName {
        name: "embed",
        default: "0",
        allowed: || "0, 1".to_owned(),
        help: "the compact page, for frames that are at least 320 pixels wide",
        is_frame_setting: true,
        read: |link, text| switch(text).map(|on| link.frame.embed = on).is_some(),
        write: |link| link.frame.embed.then(|| "1".to_owned()),
        ..NAME
    },
    PageName {
        name: "hide",
        allowed: || any_of(&words(Part::ALL)),
        allowed_summary: "parts (see below)",
        help: "parts that are removed, also for the keyboard and screen readers",
        is_frame_setting: true,
        read: |link, text| read_set(&mut link.frame.hide, text, Part::ALL),
        write: |link| list(&words_of(link.frame.hide, Part::ALL)),
        ..NAME
    },
    PageName {
        name: "show",
        default: "everything",
        allowed: || any_of(&words(Part::ALL)),
        allowed_summary: "parts (see below)",
        help: "the only parts that are shown; `embed=1` without `script` or `show` hides `terminals`",
        is_frame_setting: true,
        read: |link, text| read_set(&mut link.frame.show, text, Part::ALL),
        write: |link| list(&words_of(link.frame.show, Part::ALL)),
    },
    PageName {
        name: "lock",
        allowed: || any_of(&Locks::names()),
        allowed_summary: "parts, and names of the run",
        help: "parts and settings that are shown but cannot be changed",
        is_frame_setting: true,
        read: |link, text| link.frame.lock.read(text),
        write: |link| Some(link.frame.lock.text()).filter(|text| !text.is_empty()),
        ..NAME
    },
    PageName {
        name: "theme",
        default: "auto",
        allowed: || words(Theme::ALL).join(", "),
        help: "colours and sizes; `projector` is large and black on white",
        is_frame_setting: true,
        read: |link, text| Theme::from_word(text).map(|theme| link.frame.theme = theme).is_some(),
        write: |link| (link.frame.theme != Theme::Auto).then(|| link.frame.theme.word().to_owned()),
        ..NAME
    },
    PageName {
        name: "motion",
        default: "auto",
        allowed: || words(Motion::ALL).join(", "),
        help: "`off`: the same states without animation, one per second",
        is_frame_setting: true,
        read: |link, text| Motion::from_word(text).map(|motion| link.frame.motion = motion).is_some(),
        write: |link| (link.frame.motion != Motion::Auto).then(|| link.frame.motion.word().to_owned()),
        ..NAME
    },
    PageName {
        name: "predict",
        default: "1",
        allowed: || "0, 1".to_owned(),
        help: "whether the page asks for a guess before it shows the result",
        is_frame_setting: true,
        read: |link, text| switch(text).map(|on| link.frame.predict = on).is_some(),
        write: |link| (!link.frame.predict).then(|| "0".to_owned()),
        ..NAME
    },
    PageName {
        name: "lang",
        default: "en",
        allowed: || "any text".to_owned(),
        help: "the language; the page has only English so far",
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
        help: "the version of the link format",
        read: |_, text| text == VERSION,
        ..NAME
    },
];

fn any_of(names: &[&str]) -> String {
    ["any of ", &names.join(", ")].concat()
}

/// Words joined by commas, or `None` if there are no words.
fn list<T: AsRef<str>>(words: &[T]) -> Option<String> {
    (!words.is_empty()).then(|| words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_is_unique_and_has_a_help_text() {
        let texts: BTreeSet<String> = Name::all().map(Name::text).collect();
        assert_eq!(texts.len(), Name::all().count(), "two names are the same");
        for name in Name::all() {
            assert_eq!(Name::of(&name.text()).map(Name::text), Some(name.text()));
            assert!(!name.help().is_empty(), "{}", name.text());
        }
        assert!(["b.t", "b.", "tasks ", "", "nonsense"].into_iter().all(|text| Name::of(text).is_none()));
    }

    #[test]
    fn the_default_link_writes_no_names() {
        assert!(PAGE_NAMES.iter().all(|name| (name.write)(&Link::default()).is_none()));
    }
}
