//! Plays a script of statements of several connections on the model's locks, and prints what SQLite would answer.
//!
//! ```text
//! printf '1 BEGIN IMMEDIATE\n2 SELECT\n2 INSERT\n1 COMMIT\n' | cargo run --no-default-features --example lock_script
//! ```
//!
//! A line each: the result code, `tx` or `-` (transaction open or not), the lock that the connection now holds. A script that
//! cannot be read gives a message with the line's number on standard error, nothing on standard output, and exit code 2.

use lockstep_core::model::database::script::Script;
use std::io::Read;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut text = Vec::new();
    if let Err(error) = std::io::stdin().read_to_end(&mut text) {
        eprintln!("standard input: {error}");
        return ExitCode::from(2);
    }
    match Script::parse(&String::from_utf8_lossy(&text)) {
        Ok(script) => {
            let mut model = script.model();
            script.lines.iter().for_each(|line| println!("{}", model.execute(line.connection, line.command)));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
