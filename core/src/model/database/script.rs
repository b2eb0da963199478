//! Statements of several connections, one after another, and the trait of the engines that execute
//! them.
//!
//! In the text, each line has the number of a connection and a statement: `1 BEGIN IMMEDIATE`. A
//! line before the first statement may set the journal mode: `journal=wal`. Blank lines, comments
//! after `--` and a semicolon at the end of a line are allowed.

use super::{Answer, ConnectionId};
use crate::scenario::choice::words as spellings;
use crate::scenario::{Begin, Journal};
use crate::text::quoted;
use crate::trace::Lock;
use serde::{Deserialize, Serialize};
use std::fmt;
use strum::{EnumIter, IntoEnumIterator};
use thiserror::Error;

/// A statement of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter)]
pub enum Command {
    /// BEGIN.
    #[strum(disabled)]
    Begin(Begin),
    /// SELECT that reads all rows.
    Select,
    /// SELECT that stays open after its first row. If one is already open, it is ended first.
    OpenSelect,
    /// Ends the open SELECT, if there is one.
    EndSelect,
    /// INSERT of one row.
    Insert,
    /// COMMIT.
    Commit,
    /// ROLLBACK.
    Rollback,
    /// Closes the connection; its next statement opens it again.
    Close,
}

impl Command {
    /// Every command.
    pub fn all() -> impl Iterator<Item = Self> {
        Begin::ALL.iter().map(|(kind, _)| Self::Begin(*kind)).chain(Self::iter())
    }

    /// The command as it is written in a script.
    #[must_use]
    pub const fn spelling(self) -> &'static str {
        match self {
            Self::Begin(Begin::Deferred) => "BEGIN",
            Self::Begin(Begin::Immediate) => "BEGIN IMMEDIATE",
            Self::Begin(Begin::Exclusive) => "BEGIN EXCLUSIVE",
            Self::Select => "SELECT",
            Self::OpenSelect => "OPEN SELECT",
            Self::EndSelect => "END SELECT",
            Self::Insert => "INSERT",
            Self::Commit => "COMMIT",
            Self::Rollback => "ROLLBACK",
            Self::Close => "CLOSE",
        }
    }

    /// Other spellings that SQLite accepts, without the optional word TRANSACTION.
    const SYNONYMS: [(Self, &'static str); 2] = [(Self::Begin(Begin::Deferred), "BEGIN DEFERRED"), (Self::Commit, "END")];

    /// Parses a command, in upper or lower case.
    fn from_text(text: &str) -> Option<Self> {
        let upper = text.to_ascii_uppercase();
        let find = |wanted: &str| {
            let mut known = Self::all().map(|command| (command, command.spelling())).chain(Self::SYNONYMS);
            known.find(|(_, spelling)| *spelling == wanted).map(|(command, _)| command)
        };
        let takes_transaction = |command: &Self| matches!(command, Self::Begin(_) | Self::Commit | Self::Rollback);
        let with_transaction = || upper.strip_suffix(" TRANSACTION").and_then(find).filter(takes_transaction);
        find(&upper).or_else(with_transaction)
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.spelling())
    }
}

/// An engine's answer to a command, and the state of the connection after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The result code, and whether the busy handler was invoked.
    pub answer: Answer,
    /// Whether a transaction is open.
    pub in_transaction: bool,
    /// The lock that the connection holds.
    pub lock: Lock,
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { answer: Answer { code, may_wait }, in_transaction, lock } = self;
        write!(f, "{} {} {}", code.name(), if *in_transaction { "tx" } else { "-" }, lock.name())?;
        if code.is_busy() {
            f.write_str(if *may_wait { " waits" } else { " at-once" })?;
        }
        Ok(())
    }
}

/// An engine that executes scripts: the model, or SQLite itself.
pub trait Engine {
    /// Executes `command` on `connection`, without waiting for a lock.
    fn execute(&mut self, connection: ConnectionId, command: Command) -> Reply;
}

/// A line of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The connection that executes the command.
    pub connection: ConnectionId,
    /// The command.
    pub command: Command,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.connection.0, self.command)
    }
}

/// A script: a journal mode and its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// True for WAL mode, false for a rollback journal.
    pub wal: bool,
    /// The lines, in order.
    pub lines: Vec<Line>,
}

/// Why a script cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("line {line}: {problem}")]
pub struct ScriptError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// The highest connection number in a script.
pub const MAX_CONNECTIONS: u32 = 1000;

impl Script {
    /// Parses a script.
    ///
    /// # Errors
    /// If a line is neither a statement nor, before the first statement, a journal mode.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let mut script = Self { wal: false, lines: Vec::new() };
        let mut journal = None;
        // Shells on Windows write a byte order mark at the start of a file.
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let words = without_comment(line).split_whitespace().collect::<Vec<_>>().join(" ");
            let at_line = |problem| ScriptError { line: index + 1, problem };
            if words.is_empty() {
                continue;
            }
            if let Some(mode) = journal_value(&words) {
                if journal.is_some() || !script.lines.is_empty() {
                    return Err(at_line("the journal mode may be given once, before the first statement".to_owned()));
                }
                let mode = journal_mode(mode).map_err(at_line)?;
                script.wal = mode == Journal::Wal;
                journal = Some(mode);
            } else {
                script.lines.push(statement(&words).map_err(at_line)?);
            }
        }
        Ok(script)
    }
}

