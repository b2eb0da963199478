//! The parts of the page that a link can hide or lock, and the set of what is locked.

use super::list;
use crate::scenario::Field;
use crate::scenario::choice::{choice, words};
use enumset::EnumSet;

choice! {
    /// A part of the page that a link can hide or lock.
    Part {
        /// The question above the stage.
        Question = "question",
        /// The controls of the scenario.
        Controls = "controls",
        /// How many rows were inserted.
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
        /// The lock and its holder.
        LockState = "lock-state",
        /// The selected task.
        Task = "task",
        /// The Python program.
        Program = "program",
        /// The output of the program.
        Console = "console",
        /// A description of what happened.
        Findings = "findings",
        /// The terminals: SQL on the real SQLite.
        Terminals = "terminals",
        /// The lesson below the stage.
        Lesson = "lesson",
    }
}

impl Part {
    /// The label in a list of parts.
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
            Self::Terminals => "Ask SQLite",
            Self::Lesson => "the lesson",
        }
    }

    /// What a student can change in this part, if a teacher can lock it as a whole. The fields of
    /// the controls are locked one by one.
    #[must_use]
    pub const fn changes(self) -> Option<&'static str> {
        match self {
            Self::Playback => Some("the time: play, step, speed"),
            Self::Lanes => Some("zoom and order of the lanes"),
            Self::Clock => Some("the options of the clock"),
            Self::Task => Some("the selected task"),
            Self::Findings => Some("\u{201c}Show me\u{201d} beside each finding"),
            Self::Terminals => Some("the statements to SQLite"),
            _ => None,
        }
    }
}

/// Parts and fields of the scenario that cannot be changed. The part `controls` locks all fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Locks {
    /// The locked parts.
    pub parts: EnumSet<Part>,
    /// The fields that are locked by name.
    pub fields: EnumSet<Field>,
}

impl Locks {
    /// All values of `lock`: the parts, then the fields.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        [words(Part::ALL), words(Field::ALL)].concat()
    }

    /// Whether a part is locked.
    #[must_use]
    pub fn part(&self, part: Part) -> bool {
        self.parts.contains(part)
    }

    /// Whether a field is locked.
    #[must_use]
    pub fn field(&self, field: Field) -> bool {
        self.part(Part::Controls) || self.fields.contains(field)
    }

    /// Whether anything is locked.
    #[must_use]
    pub fn any(&self) -> bool {
        *self != Self::default()
    }

    /// The same locks with fewer names: `controls` replaces the list of all fields.
    #[must_use]
    pub fn simplified(self) -> Self {
        let all = self.part(Part::Controls) || self.fields == EnumSet::all();
        if all { Self { parts: self.parts | Part::Controls, fields: EnumSet::empty() } } else { self }
    }

    /// Parses names separated by commas. Unknown names are ignored. Returns whether all were known.
    pub(super) fn read(&mut self, text: &str) -> bool {
        *self = Self::default();
        list::read(text, |word| {
            let part = Part::from_word(word).map(|part| self.parts.insert(part));
            part.or_else(|| Field::from_word(word).map(|field| self.fields.insert(field))).is_some()
        })
    }

    /// The names, separated by commas.
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
    fn a_locked_part_locks_its_fields_and_a_locked_field_only_itself() {
        let locks = read("sleep,lanes");
        assert!(locks.field(Field::Sleep) && !locks.field(Field::Tasks));
        assert!(locks.part(Part::Lanes) && !locks.part(Part::Controls));
        assert_eq!(locks.text(), "lanes,sleep");
        let locks = read("controls");
        assert!(Field::ALL.iter().all(|(field, _)| locks.field(*field)));
    }

    #[test]
    fn locking_all_fields_is_simplified_to_controls() {
        let all = Locks { fields: EnumSet::all(), ..Locks::default() };
        assert_eq!(all.simplified().text(), "controls");
        let some = Locks { fields: !EnumSet::only(Field::Seed), ..Locks::default() };
        assert_eq!(some.simplified(), some);
    }

    #[test]
    fn every_part_has_a_css_rule_that_hides_it() {
        const FILE: &str = "styles/embed.css";
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(FILE);
        let styles = std::fs::read_to_string(path).expect("the style sheet");
        for (_, word) in Part::ALL {
            let selector = format!("[data-hide~=\"{word}\"] .");
            assert!(styles.contains(&selector), "{FILE} needs a rule {selector}... that hides the part {word}");
        }
    }

    #[test]
    fn parts_and_fields_have_different_names_and_an_unknown_name_is_reported() {
        let names = Locks::names();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        let mut locks = Locks::default();
        assert!(!locks.read("moon,clock") && locks.part(Part::Clock));
    }
}
