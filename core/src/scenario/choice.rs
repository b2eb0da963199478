//! The fields that are enums. Each variant has one word, which the URL, the command line, JSON and
//! the page share.

macro_rules! choice {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, enumset::EnumSetType)]
        #[enumset(no_super_impls)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value with its word. The default is first.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $word),)+];

            /// The word for this value.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().find(|(_, known)| *known == word).map(|(value, _)| *value)
            }
        }
    };
}

pub(crate) use choice;

/// The words without their values.
pub(crate) fn words<T>(all: &[(T, &'static str)]) -> Vec<&'static str> {
    all.iter().map(|(_, word)| *word).collect()
}

choice! {
    /// How tasks share connections, and when they commit.
    Strategy {
        /// Every coroutine opens its own connection, as in the question.
        ConnectionPerTask = "connection-per-task",
        /// The same, but at most `limit` connections are open at a time.
        Semaphore = "semaphore",
        /// All coroutines share one connection, and so one transaction.
        SharedConnection = "shared-connection",
        /// One coroutine with one connection inserts all rows in a loop and commits once: the
        /// program in the accepted answer.
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
        /// The journal is truncated to zero bytes.
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
    /// `PRAGMA synchronous`: how often SQLite syncs to the disk (fact 4.1).
    Synchronous {
        /// At every critical moment: SQLite's default.
        Full = "full",
        /// Never.
        Off = "off",
        /// Less often. In WAL mode, not at COMMIT.
        Normal = "normal",
        /// Like `full`, and also syncs the folder after the journal is deleted.
        Extra = "extra",
    }
}

impl Strategy {
    /// Whether all rows use one connection, and so one worker thread and one transaction.
    #[must_use]
    pub const fn has_one_connection(self) -> bool {
        matches!(self, Self::SharedConnection | Self::SingleTransaction)
    }
}

impl Journal {
    /// Whether a new connection has this mode without a `PRAGMA`: the default mode, or WAL, which
    /// is stored in the database file.
    #[must_use]
    pub const fn is_kept_in_the_file(self) -> bool {
        matches!(self, Self::Delete | Self::Wal)
    }
}
