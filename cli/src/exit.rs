//! The message and the exit code with which a command ends.
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | success, help, or the reader of standard output closed it |
//! | 1 | standard output cannot be written |
//! | 2 | the arguments or the input cannot be used |

use crate::failure::Failure;
use crate::output;
use std::io::{self, Write};
use std::process::ExitCode;

/// Maximum number of characters of a line of clap's messages, which repeat arguments of any length.
const MAX_LINE_LENGTH: usize = 200;
const OUTPUT_FAILED: u8 = 1;
const BAD_INPUT: u8 = 2;

/// Prints the message of a failure and returns the exit code.
pub(crate) fn exit_code(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) | Err(Failure::OutputClosed) => ExitCode::SUCCESS,
        Err(Failure::Arguments(error)) if error.use_stderr() => {
            print_error(&shortened(&error.to_string()));
            ExitCode::from(BAD_INPUT)
        }
        // Help and version belong on standard output.
        Err(Failure::Arguments(error)) => exit_code(output::print_all([error.to_string()])),
        Err(Failure::BadInput(message)) => {
            print_error(&message);
            ExitCode::from(BAD_INPUT)
        }
        Err(Failure::Output(error)) => {
            print_error(&format!("standard output: {error}"));
            ExitCode::from(OUTPUT_FAILED)
        }
    }
}

/// Unlike `eprintln!` it does not panic where standard error is closed.
fn print_error(message: &str) {
    let shown: String = message.trim_end().chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect();
    let _ = writeln!(io::stderr(), "{shown}");
}

fn shortened(message: &str) -> String {
    let short = |line: &str| match line.char_indices().nth(MAX_LINE_LENGTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    };
    message.lines().map(short).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_are_too_long_are_cut_and_between_characters() {
        assert_eq!(shortened("one\ntwo"), "one\ntwo");
        assert_eq!(shortened(&"ä".repeat(MAX_LINE_LENGTH)), "ä".repeat(MAX_LINE_LENGTH));
        assert_eq!(shortened(&format!("{}\nend", "ä".repeat(5000))), format!("{}…\nend", "ä".repeat(MAX_LINE_LENGTH)));
    }
}
