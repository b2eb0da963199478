//! The table of a scenario's fields. Each row makes a member of [`Scenario`], a variant of
//! [`Field`] and everything that links, the command line, JSON, the page's controls and the
//! documents say about it.

use super::choice::{Begin, Journal, Strategy, Synchronous};
use super::kind::{BusyTimeout, Count, Domain, Kind, Seconds, SecondsOrUnset, Switch, Word};
use super::machine::{MachineChoice, MachineProfile};
use crate::time::SimDuration;
use serde::Serialize;

/// Where a field stands among the page's controls. Groups are shown in this order, and the fields
/// of a group in the table's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What is always in sight: the question's numbers, the machine, the seed.
    Main,
    /// Who connects.
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
    /// The groups that the page keeps under *More*.
    pub const UNDER_MORE: [Self; 5] = [Self::Connections, Self::Transaction, Self::Retries, Self::Durability, Self::Errors];

    /// The fields of this group, in the table's order.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        Field::ALL.iter().map(|(field, _)| *field).filter(move |field| field.row().group == self)
    }
}

/// What people read about a field, and where the page shows it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its name on the page, in Markdown.
    pub label: &'static str,
    /// What it means, in one line of Markdown.
    pub help: &'static str,
    /// Where it stands among the controls.
    pub group: Group,
    /// The ends of its slider, if it has one. The number beside the slider takes everything that is
    /// allowed.
    pub slider: Option<[&'static str; 2]>,
    /// For a number: how far its arrows and its slider go, in its unit.
    pub step: &'static str,
    /// Whether the field has an effect in this scenario; the page shows its control only then.
    pub applies: fn(&Scenario) -> bool,
    /// Whether the Python program depends on it. The other fields say on what the program runs, and
    /// how chance falls.
    pub is_of_the_program: bool,
}

/// What most rows have; each row has a label, a help and a group of its own.
const ROW: Row =
    Row { label: "", help: "", group: Group::Main, slider: None, step: "1", applies: |_| true, is_of_the_program: true };

