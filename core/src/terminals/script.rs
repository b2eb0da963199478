//! A script of the terminals: what several connections do to one database file, line by line.
//!
//! ```text
//! A: BEGIN IMMEDIATE
//! B: PRAGMA busy_timeout=1000
//! B: INSERT INTO person(name) VALUES('sample')
//! .wait 100ms
//! A: COMMIT
//! .run
//! ```
//!
//! Each line is a connection and a statement, a connection and a command that starts with a dot, or
//! a command without a connection. Blank lines and lines that start with `--` are skipped.

use crate::model::database::script::ScriptError;
use crate::text::quoted;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The maximum length of a script, in characters.
pub const MAX_CHARACTERS: usize = 10_000;
/// The longest `.wait`, in milliseconds: an hour.
pub const MAX_WAIT_MS: u64 = 3_600_000;

/// A connection of the terminals, shown as a letter from A to E.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Terminal(u8);

impl Terminal {
    /// The number of connections that a script may use.
    pub const COUNT: usize = 5;

    /// Every connection.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..5).map(Self)
    }

    /// The connection with this letter, in upper or lower case.
    #[must_use]
    pub fn from_letter(text: &str) -> Option<Self> {
        Self::all().find(|terminal| text.eq_ignore_ascii_case(&terminal.letter().to_string()))
    }

    /// The letter, from A to E.
    #[must_use]
    pub const fn letter(self) -> char {
        (b'A' + self.0) as char
    }

    /// The number, from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for Terminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}

/// What a connection does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Runs SQL.
    Sql(String),
    /// Closes the connection; its next statement opens it again.
    Close,
    /// The process of the connection dies. Nothing more of it reaches the file.
    Kill,
    /// Runs COMMIT, and the process dies inside it: after the journal is synced and a part of the
    /// database file is written, or in WAL mode after a part of the log is written.
    CrashInCommit,
}

impl Action {
    /// The commands, as they are written in a script.
    const COMMANDS: [(Self, &'static str); 3] =
        [(Self::Close, ".close"), (Self::Kill, ".kill"), (Self::CrashInCommit, ".crash COMMIT")];

    fn from_text(text: &str) -> Result<Self, String> {
        if !text.starts_with('.') {
            return Ok(Self::Sql(text.to_owned()));
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let command = Self::COMMANDS.into_iter().find(|(_, spelling)| words.eq_ignore_ascii_case(spelling));
        command.map(|(command, _)| command).ok_or_else(|| {
            let known = Self::COMMANDS.map(|(_, spelling)| spelling).join(", ");
            format!("{} is not a command of a connection; the commands are {known}", quoted(text))
        })
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sql(sql) => f.write_str(sql),
            command => {
                f.write_str(Self::COMMANDS.iter().find(|(known, _)| known == command).map_or("", |(_, spelling)| spelling))
            }
        }
    }
}

/// A line of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A connection does something.
    Step(Terminal, Action),
    /// Lets simulated time pass: `.wait 100ms`.
    Wait {
        /// Milliseconds, at most [`MAX_WAIT_MS`].
        milliseconds: u64,
    },
    /// Lets time pass until no statement waits: `.run`.
    Run,
}

impl Line {
    fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with('.') {
            return Self::parse_command(text);
        }
        let (letter, rest) = text.split_once(':').map_or((text, ""), |(letter, rest)| (letter.trim(), rest.trim()));
        let terminal = Terminal::from_letter(letter).ok_or_else(|| {
            format!("{} is not a connection; a line is a letter from A to E, a colon, and SQL or a command", quoted(letter))
        })?;
        if rest.is_empty() {
            return Err(format!("after \u{201c}{terminal}:\u{201d}, SQL or a command is missing"));
        }
        Action::from_text(rest).map(|action| Self::Step(terminal, action))
    }

