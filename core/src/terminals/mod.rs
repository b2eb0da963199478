//! The terminals: several connections to one database file, and SQL that the user writes.
//!
//! The page sends a [`script`] to the engine, the real SQLite, and shows the [`View`] that comes
//! back. This module has both as data; the engine is the package `lockstep-sqlite`.

mod cases;
pub mod script;
mod view;
mod words;

pub use cases::{CASES, Case};
pub use script::{Action, Line, MAX_CHARACTERS, MAX_WAIT_MS, Script, Terminal};
pub use view::{
    Answer, Connection, File, Journal, MAX_ROWS, MAX_VALUE_CHARACTERS, MAX_VM_STEPS, Refusal, Request, Snapshot, Step, Table,
    View, Wait, Waiting, WalLog, WalSlot, Wanted,
};
