//! The real SQLite on files in memory: natively, and in a browser.
//!
//! | file | what it has |
//! |---|---|
//! | `locks` | the locks on a file, as plain data with the rules of SQLite's `os_unix.c` |
//! | `disk`, `shared_memory` | files, the processes that have them open, and their shared memory |
//! | `vfs` | SQLite's interface to the disk |
//! | `ffi`, `host`, `codes` | SQLite's C interface, what it needs from wasm, the names of its codes |
//! | `connection` | the safe side of the C interface |
//! | [`SqliteDatabase`] | SQLite decides the attempts of a whole run |
//! | [`SqliteEngine`] | SQLite executes a script of the command line |
//! | [`Session`] | SQLite executes a script of the terminals, in simulated time |
//!
//! Only this package uses unsafe code.

mod codes;
mod connection;
mod database;
mod disk;
mod ffi;
#[cfg(target_arch = "wasm32")]
mod host;
mod locks;
mod script;
mod setup;
mod shared_memory;
mod terminals;
mod vfs;

pub use database::SqliteDatabase;
pub use script::SqliteEngine;
pub use terminals::Session;

/// The version of SQLite, from SQLite itself.
#[must_use]
pub fn version() -> &'static str {
    // SAFETY: SQLite returns a static C string.
    let version = unsafe { std::ffi::CStr::from_ptr(ffi::sqlite3_libversion()) };
    version.to_str().unwrap_or("unknown")
}
