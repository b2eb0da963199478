//! Measured runs of the real program, as points of a sweep.
//!
//! The text is `data/` in short: a line for the machine, then a line for each setting with rows and microseconds of each run. The test
//! suite `sweep` writes it.

use super::{Sample, Sweep, job};
use crate::scenario::Scenario;

const TEXT: &str = include_str!("../../../data/measured_rows.txt");
/// Stands before a machine's part of a query string.
const MACHINE: &str = "# ";

/// The runs measured in one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// What was run, on which machine.
    pub scenario: Scenario,
    /// What came of each run.
    pub samples: Vec<Sample>,
}

/// All settings in which the program was measured.
#[must_use]
pub fn settings() -> Vec<Setting> {
    let mut machine = "";
    let mut settings = Vec::new();
    for line in TEXT.lines() {
        match (line.strip_prefix(MACHINE), line.split_once(": ")) {
            (Some(name), _) => machine = name,
            (None, Some((setting, runs))) => settings.push(Setting {
                scenario: job::read(&[machine, "&", setting].concat()),
                samples: runs.split(", ").filter_map(Sample::read).collect(),
            }),
            (None, None) => {}
        }
    }
    settings
}

/// A setting's line of the text, under its machine's.
#[must_use]
pub fn line(setting: &str, samples: &[Sample]) -> String {
    let runs: Vec<String> = samples.iter().map(|sample| sample.write()).collect();
    format!("{setting}: {}\n", runs.join(", "))
}

/// The line of a machine, as a link has it.
#[must_use]
pub fn machine_line(machine: &str) -> String {
    format!("{MACHINE}{machine}\n")
}

/// The measured runs that differ from the sweep's base in nothing but the swept setting, within its range.
#[must_use]
pub fn of(sweep: &Sweep) -> Vec<(u64, Vec<Sample>)> {
    let range = sweep.values.first().copied().unwrap_or(0)..=sweep.values.last().copied().unwrap_or(0);
    let is_swept = |value: u64, setting: &Setting| {
        range.contains(&value) && sweep.scenario(value, 0) == Scenario { seed: 0, ..setting.scenario.clone() }
    };
    let mut points: Vec<(u64, Vec<Sample>)> = settings()
        .into_iter()
        .map(|setting| (sweep.axis.value_of(&setting.scenario), setting))
        .filter(|(value, setting)| is_swept(*value, setting))
        .map(|(value, setting)| (value, setting.samples))
        .collect();
    points.sort_by_key(|(value, _)| *value);
    points
}
