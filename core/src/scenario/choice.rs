//! The fields that take one of a few words.
//! Each enum here has one spelling a variant, shared by URL, command line, JSON and page.

macro_rules! choice {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, enumset::EnumSetType)]
        #[enumset(no_super_impls)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value with its spelling, the default first.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $word),)+];

            /// The spelling of this value.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value spelled `word`.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().find(|(_, spelling)| *spelling == word).map(|(value, _)| *value)
            }
        }
    };
}

pub(crate) use choice;

/// The spellings alone.
pub(crate) fn words<T>(all: &[(T, &'static str)]) -> Vec<&'static str> {
    all.iter().map(|(_, word)| *word).collect()
}

choice! {
    /// Who connects and who commits.
    Strategy {
        /// Every coroutine opens its own connection, as in the question.
        ConnectionPerTask = "connection-per-task",
        /// The same, but only `limit` of them between connect and close at a time.
        Semaphore = "semaphore",
        /// All coroutines use one connection, so one transaction.
        SharedConnection = "shared-connection",
        /// One coroutine, one connection, a loop of inserts, one commit: the accepted answer's
        /// program.
        SingleTransaction = "single-transaction",
    }
}

choice! {
    /// `isolation_level=`: the kind of BEGIN (facts 1.7, 5.2).
    Begin {
        /// Takes no lock; the first write takes RESERVED.
        Deferred = "deferred",
        /// Takes RESERVED.
        Immediate = "immediate",
        /// Takes EXCLUSIVE.
        Exclusive = "exclusive",
    }
}

choice! {
    /// `PRAGMA journal_mode` (fact 4.1).
    Journal {
        /// The journal is deleted at COMMIT: SQLite's default.
        Delete = "delete",
        /// The journal is cut to no bytes.
        Truncate = "truncate",
        /// The journal's header is overwritten.
        Persist = "persist",
        /// The journal is kept in memory.
        Memory = "memory",
        /// No journal.
        Off = "off",
        /// A write-ahead log (fact 2).
        Wal = "wal",
    }
}

choice! {
    /// `PRAGMA synchronous`: how often SQLite waits for the disk (fact 4.1).
    Synchronous {
        /// After every step that matters: SQLite's default.
        Full = "full",
        /// Never.
        Off = "off",
        /// Less often; in WAL mode not at COMMIT.
        Normal = "normal",
        /// As `full`, and the folder too after the journal is deleted.
        Extra = "extra",
    }
}

impl Strategy {
    /// All rows go through one connection, and so through one worker thread and one transaction.
    #[must_use]
    pub const fn has_one_connection(self) -> bool {
        matches!(self, Self::SharedConnection | Self::SingleTransaction)
    }
}

impl Journal {
    /// A mode that the database file remembers, so that no task has to set it: the default, and
    /// WAL.
    #[must_use]
    pub const fn is_kept_in_the_file(self) -> bool {
        matches!(self, Self::Delete | Self::Wal)
    }
}
