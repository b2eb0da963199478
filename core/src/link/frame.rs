//! How a link wants the page to be framed: compact or whole, which parts are left out, which stand but cannot be changed, in which
//! theme, with or without motion, and whether it asks for a guess.
//!
//! `web/embed.js` and `styles/embed.css` do what can be done without the model: they read the same names from the same link.

use super::names::Names;
use crate::scenario::Field;
use crate::scenario::choice::{choice, words};

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

choice! {
    /// Which colours and sizes.
    Theme {
        /// As the reader's system has it.
        Auto = "auto",
        /// Dark on light.
        Light = "light",
        /// Light on dark.
        Dark = "dark",
        /// Large, black on white: for the last row of a lecture hall.
        Projector = "projector",
    }
}

choice! {
    /// Whether pictures move.
    Motion {
        /// As the reader's system has it.
        Auto = "auto",
        /// The same states one after another, with no movement between them.
        Off = "off",
    }
}

/// What a link says about the page around the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The stage alone, without the page's head, lesson and foot.
    pub embed: bool,
    /// Parts that are not there.
    pub hide: Names,
    /// Parts and fields that cannot be changed.
    pub lock: Locks,
    /// Colours and sizes.
    pub theme: Theme,
    /// Movement.
    pub motion: Motion,
    /// Whether the reader is asked for a guess first.
    pub predict: bool,
}

impl Default for Frame {
    fn default() -> Self {
        let (hide, lock) = (Names::default(), Locks::default());
        Self { embed: false, hide, lock, theme: Theme::Auto, motion: Motion::Auto, predict: true }
    }
}

/// Parts, and single fields of the scenario, that cannot be changed. The part `controls` means all fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Locks(pub Names);

impl Locks {
    /// All that `lock` can name: the parts, then the fields.
    #[must_use]
    pub fn list() -> Vec<&'static str> {
        [words(Part::ALL), words(Field::ALL)].concat()
    }

    /// Whether nothing in a part can be changed.
    #[must_use]
    pub const fn part(self, part: Part) -> bool {
        self.0.has(part as u32)
    }

    /// Whether a field cannot be changed.
    #[must_use]
    pub const fn field(self, field: Field) -> bool {
        self.part(Part::Controls) || self.0.has(Self::place(field))
    }

    /// The same with a field locked or not.
    #[must_use]
    pub const fn with_field(self, field: Field, on: bool) -> Self {
        Self(self.0.with(Self::place(field), on))
    }

    /// The same in as few names as possible: all fields are `controls`.
    #[must_use]
    pub fn in_short(self) -> Self {
        let all = Field::ALL.iter().all(|(field, _)| self.field(*field));
        let bare = Field::ALL.iter().fold(self, |lock, (field, _)| lock.with_field(*field, false));
        if all { Self(bare.0.with(Part::Controls as u32, true)) } else { self }
    }

    #[expect(clippy::cast_possible_truncation, reason = "there are fewer than 32 parts and fields")]
    const fn place(field: Field) -> u32 {
        Part::ALL.len() as u32 + field as u32
    }
}

impl Frame {
    /// Reads `value` into the name `name`; none if it is not one of these names.
    ///
    /// # Errors
    /// What is allowed, if the value is not or not all of it; what could be read of it is taken.
    pub fn set(&mut self, name: &str, value: &str) -> Option<Result<(), String>> {
        let one = |word: Option<()>, all: Vec<&str>| word.ok_or_else(|| all.join(", "));
        Some(match name {
            "embed" => one(switch(value).map(|on| self.embed = on), vec!["0", "1"]),
            "predict" => one(switch(value).map(|on| self.predict = on), vec!["0", "1"]),
            "theme" => one(Theme::from_word(value).map(|theme| self.theme = theme), words(Theme::ALL)),
            "motion" => one(Motion::from_word(value).map(|motion| self.motion = motion), words(Motion::ALL)),
            "hide" => some_of(&mut self.hide, value, &words(Part::ALL)),
            "lock" => some_of(&mut self.lock.0, value, &Locks::list()),
            _ => return None,
        })
    }

    /// Every name that is not as it is without saying, with its value.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let Self { embed, hide, lock, theme, motion, predict } = self;
        let mut pairs = vec![
            ("embed", if *embed { "1" } else { "" }.to_owned()),
            ("hide", hide.write(&words(Part::ALL))),
            ("lock", lock.0.write(&Locks::list())),
            ("theme", if *theme == Theme::Auto { "" } else { theme.word() }.to_owned()),
            ("motion", if *motion == Motion::Auto { "" } else { motion.word() }.to_owned()),
            ("predict", if *predict { "" } else { "0" }.to_owned()),
        ];
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }
}

/// Reads a list of names.
///
/// # Errors
/// What is allowed, if there is a name that is not in the list; the others are taken.
pub fn some_of(names: &mut Names, text: &str, list: &[&str]) -> Result<(), String> {
    let (read, all) = Names::read(text, list);
    *names = read;
    if all { Ok(()) } else { Err(["some of ", &list.join(", ")].concat()) }
}

fn switch(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_part_locks_its_fields_and_a_locked_field_no_other() {
        let mut frame = Frame::default();
        assert_eq!(frame.set("lock", "sleep,lanes"), Some(Ok(())));
        assert!(frame.lock.field(Field::Sleep) && !frame.lock.field(Field::Tasks));
        assert!(frame.lock.part(Part::Lanes) && !frame.lock.part(Part::Controls));
        assert_eq!(frame.set("lock", "controls"), Some(Ok(())));
        assert!(Field::ALL.iter().all(|(field, _)| frame.lock.field(*field)));
    }

    #[test]
    fn all_fields_are_the_controls_in_short_and_the_same_is_locked() {
        let all = Field::ALL.iter().fold(Locks::default(), |lock, (field, _)| lock.with_field(*field, true));
        assert_eq!(all.in_short().0.write(&Locks::list()), "controls");
        let some = all.with_field(Field::Seed, false);
        assert_eq!(some.in_short(), some);
    }

    #[test]
    fn what_is_not_allowed_is_told_and_the_rest_is_taken() {
        let mut frame = Frame::default();
        let problem = frame.set("hide", "clock,moon").expect("a name of the frame").expect_err("no moon");
        assert!(problem.contains("lock-state") && frame.hide.has(Part::Clock as u32));
        assert!(frame.set("theme", "purple").is_some_and(|read| read.is_err()));
        assert_eq!(frame.set("tasks", "5"), None);
    }

    #[test]
    fn a_frame_as_it_is_without_saying_writes_nothing() {
        assert_eq!(Frame::default().pairs(), []);
    }
}
