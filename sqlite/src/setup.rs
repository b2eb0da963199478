//! The database file of the question's program, and its statements.

use crate::connection::{Code, Connection};
use crate::vfs::Vfs;
use lockstep_core::scenario::Begin;
use std::ffi::CStr;
use std::rc::Rc;

/// The name of the database file on the disk in memory.
pub(crate) const PATH: &CStr = c"/test.db";
/// Its table, as in the question.
const TABLE: &str = "CREATE TABLE person(id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL)";
pub(crate) const INSERT: &str = "INSERT INTO person(name) VALUES('sample')";
pub(crate) const SELECT: &str = "SELECT id FROM person LIMIT 3";

/// Creates the file with its table and this number of rows.
pub(crate) fn create(vfs: &Rc<Vfs>, wal: bool, rows: usize) -> Code {
    match Connection::open(Some(vfs), PATH) {
        Ok(connection) => fill(&connection, wal, rows),
        Err(code) => code,
    }
}

/// Creates the table and this number of rows in an empty file.
pub(crate) fn fill(connection: &Connection, wal: bool, rows: usize) -> Code {
    let mode = if wal { "PRAGMA journal_mode=wal" } else { "PRAGMA journal_mode=delete" };
    let statements = [mode, TABLE].into_iter().chain(std::iter::repeat_n(INSERT, rows));
    statements.map(|sql| connection.run(sql)).find(|code| !code.is_ok()).unwrap_or(Code::OK)
}

pub(crate) const fn begin_sql(kind: Begin) -> &'static str {
    match kind {
        Begin::Deferred => "BEGIN",
        Begin::Immediate => "BEGIN IMMEDIATE",
        Begin::Exclusive => "BEGIN EXCLUSIVE",
    }
}
