//! Statements of several connections, one after another, and the trait of the engines that play them.
//!
//! As text a statement is a line: the connection's number and the statement, `1 BEGIN IMMEDIATE`. The first line may name the
//! journal mode, `journal=wal`.

use super::{Answer, ConnectionId};
use crate::scenario::Begin;
use crate::text::quoted;
use crate::trace::Lock;
use std::fmt;
use strum::{EnumIter, IntoEnumIterator};
use thiserror::Error;

/// What a connection is told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter)]
pub enum Command {
    /// BEGIN.
    #[strum(disabled)]
    Begin(Begin),
    /// SELECT, run to its end.
    Select,
    /// SELECT, left open after its first row. An older one is ended first.
    OpenSelect,
    /// The open SELECT is ended, if there is one.
    EndSelect,
    /// INSERT of one row.
    Insert,
    /// COMMIT.
    Commit,
    /// ROLLBACK.
    Rollback,
    /// The connection is closed; its next statement opens it again.
    Close,
}

impl Command {
    /// Every command.
    pub fn all() -> impl Iterator<Item = Self> {
        Begin::ALL.iter().map(|(kind, _)| Self::Begin(*kind)).chain(Self::iter())
    }

    /// The command as a script has it.
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
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.spelling())
    }
}

/// What an engine answers, and how the connection stands then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What SQLite says, and whether the busy handler was asked.
    pub answer: Answer,
    /// Whether a transaction is open.
    pub in_transaction: bool,
    /// The lock that the connection holds.
    pub lock: Lock,
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.answer.code.name(), if self.in_transaction { "tx" } else { "-" }, self.lock.name())
    }
}

/// Something that plays scripts: the model, or SQLite itself.
pub trait Engine {
    /// `connection` does `command`, at once and without waiting for a lock.
    fn execute(&mut self, connection: ConnectionId, command: Command) -> Reply;
}

/// A line of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose.
    pub connection: ConnectionId,
    /// What.
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
    /// WAL mode; else a rollback journal.
    pub wal: bool,
    /// The lines, in order.
    pub lines: Vec<Line>,
}

/// A script that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct ScriptError {
    /// Which line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// Highest connection number of a script.
pub const MOST_CONNECTIONS: u32 = 1000;

impl Script {
    /// Reads a script. Empty lines are passed over.
    ///
    /// # Errors
    /// At the first line that is neither a statement nor, at the beginning, a journal mode.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let mut script = Self { wal: false, lines: Vec::new() };
        for (index, line) in text.lines().enumerate() {
            let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
            match words.as_str() {
                "" => {}
                "journal=wal" if index == 0 => script.wal = true,
                "journal=delete" if index == 0 => {}
                words => script.lines.push(statement(words).map_err(|problem| ScriptError { line: index + 1, problem })?),
            }
        }
        Ok(script)
    }
}

fn statement(words: &str) -> Result<Line, String> {
    let (number, statement) = words.split_once(' ').unwrap_or((words, ""));
    let connection = number.parse().ok().filter(|number| (1..=MOST_CONNECTIONS).contains(number));
    let connection = connection.ok_or_else(|| {
        format!("{} is not a connection; a line is a number from 1 to {MOST_CONNECTIONS} and a statement", quoted(number))
    })?;
    let command = Command::all().find(|command| command.spelling().eq_ignore_ascii_case(statement)).ok_or_else(|| {
        let known: Vec<_> = Command::all().map(Command::spelling).collect();
        format!("{} is not a statement; the statements are {}", quoted(statement), known.join(", "))
    })?;
    Ok(Line { connection: ConnectionId(connection), command })
}