    fn parse_command(text: &str) -> Result<Self, String> {
        let words: Vec<_> = text.split_whitespace().collect();
        match words[..] {
            [run] if run.eq_ignore_ascii_case(".run") => Ok(Self::Run),
            [wait, time] if wait.eq_ignore_ascii_case(".wait") => {
                let milliseconds = time.to_ascii_lowercase().strip_suffix("ms").and_then(|number| number.parse().ok());
                let milliseconds = milliseconds.filter(|milliseconds| (1..=MAX_WAIT_MS).contains(milliseconds));
                let milliseconds = milliseconds.ok_or_else(|| {
                    format!(".wait: {} is not allowed; allowed: 1ms to {MAX_WAIT_MS}ms, in whole milliseconds", quoted(time))
                })?;
                Ok(Self::Wait { milliseconds })
            }
            _ => Err(format!(
                "{} is not a command; the commands are .wait 100ms and .run, and with a connection .close, .kill and .crash COMMIT",
                quoted(text)
            )),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step(terminal, action) => write!(f, "{terminal}: {action}"),
            Self::Wait { milliseconds } => write!(f, ".wait {milliseconds}ms"),
            Self::Run => f.write_str(".run"),
        }
    }
}

/// A script: its lines with their numbers, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// The lines without blank lines and comments.
    pub lines: Vec<(usize, Line)>,
}

impl Script {
    /// Parses a script.
    ///
    /// # Errors
    /// If it is longer than [`MAX_CHARACTERS`], or a line is not understood.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let mut lines = Vec::new();
        let mut characters = 0;
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let at_line = |problem| ScriptError { line: index + 1, problem };
            characters += line.chars().count() + 1;
            // The last line needs no newline.
            if characters > MAX_CHARACTERS + 1 {
                return Err(at_line(format!("the script is too long; allowed: {MAX_CHARACTERS} characters")));
            }
            let line = line.trim();
            if !line.is_empty() && !line.starts_with("--") {
                lines.push((index + 1, Line::parse(line).map_err(at_line)?));
            }
        }
        Ok(Self { lines })
    }

    /// The connections that the script mentions, in the order of their letters.
    #[must_use]
    pub fn terminals(&self) -> Vec<Terminal> {
        let mentioned =
            |terminal: &Terminal| self.lines.iter().any(|(_, line)| matches!(line, Line::Step(by, _) if by == terminal));
        Terminal::all().filter(mentioned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_rejected(text: &str, line: usize, part: &str) {
        let error = Script::parse(text).expect_err("it cannot be parsed");
        assert!(error.line == line && error.problem.contains(part), "{text:?}: {error}");
    }

    #[test]
    fn a_script_is_parsed_as_it_is_written() {
        let text = "A: BEGIN\nb:  select ':' ;\nA: .close\nE: .KILL\nA: .crash  commit\n.wait 100ms\n.RUN";
        let script = Script::parse(&format!("\u{feff}\n-- a comment\n{text}\n\n")).expect("a script");
        let shown: Vec<String> = script.lines.iter().map(|(_, line)| line.to_string()).collect();
        assert_eq!(shown.join("\n"), "A: BEGIN\nB: select ':' ;\nA: .close\nE: .kill\nA: .crash COMMIT\n.wait 100ms\n.run");
        assert_eq!(script.lines[0].0, 3, "lines have the numbers of the text");
        let letters: String = script.terminals().into_iter().map(Terminal::letter).collect();
        assert_eq!(letters, "ABE");
    }

    #[test]
    fn a_line_that_is_not_understood_is_named_with_what_is_allowed() {
        assert_rejected("A: BEGIN\nF: BEGIN", 2, "'F' is not a connection; a line is a letter from A to E");
        assert_rejected("BEGIN", 1, "'BEGIN' is not a connection");
        assert_rejected("A:", 1, "SQL or a command is missing");
        assert_rejected("A: .open", 1, "'.open' is not a command of a connection; the commands are .close, .kill, .crash COMMIT");
        assert_rejected("A: .crash", 1, "'.crash' is not a command");
        assert_rejected("\n.sleep 5", 2, "'.sleep 5' is not a command; the commands are .wait 100ms and .run");
        for time in ["0ms", "5", "1.5ms", "3600001ms", "-1ms", "99999999999999999999ms"] {
            assert_rejected(&format!(".wait {time}"), 1, "allowed: 1ms to 3600000ms");
        }
    }

    #[test]
    fn a_script_may_have_ten_thousand_characters_and_no_more() {
        let longest = format!("A: {}", "é".repeat(MAX_CHARACTERS - 3));
        assert!(Script::parse(&longest).is_ok());
        assert_rejected(&format!("{longest}x"), 1, "allowed: 10000 characters");
    }
}
