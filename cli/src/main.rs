//! The model on the command line.
//!
//! | module | what it holds |
//! |---|---|
//! | [`simulate`] | runs a scenario and prints its result |
//! | [`script`] | plays SQL statements of several connections on the model's locks or on SQLite |
//! | [`engine`] | the argument `--engine`: the model or SQLite |
//! | [`export`] | writes a run as a trace, a table or a picture |
//! | [`polls`] | prints every poll of a run |
//! | [`sweep`] | runs a scenario with many values of one setting |
//! | [`field_help`] | the help text of the scenario's fields |
//! | [`input`] | reads scenarios, numbers, files and standard input |
//! | [`output`] | writes to standard output |
//! | [`failure`] | why a command ends early: message and exit code |

mod engine;
mod exit;
mod export;
mod failure;
mod field_help;
mod input;
mod output;
mod polls;
mod script;
mod simulate;
mod sweep;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;

/// Simulates 1000 asyncio coroutines that each insert a row through their own SQLite connection.
#[derive(Parser)]
#[command(version, args_override_self = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Simulate(simulate::Arguments),
    Script(script::Arguments),
    Export(export::Arguments),
    Polls(polls::Arguments),
    Sweep(sweep::Arguments),
}

fn main() -> ExitCode {
    exit::exit_code(run())
}

fn run() -> Result<(), Failure> {
    match CommandLine::try_parse()?.command {
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Script(arguments) => script::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Polls(arguments) => polls::run(&arguments),
        Command::Sweep(arguments) => sweep::run(&arguments),
    }
}
