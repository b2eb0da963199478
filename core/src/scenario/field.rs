//! The table of a scenario's fields: names, bounds, and how text becomes a value and back.

use super::choice::{choice, words};
use super::{Begin, Journal, MachineChoice, Scenario, Strategy, Synchronous};
use crate::decimal::billionths;
pub use crate::text::quoted;
use crate::time::SimDuration;
use thiserror::Error;

const A_BILLION: u64 = 1_000_000_000;

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
        /// See [`Scenario::commit_time`].
        CommitTime = "commit_time",
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
    /// The same field was given twice.
    #[error("{}: given more than once; the first value was taken", field.word())]
    Repeated {
        /// The field.
        field: Field,
    },
    /// A SELECT before the INSERT, with a strategy whose tasks have no connection of their own.
    #[error(
        "read_first: '1' is not allowed with strategy={}; a task that reads first needs a connection of its own: \
         strategy=connection-per-task or semaphore",
        strategy.word()
    )]
    NothingToReadOn {
        /// The strategy.
        strategy: Strategy,
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
    /// Whether the program knows of it; the others say on what it runs, and how chance falls.
    #[must_use]
    pub const fn is_of_the_program(self) -> bool {
        !matches!(self, Self::Machine | Self::CommitTime | Self::Seed)
    }

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
            Self::RetryPause | Self::CommitTime => Domain::Seconds(0, 10),
            Self::Machine => Domain::Word(words(MachineChoice::ALL)),
            Self::Seed => Domain::Count(0, u32::MAX),
        }
    }
}

impl Scenario {
    /// The value of `field` as a URL has it.
    #[must_use]
    pub fn text(&self, field: Field) -> String {
        match field {
            Field::Tasks => self.tasks.to_string(),
            Field::Timeout => as_python_reads(self.timeout).to_string(),
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
            Field::CommitTime => self.commit_time.unwrap_or_default().to_string(),
            Field::Seed => self.seed.to_string(),
        }
    }

    /// Reads `text` into `field`.
    ///
    /// # Errors
    /// If the field cannot be that, or not beside the other fields; the scenario is then as it was.
    pub fn set(&mut self, field: Field, text: &str) -> Result<(), ScenarioError> {
        let before = self.clone();
        let set = self.set_alone(field, text).and_then(|()| self.check_together());
        if set.is_err() {
            *self = before;
        }
        set
    }

    /// Whether the fields can stand beside each other.
    pub(super) fn check_together(&self) -> Result<(), ScenarioError> {
        let Self { strategy, read_first, .. } = *self;
        if read_first && strategy.has_one_connection() { Err(ScenarioError::NothingToReadOn { strategy }) } else { Ok(()) }
    }

    /// Reads `text` into `field`, whatever the other fields are.
    pub(super) fn set_alone(&mut self, field: Field, text: &str) -> Result<(), ScenarioError> {
        self.read(field, text).ok_or_else(|| ScenarioError::NotAllowed { field, value: quoted(text) })
    }

    fn read(&mut self, field: Field, text: &str) -> Option<()> {
        let domain = field.domain();
        match field {
            Field::Tasks => self.tasks = domain.count(text)?,
            Field::Timeout => self.timeout = python_timeout(domain.billionths(text)?),
            Field::Sleep => self.sleep = domain.seconds(text)?,
            Field::Strategy => self.strategy = Strategy::from_word(text)?,
            Field::Limit => self.limit = domain.count(text)?,
            Field::Begin => self.begin = Begin::from_word(text)?,
            Field::ReadFirst => self.read_first = is_on(text)?,
            Field::Journal => self.journal = Journal::from_word(text)?,
            Field::Synchronous => self.synchronous = Synchronous::from_word(text)?,
            Field::KeepGoing => self.keep_going = is_on(text)?,
            Field::Retries => self.retries = domain.count(text)?,
            Field::RetryPause => self.retry_pause = domain.seconds(text)?,
            Field::Machine => self.machine = MachineChoice::from_word(text)?,
            Field::CommitTime => {
                let time = domain.seconds(text)?;
                self.commit_time = Some(time).filter(|time| !time.is_zero());
            }
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

    fn billionths(&self, text: &str) -> Option<u64> {
        let Self::Seconds(least, most) = self else { return None };
        let [least, most] = [least, most].map(|seconds| u64::from(*seconds) * A_BILLION);
        billionths(text).filter(|number| (least..=most).contains(number))
    }

    fn seconds(&self, text: &str) -> Option<SimDuration> {
        self.billionths(text).and_then(|_| SimDuration::parse(text))
    }
}

/// As `sqlite3_busy_timeout((int)(timeout * 1000))` gets it (fact 5.1): the same product, cut in the same way.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "bounded by the field's domain; cutting is the point"
)]
fn python_timeout(billionths: u64) -> SimDuration {
    let seconds = billionths as f64 / A_BILLION as f64;
    SimDuration::from_millis((seconds * 1000.0) as u64)
}

/// A length that [`python_timeout`] cuts to `timeout`: itself, or where it would be cut to a millisecond less (1.001 times 1000 is
/// 1000.9999999999999) a microsecond more.
fn as_python_reads(timeout: SimDuration) -> SimDuration {
    if python_timeout(timeout.micros() * 1000) == timeout { timeout } else { SimDuration::from_micros(timeout.micros() + 1) }
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
