//! Runs a scenario and prints what came of it, one JSON line a seed.
//!
//! ```text
//! cargo run --release --no-default-features --example simulate -- --seeds 20 "machine=linux-vm&tasks=100"
//! ```
//!
//! Bad input gives a message on standard error, nothing on standard output, and exit code 2.

use lockstep_core::link;
use lockstep_core::model;
use lockstep_core::report::report;
use lockstep_core::scenario::{MachineProfile, Scenario, ScenarioError};
use std::process::ExitCode;

const USAGE: &str = "usage: simulate [--machine-profile FILE] [--seeds N] \"tasks=1000&timeout=5\"";
const MOST_SEEDS: u32 = 100_000;

/// What the command line asks for.
struct Arguments {
    scenario: Scenario,
    seeds: u32,
}

fn main() -> ExitCode {
    let lines = arguments(std::env::args().skip(1)).and_then(|arguments| run(&arguments));
    match lines {
        Ok(lines) => {
            lines.iter().for_each(|line| println!("{line}"));
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// All lines first: a run that is refused must leave standard output empty.
fn run(arguments: &Arguments) -> Result<Vec<String>, String> {
    let first = arguments.scenario.seed;
    let seeds = (0..arguments.seeds).map(|number| first.wrapping_add(number));
    seeds
        .map(|seed| {
            let scenario = Scenario { seed, ..arguments.scenario.clone() };
            model::run(&scenario).map(|trace| report(&trace).to_string()).map_err(|error| error.to_string())
        })
        .collect()
}

fn arguments(mut words: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let (mut profile, mut seeds, mut text) = (None, 1, None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--machine-profile" => profile = Some(read_profile(&value_of(&word, words.next())?)?),
            "--seeds" => seeds = read_seeds(&value_of(&word, words.next())?)?,
            option if option.starts_with('-') => return Err(format!("{option}: there is no such option\n{USAGE}")),
            _ if text.is_some() => return Err(format!("only one scenario at a time\n{USAGE}")),
            _ => text = Some(word),
        }
    }
    let scenario = read_scenario(&text.unwrap_or_default(), profile)?;
    Ok(Arguments { scenario, seeds })
}

fn value_of(option: &str, value: Option<String>) -> Result<String, String> {
    value.ok_or_else(|| format!("{option} needs a value\n{USAGE}"))
}

fn read_scenario(text: &str, profile: Option<MachineProfile>) -> Result<Scenario, String> {
    let lines = |errors: Vec<ScenarioError>| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    link::read_strictly(text, profile).map_err(lines)
}

fn read_profile(path: &str) -> Result<MachineProfile, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("--machine-profile {path}: {error}"))?;
    MachineProfile::parse(&text).map_err(|error| format!("--machine-profile {path}: {error}"))
}

fn read_seeds(text: &str) -> Result<u32, String> {
    let seeds = text.parse().ok().filter(|seeds| (1..=MOST_SEEDS).contains(seeds));
    seeds.ok_or_else(|| format!("--seeds: '{text}' is not allowed; allowed: a whole number from 1 to {MOST_SEEDS}"))
}