/// Each row: the variant, the member with its type and default, the kind of its values, and a
/// [`Row`].
macro_rules! fields {
    ($($(#[$about:meta])* $variant:ident $name:ident: $type:ty = $default:expr, $kind:expr, $row:expr;)+) => {
        /// Every input of a run. Two equal scenarios have the same run, bit for bit.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        pub struct Scenario {
            $(
                $(#[$about])*
                #[doc = concat!("\n\nAllowed: `", stringify!($kind), "`.")]
                pub $name: $type,
            )+
            /// What the machine charges, where it is the user's own.
            #[serde(skip)]
            pub profile: Option<Box<MachineProfile>>,
        }

        impl Default for Scenario {
            /// The asker's program on the asker's machine.
            fn default() -> Self {
                Self { $($name: $default,)+ profile: None }
            }
        }

        /// One named input of a run. Links, JSON and the command line write them in this order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, enumset::EnumSetType)]
        #[enumset(no_super_impls)]
        pub enum Field {
            $(#[doc = concat!("See [`Scenario::", stringify!($name), "`].")] $variant,)+
        }

        impl Field {
            /// Every field with its name in URL, command line, JSON and code.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, stringify!($name)),)+];

            const ROWS: &'static [Row] = &[$($row,)+];

            /// What the field may be.
            #[must_use]
            pub fn domain(self) -> Domain {
                match self { $(Self::$variant => $kind.domain(),)+ }
            }
        }

        impl Scenario {
            /// The value of `field` as a URL has it.
            #[must_use]
            pub fn text(&self, field: Field) -> String {
                match field { $(Field::$variant => $kind.text(&self.$name),)+ }
            }

            /// Reads `text` into `field`; none, with the scenario as it was, if the field cannot be
            /// that.
            pub(super) fn read(&mut self, field: Field, text: &str) -> Option<()> {
                match field { $(Field::$variant => self.$name = $kind.read(text)?,)+ }
                Some(())
            }

            /// The value of `field` as a number: a count as it is, a time in microseconds. None for
            /// a switch or a word.
            #[must_use]
            pub fn amount(&self, field: Field) -> Option<u64> {
                match field { $(Field::$variant => $kind.amount(&self.$name),)+ }
            }

            /// Sets a count, or a time in microseconds, clamped to what is allowed. Changes no
            /// switch and no word.
            pub fn set_amount(&mut self, field: Field, amount: u64) {
                match field { $(Field::$variant => self.$name = $kind.with_amount(amount).unwrap_or(self.$name),)+ }
            }
        }
    };
}

fields! {
    /// Coroutines under the gather, and rows.
    Tasks tasks: u32 = 1000, Count(1, 10_000), Row {
        label: "Tasks",
        help: "coroutines under the gather, and rows",
        slider: Some(["1", "2000"]),
        ..ROW
    };
    /// `connect(timeout=)`, the busy timeout, in whole milliseconds as Python cuts it (fact 5.1).
    Timeout timeout: SimDuration = SimDuration::from_millis(5000), BusyTimeout(0, 600), Row {
        label: "Busy timeout",
        help: "`connect(timeout=)`, the busy timeout",
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
    /// Who connects and who commits.
    Strategy strategy: Strategy = Strategy::ConnectionPerTask, Word(Strategy::ALL), Row {
        label: "Strategy",
        help: "who connects and who commits",
        group: Group::Connections,
        ..ROW
    };
    /// For the semaphore only: tasks between connect and close at a time.
    Limit limit: u32 = 10, Count(1, 10_000), Row {
        label: "Limit",
        help: "semaphore only: tasks between connect and close at a time",
        group: Group::Connections,
        applies: |scenario| scenario.strategy == Strategy::Semaphore,
        ..ROW
    };
    /// What opens the transaction, `isolation_level=`.
    Begin begin: Begin = Begin::Deferred, Word(Begin::ALL), Row {
        label: "Begin",
        help: "`isolation_level=`, what opens the transaction",
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
    /// `gather(return_exceptions=True)`; a task that failed closes its connection.
    KeepGoing keep_going: bool = false, Switch, Row {
        label: "Go on after an error (`return_exceptions=True`)",
        help: "`gather(return_exceptions=True)`, and a task that failed closes its connection",
        group: Group::Errors,
        applies: |scenario| scenario.strategy != Strategy::SingleTransaction,
        ..ROW
    };
    /// How often a task tries again after "database is locked".
    Retries retries: u32 = 0, Count(0, 100), Row {
        label: "Retries",
        help: "tries again after \"database is locked\"",
        group: Group::Retries,
        applies: has_own_connections,
        ..ROW
    };
    /// Middle of the pause before a retry.
    RetryPause retry_pause: SimDuration = SimDuration::from_millis(50), Seconds(0, 10), Row {
        label: "Retry pause",
        help: "middle of the pause before a retry",
        group: Group::Retries,
        step: "0.01",
        applies: |scenario| has_own_connections(scenario) && scenario.retries > 0,
        ..ROW
    };
    /// The computer that the program runs on.
    Machine machine: MachineChoice = MachineChoice::WindowsLaptop, Word(MachineChoice::ALL), Row {
        label: "Machine",
        help: "what each step costs",
        is_of_the_program: false,
        ..ROW
    };
    /// What a COMMIT with the default journal and synchronous mode takes, alone on an idle machine;
    /// other modes in proportion. None, which a link writes as 0: as the machine has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    CommitTime commit_time: Option<SimDuration> = None, SecondsOrUnset(0, 10), Row {
        label: "COMMIT (0: the machine\u{2019}s)",
        help: "what a COMMIT takes in place of the machine's own time; 0 is the machine's",
        group: Group::Durability,
        step: "0.001",
        is_of_the_program: false,
        ..ROW
    };
    /// Start of the random numbers.
    Seed seed: u32 = 1, Count(0, u32::MAX), Row {
        label: "Seed",
        help: "start of the random numbers",
        is_of_the_program: false,
        ..ROW
    };
}

const fn has_own_connections(scenario: &Scenario) -> bool {
    !scenario.strategy.has_one_connection()
}

impl Field {
    /// Its name in URL, command line, JSON and code.
    #[must_use]
    pub const fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The field with this name.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(field, _)| *field)
    }

    /// What people read about it, and where the page shows it.
    #[must_use]
    pub const fn row(self) -> &'static Row {
        &Self::ROWS[self as usize]
    }

    /// Whether the Python program depends on it.
    #[must_use]
    pub const fn is_of_the_program(self) -> bool {
        self.row().is_of_the_program
    }

    /// The unit of its values: `s`, or nothing.
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
    fn every_row_says_what_it_is_and_every_field_stands_in_one_group() {
        let groups = std::iter::once(Group::Main).chain(Group::UNDER_MORE);
        let shown: Vec<Field> = groups.flat_map(Group::fields).collect();
        assert_eq!(shown.iter().collect::<BTreeSet<_>>().len(), Field::ALL.len());
        for (field, name) in Field::ALL {
            let Row { label, help, slider, .. } = field.row();
            assert!(!label.is_empty() && !help.is_empty(), "{name}: a row in {} needs a label and a help", file!());
            for end in slider.iter().flatten() {
                assert_eq!(Scenario::default().set(*field, end), Ok(()), "{name}: an end of its slider");
            }
        }
    }

    #[test]
    fn every_default_is_allowed_and_comes_back_from_its_text_and_from_its_amount() {
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
    fn an_amount_is_clamped_to_what_is_allowed() {
        let mut scenario = Scenario::default();
        for field in [Field::Tasks, Field::Timeout, Field::CommitTime] {
            scenario.set_amount(field, u64::MAX);
        }
        assert_eq!((scenario.tasks, scenario.timeout.to_string().as_str()), (10_000, "600"));
        assert_eq!(scenario.amount(Field::CommitTime), Some(10_000_000));
    }
}
