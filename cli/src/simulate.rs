//! Runs a scenario and prints its result, one JSON line per seed.

use crate::engine::EngineArgument;
use crate::failure::Failure;
use crate::input::{ScenarioArguments, count};
use crate::output::print_line;
use clap::Args;
use lockstep_core::report::report;
use lockstep_core::scenario::Scenario;

const MAX_SEEDS: u32 = 100_000;

/// Runs a scenario and prints its result, one JSON line per seed
///
/// Each line is printed as soon as its run ends. If the run of a later seed is too large, the lines
/// before it stay.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// Runs N seeds: the scenario's own and those that follow it
    #[arg(long, value_name = "N", default_value = "1", allow_hyphen_values = true)]
    seeds: String,

    #[command(flatten)]
    engine: EngineArgument,

    #[command(flatten)]
    scenario: ScenarioArguments,
}

/// Runs every seed.
///
/// # Errors
/// If an argument cannot be used, a run is too large, or standard output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let seeds = count("--seeds", &arguments.seeds, 1, MAX_SEEDS)?;
    let first = arguments.scenario.scenario()?;
    for number in 0..seeds {
        let scenario = Scenario { seed: first.seed.wrapping_add(number), ..first.clone() };
        print_line(report(&arguments.engine.run(&scenario)?))?;
    }
    Ok(())
}
