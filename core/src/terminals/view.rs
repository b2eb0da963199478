//! What SQLite answered to a script, and the state of the file after it.

use super::script::Terminal;
use crate::trace::Lock;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The maximum number of rows of one result.
pub const MAX_ROWS: usize = 100;
/// The maximum number of characters of a value in a result.
pub const MAX_VALUE_CHARACTERS: usize = 200;
/// After this many steps of SQLite's virtual machine, a statement is stopped.
pub const MAX_VM_STEPS: u64 = 10_000_000;

/// The answers to a script and the state after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The version of SQLite.
    pub version: String,
    /// Simulated time since the start of the script, in milliseconds.
    pub now_ms: u64,
    /// One step for each line with a connection.
    pub steps: Vec<Step>,
    /// The connections that the script mentions.
    pub connections: Vec<Connection>,
    /// The database file.
    pub file: File,
}

/// A line with a connection, and what SQLite answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The number of the line in the script, from 1.
    pub line: usize,
    /// The connection.
    pub terminal: Terminal,
    /// The SQL or the command.
    pub text: String,
    /// When it was sent, in milliseconds of simulated time.
    pub at_ms: u64,
    /// How long it waited for a lock, in milliseconds of simulated time.
    pub waited_ms: u64,
    /// The answer.
    pub answer: Answer,
    /// Whether a transaction is open afterwards.
    pub in_transaction: bool,
    /// The lock that the connection holds afterwards.
    pub lock: Lock,
    /// The rows of the result, if the statement returns rows.
    pub table: Option<Table>,
    /// What the connection asked the file for, in order. Equal attempts of a waiting statement are
    /// listed once.
    pub requests: Vec<Request>,
}

/// The answer to a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Success.
    Ok,
    /// The statement waits for a lock.
    Waiting(Waiting),
    /// An error.
    Refused(Refusal),
}

impl Answer {
    /// The result code's name, but `OK` for success and `WAITING` for a statement that waits.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Ok => "OK",
            Self::Waiting(_) => "WAITING",
            Self::Refused(refusal) => &refusal.code,
        }
    }
}

/// A statement that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Attempts so far.
    pub attempt: usize,
    /// The number of attempts, if each is refused.
    pub attempts: usize,
    /// When the next attempt is, in milliseconds from now.
    pub next_in_ms: u64,
}

impl fmt::Display for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "waiting, attempt {} of {}, next in {} ms", self.attempt, self.attempts, self.next_in_ms)
    }
}

/// A result code other than success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The name of the extended result code, such as `SQLITE_BUSY_SNAPSHOT`.
    pub code: String,
    /// The number of the extended result code, such as 517.
    pub number: i32,
    /// SQLite's message, such as `database is locked`.
    pub message: String,
    /// For SQLITE_BUSY: whether the statement waited, and why not.
    pub wait: Option<Wait>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.code, self.number, self.message)
    }
}

/// Whether a refused statement waited, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wait {
    /// It waited until its busy timeout ended.
    GaveUp,
    /// It would have waited, but the connection has no busy timeout.
    NoTimeout,
    /// The connection already reads, so SQLite does not wait: if two connections did, neither could
    /// go on (fact 1.15).
    WouldDeadlock,
    /// The connection reads an outdated snapshot, and waiting cannot make it new (fact 2.4).
    OldSnapshot,
    /// SQLite did not invoke the busy handler for another reason.
    NotAsked,
}

impl Wait {
    /// An explanation, as the end of a sentence about the refusal.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::GaveUp => "the busy timeout ended before the lock was free",
            Self::NoTimeout => "failed at once: this connection has no busy timeout",
            Self::WouldDeadlock => {
                "failed at once, whatever the busy timeout: this connection has already read, and waiting would deadlock"
            }
            Self::OldSnapshot => {
                "failed at once, whatever the busy timeout: this connection's snapshot is out of date, and waiting cannot renew it"
            }
            Self::NotAsked => "failed at once: SQLite does not wait for this lock",
        }
    }
}

/// The rows of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The first rows, at most [`MAX_ROWS`]. Long values are cut.
    pub rows: Vec<Vec<String>>,
    /// The result has more rows than are listed.
    pub is_cut: bool,
}

/// What a connection asked the file for, and whether it was granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What it asked for.
    pub what: Wanted,
    /// Whether it got it.
    pub is_granted: bool,
}

/// What a connection may ask a file for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wanted {
    /// A lock on the database file.
    Lock(Lock),
    /// To go down to this lock. It is always granted.
    Unlock(Lock),
    /// WAL mode: a slot of the shared memory, alone or together with others.
    Slot {
        /// The slot.
        slot: WalSlot,
        /// Whether no other connection may have it.
        is_exclusive: bool,
    },
    /// WAL mode: to release a slot.
    ReleaseSlot(WalSlot),
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lock(lock) => f.write_str(lock.name()),
            Self::Unlock(lock) => write!(f, "down to {}", lock.name()),
            Self::Slot { slot, is_exclusive } => write!(f, "{slot} lock, {}", if *is_exclusive { "exclusive" } else { "shared" }),
            Self::ReleaseSlot(slot) => write!(f, "release of the {slot} lock"),
        }
    }
}

/// A slot of the eight in WAL mode's shared memory (fact 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WalSlot {
    /// The write lock.
    Write,
    /// The lock of checkpoints.
    Checkpoint,
    /// The lock of recovery.
    Recover,
    /// A read mark, from 0 to 4.
    Read(u8),
}

impl WalSlot {
    /// The slot with this number, from 0 to 7.
    #[must_use]
    pub const fn from_index(index: u8) -> Self {
        match index {
            0 => Self::Write,
            1 => Self::Checkpoint,
            2 => Self::Recover,
            slot => Self::Read(slot - 3),
        }
    }
}

impl fmt::Display for WalSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write => f.write_str("write"),
            Self::Checkpoint => f.write_str("checkpoint"),
            Self::Recover => f.write_str("recovery"),
            Self::Read(mark) => write!(f, "read {mark}"),
        }
    }
}

/// The state of a connection after a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Its letter.
    pub terminal: Terminal,
    /// Whether it is open.
    pub is_open: bool,
    /// Whether a transaction is open.
    pub in_transaction: bool,
    /// The lock that it holds.
    pub lock: Lock,
    /// Its busy timeout in milliseconds; 0 for none.
    pub busy_timeout_ms: u64,
    /// Set while its statement waits.
    pub waiting: Option<Waiting>,
}

/// The state of the database file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The size of the database file in pages.
    pub pages: u64,
    /// The size of a page in bytes.
    pub page_bytes: u64,
    /// The rollback journal next to it, if it exists.
    pub journal: Option<Journal>,
    /// The write-ahead log, in WAL mode.
    pub wal: Option<WalLog>,
}

/// A rollback journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// Its size.
    pub bytes: u64,
    /// Whether the next reader rolls it back: its header is complete, and no live connection has
    /// written it (fact 1.9).
    pub is_hot: bool,
}

/// The write-ahead log, as the shared memory describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalLog {
    /// The size of the log file in bytes.
    pub bytes: u64,
    /// Frames that belong to committed transactions.
    pub frames: u32,
    /// Of these, the frames that a checkpoint has copied into the database file.
    pub checkpointed: u32,
    /// The snapshots that connections read from.
    pub snapshots: Vec<Snapshot>,
}

/// The snapshot that a connection reads from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The connection.
    pub terminal: Terminal,
    /// The read mark: the last frame that no checkpoint may overtake for this reader. 0 for the
    /// database file alone.
    pub mark: u32,
}
