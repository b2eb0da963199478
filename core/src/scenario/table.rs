//! The table of a scenario's fields. Each row defines a member of [`Scenario`], a variant of
//! [`Field`], and the field's texts and rules for links, the command line, JSON, the controls on
//! the page and the documentation.

use super::choice::{Begin, Journal, Strategy, Synchronous};
use super::kind::{BusyTimeout, Count, Domain, Kind, Seconds, SecondsOrUnset, Switch, Word};
use super::machine::{MachineChoice, MachineProfile};
use crate::time::SimDuration;
use serde::Serialize;

/// A group of controls on the page. The page shows groups in this order, and the fields of a group
/// in the table's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The controls that are always visible: the numbers in the question, the machine, the seed.
    Main,
    /// How many connections there are.
    Connections,
    /// What each transaction does before its INSERT.
    Transaction,
    /// What a task does after "database is locked".
    Retries,
    /// What a COMMIT writes and waits for.
    Durability,
    /// What the program does after an error.
    Errors,
}

impl Group {
    /// The groups that the page shows under *More*.
    pub const UNDER_MORE: [Self; 5] = [Self::Connections, Self::Transaction, Self::Retries, Self::Durability, Self::Errors];

    /// The fields of this group, in the table's order.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        Field::ALL.iter().map(|(field, _)| *field).filter(move |field| field.row().group == self)
    }
}

/// The texts about a field, and how the page shows its control.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The label on the page, in Markdown.
    pub label: &'static str,
    /// The meaning, in one line of Markdown.
    pub help: &'static str,
    /// The group of its control.
    pub group: Group,
    /// Minimum and maximum of the slider, if there is one. The number input next to it accepts the
    /// whole allowed range.
    pub slider: Option<[&'static str; 2]>,
    /// For a number: the step of the number input and of the slider, in the field's unit.
    pub step: &'static str,
    /// Whether the field has an effect in this scenario. If not, the page hides its control.
    pub applies: fn(&Scenario) -> bool,
    /// Whether the field changes the Python program. The other fields change the machine or the
    /// random numbers.
    pub changes_program: bool,
}

/// Defaults of a row. Each row sets at least its label and its help.
const ROW: Row =
    Row { label: "", help: "", group: Group::Main, slider: None, step: "1", applies: |_| true, changes_program: true };

