//! The database file as the connections see it: a connection asks for a step, the answer is granted or busy.
//!
//! Behind a trait, because the same run can be played against another engine that answers the same questions.

pub mod busy_handler;
pub mod rollback_journal;
pub mod wal;

pub use busy_handler::BusyHandler;
pub use rollback_journal::RollbackJournal;
pub use wal::Wal;

use crate::scenario::Journal;
use crate::trace::{Lock, Statement};

/// A connection to the database file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u32);

/// What SQLite says to a step that needs a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It has the lock.
    Granted,
    /// Another connection holds a lock that stands against it (`SQLITE_BUSY`). The connection holds no more than before, but a
    /// COMMIT keeps PENDING (fact 1.11).
    Busy,
}

/// The locks on one database file, asked for by connections of one process.
pub trait Database {
    /// `connection` asks once for what `statement` needs. Nothing is waited for.
    fn ask(&mut self, connection: ConnectionId, statement: Statement) -> Answer;

    /// The I/O of `connection`'s granted COMMIT is done: the row is in the file, the locks are dropped.
    fn finish_commit(&mut self, connection: ConnectionId);

    /// `connection` is closed; an open transaction is rolled back.
    fn close(&mut self, connection: ConnectionId);

    /// The lock that `connection` holds.
    fn lock(&self, connection: ConnectionId) -> Lock;
}

/// The locking rules of a journal mode, with nobody connected.
#[must_use]
pub fn open(journal: Journal) -> Box<dyn Database> {
    match journal {
        Journal::Wal => Box::new(Wal::default()),
        _ => Box::new(RollbackJournal::default()),
    }
}
