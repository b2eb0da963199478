//! The state of the terminals: the script, how much of it is shown, and what can be undone.
//!
//! The script is the whole state. Each statement and each button appends a line to it, and the
//! answers are computed from it.

use lockstep_core::terminals::{Line, Script, Terminal};
use std::rc::Rc;

/// Earlier scripts that *Undo* can restore.
const MAX_UNDO: usize = 100;
/// Columns when the page opens.
const FIRST_COLUMNS: usize = 2;

/// A change of the terminals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Adds a line after the lines that are shown. Later lines are removed.
    Append(Line),
    /// Replaces the script.
    Replace(String),
    /// Shows the lines up to this number, from 1; 0 shows the state before the first line.
    ShowUpTo(usize),
    /// Shows the whole script.
    ShowAll,
    /// Adds an empty column for a new connection.
    AddColumn,
    /// Restores the script before the latest change.
    Undo,
}

impl Edit {
    /// Whether it changes the script, not only what is shown of it.
    #[must_use]
    pub const fn changes_script(&self) -> bool {
        matches!(self, Self::Append(_) | Self::Replace(_) | Self::Undo)
    }
}

/// What the latest change removed or could not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A line was added in the past, and this many later lines were removed.
    Cut(usize),
    /// Another script was replaced.
    Replaced,
    /// The line would have made the script too long.
    Full,
}

/// The state of the terminals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terminals {
    /// The script, as it is written. It may not be parsable.
    pub text: Rc<str>,
    /// The last line that is shown; `None` shows all lines.
    shown: Option<usize>,
    /// Columns that the user has added.
    added_columns: usize,
    /// Scripts before the latest changes, the oldest first.
    undo: Vec<Rc<str>>,
    /// What the latest change removed or could not do.
    pub notice: Option<Notice>,
}

impl Terminals {
    /// The state with the script of a link.
    #[must_use]
    pub fn open(text: Option<&str>) -> Self {
        Self { text: text.unwrap_or_default().into(), ..Self::default() }
    }

    /// The script for a link.
    #[must_use]
    pub fn link_text(&self) -> Option<String> {
        (!self.text.is_empty()).then(|| self.text.to_string())
    }

    /// The text of the lines that are shown.
    #[must_use]
    pub fn shown_text(&self) -> Rc<str> {
        self.shown.map_or_else(|| self.text.clone(), |last| first_lines(&self.text, last).into())
    }

    /// The last line that is shown, if later lines are not.
    #[must_use]
    pub const fn shown_up_to(&self) -> Option<usize> {
        self.shown
    }

    /// Whether *Undo* has something to restore.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// The connections with a column: two at least, those of the script, and those that the user
    /// has added.
    #[must_use]
    pub fn columns(&self, script: &Script) -> Vec<Terminal> {
        let used = script.terminals().last().map_or(0, |terminal| terminal.index() + 1);
        let columns = used.max(FIRST_COLUMNS).max(FIRST_COLUMNS + self.added_columns);
        Terminal::all().take(columns).collect()
    }

    /// Applies an edit.
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Append(line) => self.append(&line),
            Edit::Replace(text) => {
                let notice = (!self.text.is_empty()).then_some(Notice::Replaced);
                self.set(text.into(), notice);
            }
            Edit::ShowUpTo(line) => {
                let last = last_line(&self.text);
                self.shown = (line < last).then_some(line);
                self.notice = None;
            }
            Edit::ShowAll => {
                self.shown = None;
                self.notice = None;
            }
            Edit::AddColumn => {
                let used = Script::parse(&self.text).map(|script| self.columns(&script).len()).unwrap_or(FIRST_COLUMNS);
                self.added_columns = (used + 1).min(Terminal::COUNT) - FIRST_COLUMNS;
            }
            Edit::Undo => {
                if let Some(text) = self.undo.pop() {
                    self.text = text;
                    self.shown = None;
                    self.notice = None;
                }
            }
        }
    }

    /// Follows a link: sets its script, and keeps what *Undo* can restore.
    pub fn follow(&mut self, text: &str) {
        if *self.text != *text {
            self.set(text.into(), None);
        }
        self.shown = None;
    }

    fn append(&mut self, line: &Line) {
        let kept = self.shown_text();
        let removed = step_count(&self.text).saturating_sub(step_count(&kept));
        let mut text = kept.trim_end().to_owned();
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&line.to_string());
        if text.chars().count() > lockstep_core::terminals::MAX_CHARACTERS {
            self.notice = Some(Notice::Full);
            return;
        }
        self.set(text.into(), (removed > 0).then_some(Notice::Cut(removed)));
    }

    fn set(&mut self, text: Rc<str>, notice: Option<Notice>) {
        if self.undo.len() == MAX_UNDO {
            self.undo.remove(0);
        }
        self.undo.push(std::mem::replace(&mut self.text, text));
        self.shown = None;
        self.notice = notice;
        if self.text.is_empty() {
            self.added_columns = 0;
        }
    }
}

