//! The parts of the page that a link can hide or lock, and the set of what is locked.

use super::list;
use crate::scenario::Field;
use crate::scenario::choice::{choice, words};
use enumset::EnumSet;

choice! {
    /// A part of the page that a link can hide or lock.
    Part {
        /// The head of the page.
        Question = "question",
        /// What can be changed.
        Controls = "controls",
        /// How many rows got in.
        Result = "result",
        /// The playback bar.
        Playback = "playback",
        /// The poll clock.
        Clock = "clock",
        /// A lane for each task.
        Lanes = "lanes",
        /// Rows over time.
        Rows = "rows",
        /// The event loop.
        Loop = "loop",
        /// The lock and who has it.
        LockState = "lock-state",
        /// The selected task.
        Task = "task",
        /// The Python program.
        Program = "program",
        /// Its output.
        Console = "console",
        /// What happened, in words.
        Findings = "findings",
        /// The text below.
        Lesson = "lesson",
    }
}

impl Part {
    /// What the page calls it in a list of parts.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Question => "the question",
            Self::Controls => "the settings",
            Self::Result => "the result",
            Self::Playback => "the playback bar",
            Self::Clock => "the poll clock",
            Self::Lanes => "the lanes",
            Self::Rows => "rows over time",
            Self::Loop => "the event loop",
            Self::LockState => "the lock",
            Self::Task => "the selected task",
            Self::Program => "the program",
            Self::Console => "the console",
            Self::Findings => "what happened, in words",
            Self::Lesson => "the lesson",
        }
    }

    /// What a user can change in it, where a teacher is asked whether to lock that. The controls
    /// are asked for field by field.
    #[must_use]
    pub const fn changes(self) -> Option<&'static str> {
        match self {
            Self::Playback => Some("the moment: play, step, speed"),
            Self::Lanes => Some("zoom and order of the lanes"),
            Self::Clock => Some("the buttons below the clock"),
            Self::Task => Some("the selected task"),
            Self::Findings => Some("\u{201c}Show me\u{201d} beside each finding"),
            _ => None,
        }
    }
}

/// Parts, and single fields of the scenario, that cannot be changed. The part `controls` means all
/// fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Locks {
    /// Locked parts.
    pub parts: EnumSet<Part>,
    /// Fields that are locked by name.
    pub fields: EnumSet<Field>,
}

impl Locks {
    /// All names that `lock` can have: the parts, then the fields.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        [words(Part::ALL), words(Field::ALL)].concat()
    }

    /// Whether nothing in a part can be changed.
    #[must_use]
    pub fn part(&self, part: Part) -> bool {
        self.parts.contains(part)
    }

    /// Whether a field cannot be changed.
    #[must_use]
    pub fn field(&self, field: Field) -> bool {
        self.part(Part::Controls) || self.fields.contains(field)
    }

    /// Whether anything is locked.
    #[must_use]
    pub fn any(&self) -> bool {
        *self != Self::default()
    }

    /// The same in as few names as possible: all fields are `controls`.
    #[must_use]
    pub fn in_short(self) -> Self {
        let all = self.part(Part::Controls) || self.fields == EnumSet::all();
        if all { Self { parts: self.parts | Part::Controls, fields: EnumSet::empty() } } else { self }
    }

    /// Reads names separated by commas; false if there was an unknown one, which is left out.
    pub(super) fn read(&mut self, text: &str) -> bool {
        *self = Self::default();
        list::read(text, |word| {
            let part = Part::from_word(word).map(|part| self.parts.insert(part));
            part.or_else(|| Field::from_word(word).map(|field| self.fields.insert(field))).is_some()
        })
    }

    /// Its names, separated by commas.
    #[must_use]
    pub fn text(&self) -> String {
        [list::words_of(self.parts, Part::ALL), list::words_of(self.fields, Field::ALL)].concat().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn read(text: &str) -> Locks {
        let mut locks = Locks::default();
        assert!(locks.read(text), "{text}");
        locks
    }

    #[test]
    fn a_locked_part_locks_its_fields_and_a_locked_field_no_other() {
        let locks = read("sleep,lanes");
        assert!(locks.field(Field::Sleep) && !locks.field(Field::Tasks));
        assert!(locks.part(Part::Lanes) && !locks.part(Part::Controls));
        assert_eq!(locks.text(), "lanes,sleep");
        let locks = read("controls");
        assert!(Field::ALL.iter().all(|(field, _)| locks.field(*field)));
    }

    #[test]
    fn all_fields_are_the_controls_in_short_and_the_same_is_locked() {
        let all = Locks { fields: EnumSet::all(), ..Locks::default() };
        assert_eq!(all.in_short().text(), "controls");
        let some = Locks { fields: !EnumSet::only(Field::Seed), ..Locks::default() };
        assert_eq!(some.in_short(), some);
    }

    #[test]
    fn every_part_has_a_line_that_hides_it() {
        const FILE: &str = "styles/embed.css";
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(FILE);
        let styles = std::fs::read_to_string(path).expect("the style sheet");
        for (_, word) in Part::ALL {
            let selector = format!("[data-hide~=\"{word}\"] .");
            assert!(styles.contains(&selector), "{FILE} needs a line {selector}... that hides the part {word}");
        }
    }

    #[test]
    fn no_part_has_the_name_of_a_field_and_an_unknown_name_is_noticed() {
        let names = Locks::names();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        let mut locks = Locks::default();
        assert!(!locks.read("moon,clock") && locks.part(Part::Clock));
    }
}