/// The line before `--`, without semicolons at its end.
fn without_comment(line: &str) -> &str {
    let code = line.split_once("--").map_or(line, |(code, _)| code);
    code.trim_end_matches(|c: char| c == ';' || c.is_whitespace())
}

/// The value after `journal=`, if the line begins with it.
fn journal_value(words: &str) -> Option<&str> {
    let (name, value) = words.split_once('=')?;
    name.trim().eq_ignore_ascii_case("journal").then_some(value.trim())
}

/// Parses a journal mode. All modes except WAL have the same locks.
fn journal_mode(text: &str) -> Result<Journal, String> {
    Journal::from_word(&text.to_ascii_lowercase())
        .ok_or_else(|| format!("journal: {} is not allowed; allowed: {}", quoted(text), spellings(Journal::ALL).join(", ")))
}

fn statement(words: &str) -> Result<Line, String> {
    let (number, statement) = words.split_once(' ').unwrap_or((words, ""));
    let connection = number.parse().ok().filter(|number| (1..=MAX_CONNECTIONS).contains(number));
    let connection = connection.ok_or_else(|| {
        format!("{} is not a connection; a line is a number from 1 to {MAX_CONNECTIONS} and a statement", quoted(number))
    })?;
    let command = Command::from_text(statement).ok_or_else(|| {
        let known: Vec<_> = Command::all().map(Command::spelling).collect();
        format!("{} is not a statement; the statements are {}", quoted(statement), known.join(", "))
    })?;
    Ok(Line { connection: ConnectionId(connection), command })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_parses(text: &str, wal: bool, lines: &[&str]) {
        let script = Script::parse(text).expect("a script");
        let shown: Vec<String> = script.lines.iter().map(ToString::to_string).collect();
        assert_eq!((script.wal, shown.iter().map(String::as_str).collect::<Vec<_>>()), (wal, lines.to_vec()), "{text:?}");
    }

    #[track_caller]
    fn assert_rejected(text: &str, line: usize, part: &str) {
        let error = Script::parse(text).expect_err("it cannot be parsed");
        assert!(error.line == line && error.problem.contains(part), "{text:?}: {error}");
    }

    #[test]
    fn the_journal_mode_may_be_any_of_a_scenario_in_any_case_before_the_first_statement() {
        for (_, mode) in Journal::ALL {
            assert_parses(&format!("journal={mode}\n1 BEGIN"), *mode == "wal", &["1 BEGIN"]);
        }
        assert_parses("\u{feff}JOURNAL=WAL\r\n1 begin\r\n", true, &["1 BEGIN"]);
        assert_parses("\n-- in WAL mode\n journal = wal; -- here\n1 BEGIN", true, &["1 BEGIN"]);
        assert_rejected("journal=floppy", 1, "'floppy' is not allowed; allowed: delete, truncate, persist, memory, off, wal");
        assert_rejected("1 BEGIN\n\njournal=wal", 3, "before the first statement");
        assert_rejected("journal=wal\njournal=wal", 2, "once");
    }

    #[test]
    fn other_spellings_of_sqlite_are_accepted() {
        assert_parses(
            "1 BEGIN DEFERRED\n1 END\n2 begin deferred transaction\n2 End Transaction",
            false,
            &["1 BEGIN", "1 COMMIT", "2 BEGIN", "2 COMMIT"],
        );
        assert_parses(
            "1 BEGIN EXCLUSIVE TRANSACTION\n1 ROLLBACK TRANSACTION\n1 OPEN SELECT\n1 END SELECT",
            false,
            &["1 BEGIN EXCLUSIVE", "1 ROLLBACK", "1 OPEN SELECT", "1 END SELECT"],
        );
        assert_rejected("1 SELECT TRANSACTION", 1, "'SELECT TRANSACTION' is not a statement");
    }

    #[test]
    fn blank_lines_comments_and_semicolons_are_skipped() {
        assert_parses(
            "\u{feff}\n  \n-- a comment\n1 BEGIN; -- opens it\n;\n1 COMMIT ;;\n1 SELECT--\n",
            false,
            &["1 BEGIN", "1 COMMIT", "1 SELECT"],
        );
        assert_rejected("1 BEGIN; COMMIT", 1, "'BEGIN; COMMIT' is not a statement");
    }

    #[test]
    fn every_command_parses_from_its_own_spelling() {
        for command in Command::all() {
            assert_eq!(Command::from_text(&command.to_string()), Some(command));
        }
    }
}
