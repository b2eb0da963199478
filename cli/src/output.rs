//! Writes to standard output. Unlike `println!` these functions do not panic where it is closed.

use crate::failure::Failure;
use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, Write};

/// Prints a line at once, so that its reader sees it while the next one is computed.
///
/// # Errors
/// If standard output is closed or cannot be written.
pub(crate) fn print_line(line: impl Display) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    writeln!(output, "{line}").and_then(|()| output.flush()).map_err(failure)
}

/// Prints many short texts, which have their own line breaks.
///
/// # Errors
/// If standard output is closed or cannot be written.
pub(crate) fn print_all(texts: impl IntoIterator<Item = String>) -> Result<(), Failure> {
    let mut output = BufWriter::new(io::stdout().lock());
    let written = texts.into_iter().try_for_each(|text| output.write_all(text.as_bytes()));
    written.and_then(|()| output.flush()).map_err(failure)
}

fn failure(error: io::Error) -> Failure {
    if error.kind() == ErrorKind::BrokenPipe { Failure::OutputClosed } else { Failure::Output(error) }
}
