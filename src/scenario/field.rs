//! The table of a scenario's fields: names, bounds, and how text becomes a value and back.

use super::choice::choice;
use super::{Begin, Journal, MachineChoice, Scenario, Strategy, Synchronous};
use crate::time::SimDuration;
use thiserror::Error;

choice! {
    /// One named input of a run; its spelling is its name in URL, command line, JSON and code.
    Field {
        /// See [`Scenario::tasks`].
        Tasks = "tasks",
        /// See [`Scenario::timeout`].
        Timeout = "timeout",
        /// See [`Scenario::sleep`].
        Sleep = "sleep",
        /// See [`Scenario::strategy`].
        Strategy = "strategy",
        /// See [`Scenario::limit`].
        Limit = "limit",
        /// See [`Scenario::begin`].
        Begin = "begin",
        /// See [`Scenario::read_first`].
        ReadFirst = "read_first",
        /// See [`Scenario::journal`].
        Journal = "journal",
        /// See [`Scenario::synchronous`].
        Synchronous = "synchronous",
        /// See [`Scenario::keep_going`].
        KeepGoing = "keep_going",
        /// See [`Scenario::retries`].
        Retries = "retries",
        /// See [`Scenario::retry_pause`].
        RetryPause = "retry_pause",
        /// See [`Scenario::machine`].
        Machine = "machine",
        /// See [`Scenario::seed`].
        Seed = "seed",
    }
}

/// What a field may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// A whole number between these, both included.
    Count(u32, u32),
    /// Seconds between these, both included; decimals and an exponent are allowed.
    Seconds(u32, u32),
    /// 0 or 1.
    Switch,
    /// One of these words.
    Word(Vec<&'static str>),
}

/// Foreign input that a scenario cannot take. The message names the field, the value and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScenarioError {
    /// The name is not in the table.
    #[error("{name} is not a field of a scenario; the fields are {}", words(Field::ALL).join(", "))]
    UnknownField {
        /// The name in quotes, shortened if it is long.
        name: String,
    },
    /// The value lies outside of the field's domain.
    #[error("{}: {value} is not allowed; allowed: {}", field.word(), field.domain())]
    NotAllowed {
        /// The field.
        field: Field,
        /// The value in quotes, shortened if it is long.
        value: String,
    },
    /// The value is right, but the model does not have it yet.
    #[error("{}: {value} is not in the model yet; for now: {allowed}", field.word())]
    NotYet {
        /// The field.
        field: Field,
        /// The value in quotes.
        value: String,
        /// What is.
        allowed: String,
    },
    /// The same field was given twice.
    #[error("{}: given more than once; the first value was taken", field.word())]
    Repeated {
        /// The field.
        field: Field,
    },
    /// `machine=custom` without a profile of that machine.
    #[error("machine: 'custom' needs the profile of a machine")]
    NoProfile,
}

impl std::fmt::Display for Domain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count(least, most) => write!(f, "a whole number from {least} to {most}"),
            Self::Seconds(least, most) => write!(f, "seconds from {least} to {most}"),
            Self::Switch => f.write_str("0 or 1"),
            Self::Word(words) => f.write_str(&words.join(", ")),
        }
    }
}

impl Field {
    /// What the field may be.
    #[must_use]
    pub fn domain(self) -> Domain {
        match self {
            Self::Tasks | Self::Limit => Domain::Count(1, 10_000),
            Self::Timeout => Domain::Seconds(0, 600),
            Self::Sleep => Domain::Seconds(0, 60),
            Self::Strategy => Domain::Word(words(Strategy::ALL)),
            Self::Begin => Domain::Word(words(Begin::ALL)),
            Self::ReadFirst | Self::KeepGoing => Domain::Switch,
            Self::Journal => Domain::Word(words(Journal::ALL)),
            Self::Synchronous => Domain::Word(words(Synchronous::ALL)),
            Self::Retries => Domain::Count(0, 100),
            Self::RetryPause => Domain::Seconds(0, 10),
            Self::Machine => Domain::Word(words(MachineChoice::ALL)),
            Self::Seed => Domain::Count(0, u32::MAX),
        }
    }

