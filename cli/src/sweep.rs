//! Runs a scenario with many values of one setting and prints medians and bands, one JSON line per
//! value.

use crate::failure::Failure;
use crate::input::{ScenarioArguments, count};
use crate::output::print_line;
use clap::Args;
use clap::builder::PossibleValuesParser;
use lockstep_core::model;
use lockstep_core::report::scenario_fields;
use lockstep_core::scenario::Field;
use lockstep_core::sweep::axis::AXES;
use lockstep_core::sweep::results::Point;
use lockstep_core::sweep::{Axis, MAX_SEEDS, MAX_VALUES, Measure, Results, Sample, Sweep};
use lockstep_core::time::SimTime;
use serde_json::{Value, json};

/// Runs a scenario with many values of one setting, and prints one JSON line per value
///
/// The values are at round numbers between --from and --to. A line is printed as soon as the runs
/// of its value end. If a run is too large, the sweep ends there, and the lines before it stay.
///
/// A line has every field of the scenario as used (seed is the first seed), and
///
///   axis              the swept setting
///   value             its value: a count, or seconds
///   runs              how many seeds were run
///   inserted_low      rows that got in: the 5th percentile of the runs,
///   inserted_median   the median,
///   inserted_high     and the 95th percentile
///   elapsed_low       when the gather ended, in seconds: likewise
///   elapsed_median
///   elapsed_high
///   median_seed       the seed of the run that has the median of the rows
///
/// Percentiles are values of runs, never between two.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// The setting to sweep; its value in the scenario is not used
    #[arg(long, value_parser = PossibleValuesParser::new(AXES.iter().map(|axis| axis.field.word())))]
    axis: String,

    /// The first value [default: the least usual value of the setting]
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    from: Option<String>,

    /// The last value [default: the largest usual value of the setting]
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    to: Option<String>,

    /// How many values at most; there may be somewhat fewer
    #[arg(long, value_name = "N", default_value = "10", allow_hyphen_values = true)]
    values: String,

    /// Runs of each value: the scenario's seed and those that follow it
    #[arg(long, value_name = "N", default_value = "10", allow_hyphen_values = true)]
    seeds: String,

    #[command(flatten)]
    scenario: ScenarioArguments,
}

impl Arguments {
    fn sweep(&self) -> Result<Sweep, Failure> {
        let axis = Field::from_word(&self.axis).and_then(Axis::of);
        let axis = axis.ok_or_else(|| Failure::BadInput(format!("--axis: {} cannot be swept", self.axis)))?;
        let end = |option: &str, given: Option<&str>, usual: &str| {
            axis.parse(given.unwrap_or(usual)).map_err(|error| Failure::BadInput(format!("{option}: {error}")))
        };
        let from = end("--from", self.from.as_deref(), axis.default_range.0)?;
        let to = end("--to", self.to.as_deref(), axis.default_range.1)?;
        if from >= to {
            let (from, to) = (axis.text(from), axis.text(to));
            return Err(Failure::BadInput(format!("--from: {from} is not allowed; allowed: less than --to, which is {to}")));
        }
        let values = count("--values", &self.values, 2, MAX_VALUES)?;
        let seeds = count("--seeds", &self.seeds, 1, MAX_SEEDS)?;
        Ok(Sweep { base: self.scenario.scenario()?, axis, values: axis.values(from, to, values), seeds })
    }
}

/// Runs every value with every seed.
///
/// # Errors
/// If an argument cannot be used, a run is too large, or standard output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let sweep = arguments.sweep()?;
    for value in &sweep.values {
        let of_value = Sweep { values: vec![*value], ..sweep.clone() };
        let results = results(&of_value, *value)?;
        let points = |measure| results.points(&of_value, measure).into_iter();
        for (rows, time) in points(Measure::Rows).zip(points(Measure::Time)) {
            print_line(line(&of_value, &rows, &time))?;
        }
    }
    Ok(())
}

/// The results of the one value of a sweep.
fn results(sweep: &Sweep, value: u64) -> Result<Results, Failure> {
    let mut results = Results::new(1);
    for number in 0..sweep.seeds {
        let seed = sweep.base.seed.wrapping_add(number);
        let trace = model::run(&sweep.scenario(value, seed));
        let trace = trace.map_err(|error| Failure::BadInput(format!("with {}: {error}", sweep.axis.phrase(value))))?;
        results.add(0, seed, Ok(Sample::of(&trace)));
    }
    Ok(results)
}

fn line(sweep: &Sweep, rows: &Point, time: &Point) -> Value {
    let (axis, value) = (sweep.axis, rows.value);
    let seconds = |micros| json!(SimTime::from_micros(micros));
    let mut line = scenario_fields(&sweep.scenario(value, sweep.base.seed));
    let results = [
        ("axis", json!(axis.field.word())),
        ("value", if axis.unit().is_empty() { json!(value) } else { seconds(value) }),
        ("runs", json!(rows.runs)),
        ("inserted_low", json!(rows.low)),
        ("inserted_median", json!(rows.median)),
        ("inserted_high", json!(rows.high)),
        ("elapsed_low", seconds(time.low)),
        ("elapsed_median", seconds(time.median)),
        ("elapsed_high", seconds(time.high)),
        ("median_seed", json!(rows.seed)),
    ];
    line.extend(results.map(|(name, value)| (name.to_owned(), value)));
    Value::Object(line)
}
