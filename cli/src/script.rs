//! Plays the statements of several connections on the model's locks and prints what SQLite would
//! answer.

use crate::failure::Failure;
use crate::input::read_at_most;
use crate::output::print_all;
use clap::Args;
use lockstep_core::model::database::script::Script;
use std::io;

/// Bytes of a script: about a million statements.
const MAX_BYTES: usize = 16_000_000;

const AFTER_HELP: &str = "\
A statement is a line: the number of the connection and the statement, for example

  journal=wal
  1 BEGIN IMMEDIATE
  2 SELECT
  2 INSERT
  1 COMMIT

The journal mode goes before the first statement and may be left out. The statements are BEGIN,
BEGIN IMMEDIATE, BEGIN EXCLUSIVE, SELECT (read to its end), OPEN SELECT (left open after its first
row), END SELECT, INSERT, COMMIT, ROLLBACK and CLOSE (of the connection). Blank lines, comments
after -- and a semicolon at the end are allowed.";

/// Plays SQL statements of several connections, read from standard input
///
/// Prints a line per statement: SQLite's result code, "tx" or "-" (a transaction is open or not),
/// and the lock that the connection then holds.
#[derive(Args)]
#[command(verbatim_doc_comment, after_help = AFTER_HELP)]
pub(crate) struct Arguments {}

/// Reads the whole script, then plays it.
///
/// # Errors
/// If the script cannot be used, or standard output cannot be written.
pub(crate) fn run(_: &Arguments) -> Result<(), Failure> {
    let bytes = read_at_most(MAX_BYTES, "standard input", io::stdin().lock())?;
    let script = Script::parse(&String::from_utf8_lossy(&bytes)).map_err(Failure::bad_input)?;
    let mut model = script.model();
    print_all(script.lines.iter().map(|line| format!("{}\n", model.execute(line.connection, line.command))))
}