/// Each row: the variant of [`Field`], the member of [`Scenario`] with its type and default, the
/// kind of its values, and a [`Row`].
macro_rules! fields {
    ($($(#[$about:meta])* $variant:ident $name:ident: $type:ty = $default:expr, $kind:expr, $row:expr;)+) => {
        /// All inputs of a run. Equal scenarios produce identical runs.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        pub struct Scenario {
            $(
                $(#[$about])*
                #[doc = concat!("\n\nAllowed: `", stringify!($kind), "`.")]
                pub $name: $type,
            )+
            /// The profile of the user's machine, for `machine=custom`.
            #[serde(skip)]
            pub profile: Option<Box<MachineProfile>>,
        }

        impl Default for Scenario {
            /// The program in the question, on the asker's machine.
            fn default() -> Self {
                Self { $($name: $default,)+ profile: None }
            }
        }

        /// The name of one input of a run. Links, JSON and the command line use this order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, enumset::EnumSetType)]
        #[enumset(no_super_impls)]
        pub enum Field {
            $(#[doc = concat!("See [`Scenario::", stringify!($name), "`].")] $variant,)+
        }

        impl Field {
            /// Every field with its name in the URL, the command line, JSON and code.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, stringify!($name)),)+];

            const ROWS: &'static [Row] = &[$($row,)+];

            /// The allowed values of the field.
            #[must_use]
            pub fn domain(self) -> Domain {
                match self { $(Self::$variant => $kind.domain(),)+ }
            }
        }

        impl Scenario {
            /// The value of `field` as text in a URL.
            #[must_use]
            pub fn text(&self, field: Field) -> String {
                match field { $(Field::$variant => $kind.text(&self.$name),)+ }
            }

            /// Sets `field` to the value that `text` means. Returns `None` and changes nothing if
            /// the value is not allowed.
            pub(super) fn read(&mut self, field: Field, text: &str) -> Option<()> {
                match field { $(Field::$variant => self.$name = $kind.read(text)?,)+ }
                Some(())
            }

            /// The value of `field` as a number: a count, or a time in microseconds. `None` for a
            /// switch or a word.
            #[must_use]
            pub fn amount(&self, field: Field) -> Option<u64> {
                match field { $(Field::$variant => $kind.amount(&self.$name),)+ }
            }

            /// Sets a count, or a time in microseconds, clamped to the allowed range. Does nothing
            /// to a switch or a word.
            pub fn set_amount(&mut self, field: Field, amount: u64) {
                match field { $(Field::$variant => self.$name = $kind.with_amount(amount).unwrap_or(self.$name),)+ }
            }
        }
    };
}

fields! {
    /// Number of coroutines in the `gather`, and of rows.
    Tasks tasks: u32 = 1000, Count(1, 10_000), Row {
        label: "Tasks",
        help: "number of coroutines in the `gather`, and of rows",
        slider: Some(["1", "2000"]),
        ..ROW
    };
    /// The busy timeout, `connect(timeout=)`. Python truncates it to whole milliseconds (fact 5.1).
    Timeout timeout: SimDuration = SimDuration::from_millis(5000), BusyTimeout(0, 600), Row {
        label: "Busy timeout",
        help: "the busy timeout, `connect(timeout=)`",
        slider: Some(["0", "30"]),
        step: "0.5",
        ..ROW
    };
    /// `asyncio.sleep` between execute and commit.
    Sleep sleep: SimDuration = SimDuration::ZERO, Seconds(0, 60), Row {
        label: "Sleep before commit",
        help: "`asyncio.sleep` between execute and commit",
        slider: Some(["0", "5"]),
        step: "0.1",
        ..ROW
    };
    /// How tasks share connections, and when they commit.
    Strategy strategy: Strategy = Strategy::ConnectionPerTask, Word(Strategy::ALL), Row {
        label: "Strategy",
        help: "how tasks share connections, and when they commit",
        group: Group::Connections,
        ..ROW
    };
    /// With the semaphore: maximum number of connections open at a time.
    Limit limit: u32 = 10, Count(1, 10_000), Row {
        label: "Limit",
        help: "maximum number of open connections, for `strategy=semaphore`",
        group: Group::Connections,
        applies: |scenario| scenario.strategy == Strategy::Semaphore,
        ..ROW
    };
    /// The kind of BEGIN, `isolation_level=`.
    Begin begin: Begin = Begin::Deferred, Word(Begin::ALL), Row {
        label: "Begin",
        help: "the kind of BEGIN, `isolation_level=`",
        group: Group::Transaction,
        ..ROW
    };
    /// An explicit BEGIN and a SELECT before the INSERT (the deferred-upgrade trap, fact 9.9).
    ReadFirst read_first: bool = false, Switch, Row {
        label: "Read first, then write",
        help: "a BEGIN and a SELECT before the INSERT",
        group: Group::Transaction,
        applies: has_own_connections,
        ..ROW
    };
    /// `PRAGMA journal_mode`.
    Journal journal: Journal = Journal::Delete, Word(Journal::ALL), Row {
        label: "Journal mode",
        help: "`PRAGMA journal_mode`",
        group: Group::Durability,
        ..ROW
    };
    /// `PRAGMA synchronous`.
    Synchronous synchronous: Synchronous = Synchronous::Full, Word(Synchronous::ALL), Row {
        label: "Synchronous",
        help: "`PRAGMA synchronous`",
        group: Group::Durability,
        ..ROW
    };
    /// `gather(return_exceptions=True)`, where a failed task closes its connection.
    KeepGoing keep_going: bool = false, Switch, Row {
        label: "Continue after an error (`return_exceptions=True`)",
        help: "`gather(return_exceptions=True)`; a failed task closes its connection",
        group: Group::Errors,
        applies: |scenario| scenario.strategy != Strategy::SingleTransaction,
        ..ROW
    };
    /// Maximum number of retries of a task after "database is locked".
    Retries retries: u32 = 0, Count(0, 100), Row {
        label: "Retries",
        help: "maximum number of retries after \"database is locked\"",
        group: Group::Retries,
        applies: has_own_connections,
        ..ROW
    };
    /// Mean pause before a retry.
    RetryPause retry_pause: SimDuration = SimDuration::from_millis(50), Seconds(0, 10), Row {
        label: "Retry pause",
        help: "mean pause before a retry",
        group: Group::Retries,
        step: "0.01",
        applies: |scenario| has_own_connections(scenario) && scenario.retries > 0,
        ..ROW
    };
    /// The computer on which the program runs.
    Machine machine: MachineChoice = MachineChoice::WindowsLaptop, Word(MachineChoice::ALL), Row {
        label: "Machine",
        help: "the computer on which the program runs",
        changes_program: false,
        ..ROW
    };
    /// Duration of a COMMIT in the default journal and synchronous modes on an idle machine. Other
    /// modes scale in proportion. `None`, which is 0 in a link, keeps the machine's own duration.
    #[serde(skip_serializing_if = "Option::is_none")]
    CommitTime commit_time: Option<SimDuration> = None, SecondsOrUnset(0, 10), Row {
        label: "COMMIT time (0: the machine\u{2019}s own)",
        help: "duration of a COMMIT; 0 keeps the machine's own duration",
        group: Group::Durability,
        step: "0.001",
        changes_program: false,
        ..ROW
    };
    /// Seed of the random number generator.
    Seed seed: u32 = 1, Count(0, u32::MAX), Row {
        label: "Seed",
        help: "seed of the random number generator",
        changes_program: false,
        ..ROW
    };
}

const fn has_own_connections(scenario: &Scenario) -> bool {
    !scenario.strategy.has_one_connection()
}

impl Field {
    /// The name in the URL, the command line, JSON and code.
    #[must_use]
    pub const fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The field with this name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(field, _)| *field)
    }

    /// The texts about the field, and how the page shows its control.
    #[must_use]
    pub const fn row(self) -> &'static Row {
        &Self::ROWS[self as usize]
    }

    /// Whether the field changes the Python program.
    #[must_use]
    pub const fn changes_program(self) -> bool {
        self.row().changes_program
    }

    /// The unit of the values: `s`, or an empty string.
    #[must_use]
    pub fn unit(self) -> &'static str {
        if matches!(self.domain(), Domain::Seconds(..)) { "s" } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_row_has_texts_and_every_field_is_in_one_group() {
        let groups = std::iter::once(Group::Main).chain(Group::UNDER_MORE);
        let shown: Vec<Field> = groups.flat_map(Group::fields).collect();
        assert_eq!(shown.iter().collect::<BTreeSet<_>>().len(), Field::ALL.len());
        for (field, name) in Field::ALL {
            let Row { label, help, slider, .. } = field.row();
            assert!(!label.is_empty() && !help.is_empty(), "{name}: the row in {} needs a label and a help", file!());
            for bound in slider.iter().flatten() {
                assert_eq!(Scenario::default().set(*field, bound), Ok(()), "{name}: a bound of the slider");
            }
        }
    }

    #[test]
    fn defaults_round_trip_as_text_and_as_amounts() {
        let mut scenario = Scenario::default();
        for (field, name) in Field::ALL {
            let text = scenario.text(*field);
            assert_eq!(scenario.set(*field, &text), Ok(()), "{name}");
            let amount = scenario.amount(*field).unwrap_or(7);
            scenario.set_amount(*field, amount);
        }
        assert_eq!(scenario, Scenario::default());
    }

    #[test]
    fn amounts_are_clamped_to_the_allowed_range() {
        let mut scenario = Scenario::default();
        for field in [Field::Tasks, Field::Timeout, Field::CommitTime] {
            scenario.set_amount(field, u64::MAX);
        }
        assert_eq!((scenario.tasks, scenario.timeout.to_string().as_str()), (10_000, "600"));
        assert_eq!(scenario.amount(Field::CommitTime), Some(10_000_000));
    }
}
