//! The database file as its connections see it: who may have which lock, and what each statement asks for.
//!
//! | file | what it holds |
//! |---|---|
//! | [`rollback_journal`], [`wal`] | which locks may stand beside each other, behind the trait [`Locks`] |
//! | [`sessions`] | connections, transactions, cursors: what a statement asks the locks for |
//! | [`script`] | statements of several connections as text, and the trait that engines of such scripts share |
//! | `answer`, `traits` | what SQLite says to a statement; what locks and databases can do |
//! | [`busy_handler`] | how long a refused connection sleeps, and when it gives up |
//!
//! A run speaks to the file through the trait [`Database`], so that the same run can be played on another engine.

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

/// A file in this journal mode, with nobody connected.
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
