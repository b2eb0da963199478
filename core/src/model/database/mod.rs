//! The database file as its connections see it: who may have which lock, and what each statement asks for.
//!
//! | file | what it holds |
//! |---|---|
//! | [`rollback_journal`], [`wal`] | which locks may stand beside each other, behind the trait [`Locks`] |
//! | [`sessions`] | connections, transactions, cursors: what a statement asks the locks for |
//! | [`script`] | statements of several connections as text, and the trait that engines of such scripts share |
//! | [`busy_handler`] | how long a refused connection sleeps, and when it gives up |
//!
//! A run speaks to the file through the trait [`Database`], so that the same run can be played on another engine.

pub mod busy_handler;
pub mod rollback_journal;
pub mod script;
pub mod sessions;
pub mod wal;

pub use busy_handler::BusyHandler;
pub use rollback_journal::RollbackJournal;
pub use sessions::Sessions;
pub use wal::Wal;

use crate::scenario::Journal;
use crate::trace::{Lock, Statement};

/// A connection to the database file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u32);

/// What SQLite says to a statement (fact 1.16, rescode.html).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResultCode {
    /// Done.
    Ok,
    /// Not possible in this state of the connection: no transaction to end, or one open already.
    Error,
    /// Another connection holds a lock that stands against it.
    Busy,
    /// WAL mode: the transaction has read a state of the file that is no longer the newest, and may not write (fact 2.4).
    BusySnapshot,
}

impl ResultCode {
    /// As SQLite's documentation writes it, but `OK` for success.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Error => "SQLITE_ERROR",
            Self::Busy => "SQLITE_BUSY",
            Self::BusySnapshot => "SQLITE_BUSY_SNAPSHOT",
        }
    }

    /// True for [`ResultCode::Ok`].
    #[must_use]
    pub const fn is_ok(self) -> bool {
        matches!(self, Self::Ok)
    }
}

/// What a statement is told, and whether its busy handler is asked to wait when it is refused (fact 1.15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What SQLite says.
    pub code: ResultCode,
    /// Whether SQLite asks the busy handler before it says so. False where waiting could not help, and for success.
    pub may_wait: bool,
}

impl Answer {
    /// Done.
    pub const OK: Self = Self { code: ResultCode::Ok, may_wait: false };

    /// An answer that no busy handler was asked about.
    #[must_use]
    pub const fn at_once(code: ResultCode) -> Self {
        Self { code, may_wait: false }
    }

    /// An answer that, if it is a refusal, came after the busy handler.
    #[must_use]
    pub const fn after_waiting(code: ResultCode) -> Self {
        Self { code, may_wait: !code.is_ok() }
    }

    /// True if it is done.
    #[must_use]
    pub const fn is_ok(self) -> bool {
        self.code.is_ok()
    }

    fn and_then(self, next: impl FnOnce() -> Self) -> Self {
        if self.is_ok() { next() } else { self }
    }
}

/// The locks on one file in one journal mode. Asking never waits; what a connection holds it keeps until [`Locks::reduce`].
pub trait Locks {
    /// `connection` wants to read: SHARED, or a snapshot in WAL mode. Granted for good if it has it already.
    fn read(&mut self, connection: ConnectionId) -> ResultCode;

    /// A reader wants to write: RESERVED, or the write lock in WAL mode.
    fn write(&mut self, connection: ConnectionId) -> ResultCode;

    /// A writer wants the file for itself: EXCLUSIVE. Refused, it keeps PENDING (fact 1.4). In WAL mode nothing is asked for.
    fn exclusive(&mut self, connection: ConnectionId) -> ResultCode;

    /// A writer's changes are in the file, or in the log.
    fn publish(&mut self, connection: ConnectionId);

    /// `connection` gives back its locks, all but that for reading if it `still_reads`.
    fn reduce(&mut self, connection: ConnectionId, still_reads: bool);

    /// What `connection` holds.
    fn held(&self, connection: ConnectionId) -> Lock;

    /// Whether what `connection` reads is no longer the newest state, which only WAL mode lets happen.
    fn is_stale(&self, _connection: ConnectionId) -> bool {
        false
    }
}

/// What a run asks of the file, step by step, with nothing waited for.
pub trait Database {
    /// BEGIN: a transaction is open, and nothing is asked for (fact 1.7).
    fn begin(&mut self, connection: ConnectionId);

    /// `connection` asks once for what `statement` needs, and runs it if it has that.
    fn ask(&mut self, connection: ConnectionId, statement: Statement) -> Answer;

    /// The statement is over, refused or not: `connection` gives back what neither its transaction nor a cursor needs. Until then
    /// the prepare that reads the schema keeps SHARED, and a refused BEGIN EXCLUSIVE keeps PENDING while it waits for readers.
    fn settle(&mut self, connection: ConnectionId);

    /// The I/O of `connection`'s granted COMMIT is done: the rows are in the file, the locks are dropped.
    fn finish_commit(&mut self, connection: ConnectionId);

    /// ROLLBACK of the open transaction.
    fn rollback(&mut self, connection: ConnectionId);

    /// `connection` is closed; an open transaction is rolled back.
    fn close(&mut self, connection: ConnectionId);

    /// Whether `connection` stands between BEGIN and its end.
    fn in_transaction(&self, connection: ConnectionId) -> bool;

    /// The lock that `connection` holds.
    fn lock(&self, connection: ConnectionId) -> Lock;
}

/// A file in this journal mode, with nobody connected.
#[must_use]
pub fn open(journal: Journal) -> Box<dyn Database> {
    match journal {
        Journal::Wal => Box::new(Sessions::new(Wal::default())),
        _ => Box::new(Sessions::new(RollbackJournal::default())),
    }
}