/// The first `count` lines of a text, with their line ends.
fn first_lines(text: &str, count: usize) -> &str {
    let end = text.split_inclusive('\n').take(count).map(str::len).sum();
    &text[..end]
}

/// The number of the last line that does something; 0 if there is none.
fn last_line(text: &str) -> usize {
    let lines = text.lines().enumerate().filter(|(_, line)| does_something(line));
    lines.last().map_or(0, |(index, _)| index + 1)
}

fn step_count(text: &str) -> usize {
    text.lines().filter(|line| does_something(line)).count()
}

fn does_something(line: &str) -> bool {
    !line.trim().is_empty() && !line.trim_start().starts_with("--")
}

#[cfg(test)]
mod tests {
    use super::*;
    use lockstep_core::terminals::{Action, MAX_CHARACTERS};

    fn sql(letter: &str, sql: &str) -> Edit {
        Edit::Append(Line::Step(Terminal::from_letter(letter).expect("a connection"), Action::Sql(sql.to_owned())))
    }

    fn after(edits: impl IntoIterator<Item = Edit>) -> Terminals {
        let mut terminals = Terminals::default();
        edits.into_iter().for_each(|edit| terminals.apply(edit));
        terminals
    }

    #[test]
    fn each_line_is_appended_to_the_script() {
        let terminals = after([sql("A", "BEGIN"), sql("B", "SELECT 1"), Edit::Append(Line::Wait { milliseconds: 25 })]);
        assert_eq!(&*terminals.text, "A: BEGIN\nB: SELECT 1\n.wait 25ms");
        assert_eq!((terminals.notice, terminals.shown_text()), (None, terminals.text.clone()));
    }

    #[test]
    fn a_line_in_the_past_removes_the_later_lines_until_undo() {
        let mut terminals = after([Edit::Replace("A: BEGIN\n-- then\nA: COMMIT\n.run".into()), Edit::ShowUpTo(1)]);
        assert_eq!(&*terminals.shown_text(), "A: BEGIN\n");
        terminals.apply(sql("B", "SELECT 1"));
        assert_eq!((&*terminals.text, terminals.notice), ("A: BEGIN\nB: SELECT 1", Some(Notice::Cut(2))));
        terminals.apply(Edit::Undo);
        assert_eq!((&*terminals.text, terminals.notice), ("A: BEGIN\n-- then\nA: COMMIT\n.run", None));
        assert!(terminals.can_undo() && terminals.shown_up_to().is_none());
    }

    #[test]
    fn the_last_line_is_the_present() {
        let shown = |line| after([Edit::Replace("A: BEGIN\nA: COMMIT\n\n".into()), Edit::ShowUpTo(line)]).shown_up_to();
        assert_eq!([0, 1, 2, 9].map(shown), [Some(0), Some(1), None, None]);
    }

    #[test]
    fn columns_are_those_of_the_script_and_the_added_ones() {
        let letters = |terminals: &Terminals| -> String {
            let script = Script::parse(&terminals.text).expect("a script");
            terminals.columns(&script).into_iter().map(Terminal::letter).collect()
        };
        assert_eq!(letters(&Terminals::default()), "AB");
        assert_eq!(letters(&after([sql("D", "BEGIN")])), "ABCD");
        assert_eq!(letters(&after([sql("C", "BEGIN"), Edit::AddColumn])), "ABCD");
        assert_eq!(letters(&after(vec![Edit::AddColumn; 9])), "ABCDE");
    }

    #[test]
    fn a_line_that_does_not_fit_is_refused() {
        let mut terminals = after([Edit::Replace(format!("A: {}", "x".repeat(MAX_CHARACTERS - 5)))]);
        let before = terminals.text.clone();
        terminals.apply(sql("A", "BEGIN"));
        assert_eq!((terminals.text, terminals.notice), (before, Some(Notice::Full)));
    }
}
