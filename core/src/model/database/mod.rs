//! The locks of the database file: which connection may have which lock, and which locks each
//! statement needs.
//!
//! | file | what it holds |
//! |---|---|
//! | [`rollback_journal`], [`wal`] | compatibility of locks, implementations of the trait [`Locks`] |
//! | [`sessions`] | connections, transactions and cursors: which locks a statement requests |
//! | [`script`] | statements of several connections as text, and the trait of engines that execute them |
//! | `answer`, `traits` | the answer of SQLite to a statement; the traits of locks and databases |
//! | [`busy_handler`] | how long a refused connection sleeps, and when it gives up |
//!
//! A run uses the file through the trait [`Database`], so that it can also use another engine.

mod answer;
pub mod busy_handler;
pub mod rollback_journal;
pub mod script;
pub mod sessions;
mod traits;
pub mod wal;

pub use answer::{Answer, ConnectionId, ResultCode};
pub use busy_handler::BusyHandler;
pub use rollback_journal::RollbackJournal;
pub use sessions::Sessions;
pub use traits::{Database, Locks};
pub use wal::Wal;

use crate::scenario::Journal;
use script::{Engine, Script};

/// A file in this journal mode without connections.
#[must_use]
pub fn open(journal: Journal) -> Box<dyn Database> {
    match journal {
        Journal::Wal => Box::new(Sessions::new(Wal::default())),
        _ => Box::new(Sessions::new(RollbackJournal::default())),
    }
}

impl Script {
    /// The model's engine for this script's journal mode.
    #[must_use]
    pub fn model(&self) -> Box<dyn Engine> {
        if self.wal { Box::new(Sessions::new(Wal::default())) } else { Box::new(Sessions::new(RollbackJournal::default())) }
    }
}