    /// What the model takes so far, where that is less than the field's domain.
    fn in_model(self) -> Option<Vec<String>> {
        match self {
            Self::Strategy | Self::Limit | Self::Begin | Self::ReadFirst | Self::Retries | Self::RetryPause => {
                Some(vec![Scenario::default().text(self)])
            }
            Self::Machine => Some(["windows-laptop", "linux-vm", "custom"].map(String::from).to_vec()),
            _ => None,
        }
    }
}

fn words<T>(all: &[(T, &'static str)]) -> Vec<&'static str> {
    all.iter().map(|(_, word)| *word).collect()
}

impl Scenario {
    /// The value of `field` as a URL has it.
    #[must_use]
    pub fn text(&self, field: Field) -> String {
        match field {
            Field::Tasks => self.tasks.to_string(),
            Field::Timeout => self.timeout.to_string(),
            Field::Sleep => self.sleep.to_string(),
            Field::Strategy => self.strategy.word().into(),
            Field::Limit => self.limit.to_string(),
            Field::Begin => self.begin.word().into(),
            Field::ReadFirst => switch(self.read_first),
            Field::Journal => self.journal.word().into(),
            Field::Synchronous => self.synchronous.word().into(),
            Field::KeepGoing => switch(self.keep_going),
            Field::Retries => self.retries.to_string(),
            Field::RetryPause => self.retry_pause.to_string(),
            Field::Machine => self.machine.word().into(),
            Field::Seed => self.seed.to_string(),
        }
    }

    /// Reads `text` into `field`.
    ///
    /// # Errors
    /// If the field cannot be that, or not yet; the scenario is then as it was.
    pub fn set(&mut self, field: Field, text: &str) -> Result<(), ScenarioError> {
        let before = self.clone();
        self.read(field, text).ok_or_else(|| ScenarioError::NotAllowed { field, value: quoted(text) })?;
        if let Some(in_model) = field.in_model()
            && !in_model.contains(&self.text(field))
        {
            *self = before;
            return Err(ScenarioError::NotYet { field, value: quoted(text), allowed: in_model.join(", ") });
        }
        Ok(())
    }

    fn read(&mut self, field: Field, text: &str) -> Option<()> {
        let domain = field.domain();
        match field {
            Field::Tasks => self.tasks = domain.count(text)?,
            Field::Timeout => self.timeout = python_timeout(domain.seconds(text)?),
            Field::Sleep => self.sleep = SimDuration::from_seconds(domain.seconds(text)?),
            Field::Strategy => self.strategy = Strategy::from_word(text)?,
            Field::Limit => self.limit = domain.count(text)?,
            Field::Begin => self.begin = Begin::from_word(text)?,
            Field::ReadFirst => self.read_first = is_on(text)?,
            Field::Journal => self.journal = Journal::from_word(text)?,
            Field::Synchronous => self.synchronous = Synchronous::from_word(text)?,
            Field::KeepGoing => self.keep_going = is_on(text)?,
            Field::Retries => self.retries = domain.count(text)?,
            Field::RetryPause => self.retry_pause = SimDuration::from_seconds(domain.seconds(text)?),
            Field::Machine => self.machine = MachineChoice::from_word(text)?,
            Field::Seed => self.seed = domain.count(text)?,
        }
        Some(())
    }
}

impl Domain {
    fn count(&self, text: &str) -> Option<u32> {
        let Self::Count(least, most) = self else { return None };
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number| plain && (least..=most).contains(&number))
    }

    fn seconds(&self, text: &str) -> Option<f64> {
        let Self::Seconds(least, most) = self else { return None };
        // Rust reads `inf`, `nan` and `infinity` as numbers too; nobody means those here.
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        text.parse().ok().filter(|number| plain && (f64::from(*least)..=f64::from(*most)).contains(number))
    }
}

/// As `sqlite3_busy_timeout((int)(timeout * 1000))` gets it (fact 5.1): the same product, cut in the same way.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bounded by the field's domain; cutting is the point"
)]
fn python_timeout(seconds: f64) -> SimDuration {
    SimDuration::from_millis((seconds * 1000.0) as u64)
}

fn switch(on: bool) -> String {
    u8::from(on).to_string()
}

fn is_on(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

/// Foreign text as a message shows it: in quotes, without control characters, and no longer than a line.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text.chars().take(LONGEST).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("'{shown}'")
}
