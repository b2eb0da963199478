//! Measured runs of the real program, for comparison with a sweep.
//!
//! The text summarizes the runs in `data/`: a line for each machine, then a line for each setting
//! with the rows and the microseconds of each run. The test suite `sweep` writes it.

use super::{Sample, Sweep};
use crate::scenario::Scenario;
use crate::scenario::query;

const TEXT: &str = include_str!("../../../data/measured_rows.txt");
/// Prefix of the line of a machine.
const MACHINE: &str = "# ";

/// The measured runs with one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The program and the machine.
    pub scenario: Scenario,
    /// The result of each run.
    pub samples: Vec<Sample>,
}

/// Every setting with measured runs.
#[must_use]
pub fn settings() -> Vec<Setting> {
    let mut machine = "";
    let mut settings = Vec::new();
    for line in TEXT.lines() {
        match (line.strip_prefix(MACHINE), line.split_once(": ")) {
            (Some(name), _) => machine = name,
            (None, Some((setting, runs))) => settings.push(Setting {
                scenario: query::read_with_machine(&[machine, "&", setting].concat()),
                samples: runs.split(", ").filter_map(Sample::read).collect(),
            }),
            (None, None) => {}
        }
    }
    settings
}

/// Formats the line of a setting.
#[must_use]
pub fn line(setting: &str, samples: &[Sample]) -> String {
    let runs: Vec<String> = samples.iter().map(|sample| sample.write()).collect();
    format!("{setting}: {}\n", runs.join(", "))
}

/// Formats the line of a machine, given as a query string.
#[must_use]
pub fn machine_line(machine: &str) -> String {
    format!("{MACHINE}{machine}\n")
}

/// The measured runs that match the sweep: they differ from its base only in the swept setting, and
/// lie within its range.
#[must_use]
pub fn of(sweep: &Sweep) -> Vec<(u64, Vec<Sample>)> {
    let range = sweep.values.first().copied().unwrap_or(0)..=sweep.values.last().copied().unwrap_or(0);
    let matches = |value: u64, setting: &Setting| {
        range.contains(&value) && sweep.scenario(value, 0) == Scenario { seed: 0, ..setting.scenario.clone() }
    };
    let mut points: Vec<(u64, Vec<Sample>)> = settings()
        .into_iter()
        .map(|setting| (sweep.axis.value_of(&setting.scenario), setting))
        .filter(|(value, setting)| matches(*value, setting))
        .map(|(value, setting)| (value, setting.samples))
        .collect();
    points.sort_by_key(|(value, _)| *value);
    points
}
