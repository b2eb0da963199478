//! Plays the statements of several connections on the model's locks, or on SQLite itself, and prints
//! the answers.

use crate::engine::EngineArgument;
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
/// the lock that the connection then holds, and after a refusal "waits" (a busy timeout would make
/// SQLite wait) or "at-once" (SQLite does not wait, whatever the timeout).
#[derive(Args)]
#[command(verbatim_doc_comment, after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    engine: EngineArgument,
}

/// Reads the whole script, then plays it.
///
/// # Errors
/// If the script cannot be used, or standard output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let bytes = read_at_most(MAX_BYTES, "standard input", io::stdin().lock())?;
    let script = Script::parse(&String::from_utf8_lossy(&bytes)).map_err(Failure::bad_input)?;
    let mut engine = arguments.engine.open(&script)?;
    print_all(script.lines.iter().map(|line| format!("{}\n", engine.execute(line.connection, line.command))))
}
