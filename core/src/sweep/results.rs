//! What came of a sweep's runs so far: of each value the median run and the band that holds nine of ten runs.

use super::{Sample, Sweep};
use crate::scenario::Scenario;
use crate::text::counted;
use crate::time::SimTime;
use crate::variants::variants_with;
use strum::{EnumCount, VariantArray};

/// The band leaves out so many runs of a hundred below, and as many above.
const OUTSIDE_PERCENT: usize = 5;

/// What a curve shows of each run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray)]
pub enum Measure {
    /// Rows that get in.
    Rows,
    /// The share of tasks that get in.
    Share,
    /// The time to finish.
    Time,
}

/// The middle and the band of one value's runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The value of the swept setting.
    pub value: u64,
    /// The 5th percentile of the measure.
    pub low: u64,
    /// The median: that of a run, never between two.
    pub median: u64,
    /// The 95th percentile.
    pub high: u64,
    /// The seed of the median run.
    pub seed: u32,
    /// When half of the runs had ended.
    pub elapsed: SimTime,
    /// How many runs it stands for.
    pub runs: usize,
}

/// The samples of a sweep, value by value, with their seeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    samples: Vec<Vec<(u32, Sample)>>,
    refused: Vec<Option<String>>,
}

impl Measure {
    /// All of them, with their names on the page.
    pub const ALL: [(Self, &'static str); Self::COUNT] = variants_with!(Self: name);

    /// The name on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rows => "Rows that get in",
            Self::Share => "Share of tasks that get in",
            Self::Time => "Time to finish",
        }
    }

    /// Of a run of so many tasks: rows, tenths of a percent, or microseconds.
    #[must_use]
    pub fn of(self, sample: Sample, tasks: u32) -> u64 {
        match self {
            Self::Rows => sample.rows.into(),
            Self::Share => u64::from(sample.rows) * 1000 / u64::from(tasks.max(1)),
            Self::Time => sample.elapsed.micros(),
        }
    }

    /// A value of it in words: "165 rows", "84 %", "5.9 s".
    #[must_use]
    pub fn text(self, value: u64) -> String {
        match self {
            Self::Rows => counted(value, "row"),
            Self::Share | Self::Time => self.label(value),
        }
    }

    /// A value of it as an axis has it: "165", "84 %", "5.9 s".
    #[must_use]
    pub fn label(self, value: u64) -> String {
        const TENTH: u64 = 100_000;
        match self {
            Self::Rows => value.to_string(),
            // Rounded down, so that only all tasks are 100 %.
            Self::Share => format!("{} %", value / 10),
            Self::Time => format!("{} s", SimTime::from_micros((value + TENTH / 2) / TENTH * TENTH)),
        }
    }
}

impl Results {
    /// Nothing yet of a sweep of so many values.
    #[must_use]
    pub fn new(values: usize) -> Self {
        Self { samples: vec![Vec::new(); values], refused: vec![None; values] }
    }

    /// A run of the value at `place` is done, or was refused with a message.
    pub fn add(&mut self, place: usize, seed: u32, answer: Result<Sample, String>) {
        match answer {
            Ok(sample) => self.samples[place].push((seed, sample)),
            Err(refusal) => self.refused[place] = Some(refusal),
        }
    }

    /// How many runs are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.samples.iter().map(Vec::len).sum()
    }

    /// The values whose runs are refused, and why.
    pub fn refused<'a>(&'a self, sweep: &'a Sweep) -> impl Iterator<Item = (u64, &'a str)> {
        sweep.values.iter().zip(&self.refused).filter_map(|(value, refusal)| Some((*value, refusal.as_deref()?)))
    }

    /// Whether runs of the value at `place` are refused: the next seed would not be better.
    #[must_use]
    pub fn is_refused(&self, place: usize) -> bool {
        self.refused[place].is_some()
    }

    /// A point for each value that has a run.
    #[must_use]
    pub fn points(&self, sweep: &Sweep, measure: Measure) -> Vec<Point> {
        let known = sweep.values.iter().zip(&self.samples).filter(|(_, samples)| !samples.is_empty());
        known.map(|(value, samples)| point(*value, samples, &sweep.scenario(*value, 0), measure)).collect()
    }
}

fn point(value: u64, samples: &[(u32, Sample)], scenario: &Scenario, measure: Measure) -> Point {
    let mut by_measure: Vec<(u64, u32)> =
        samples.iter().map(|(seed, sample)| (measure.of(*sample, scenario.tasks), *seed)).collect();
    by_measure.sort_unstable();
    let mut elapsed: Vec<SimTime> = samples.iter().map(|(_, sample)| sample.elapsed).collect();
    elapsed.sort_unstable();
    let (median, seed) = *at_percent(&by_measure, 50);
    Point {
        value,
        low: at_percent(&by_measure, OUTSIDE_PERCENT).0,
        median,
        high: at_percent(&by_measure, 100 - OUTSIDE_PERCENT).0,
        seed,
        elapsed: *at_percent(&elapsed, 50),
        runs: samples.len(),
    }
}

/// The least of `sorted` that so many percent of them do not exceed: always one of them.
fn at_percent<T>(sorted: &[T], percent: usize) -> &T {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    &sorted[rank - 1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Field;
    use crate::sweep::Axis;

    fn sweep(seeds: u32) -> Sweep {
        let axis = Axis::of(Field::Tasks).expect("tasks can be swept");
        Sweep { base: Scenario::default(), axis, values: vec![100, 200], seeds }
    }

    fn sample(rows: u32) -> Result<Sample, String> {
        Ok(Sample { rows, elapsed: SimTime::from_micros(u64::from(rows)) })
    }

    #[test]
    fn of_twenty_runs_the_band_leaves_out_the_best_and_the_median_is_a_run() {
        let sweep = sweep(20);
        let mut results = Results::new(2);
        for seed in 1..=20 {
            results.add(0, seed, sample(100 - 2 * seed));
        }
        let points = results.points(&sweep, Measure::Rows);
        assert_eq!(points.len(), 1, "a value with no run has no point");
        assert_eq!((points[0].low, points[0].median, points[0].high), (60, 78, 96));
        assert_eq!((points[0].seed, points[0].runs), (11, 20));
    }

    #[test]
    fn one_run_is_its_own_median_and_band() {
        let mut results = Results::new(2);
        results.add(1, 7, sample(150));
        let [point] = results.points(&sweep(1), Measure::Share)[..] else { panic!("one point") };
        assert_eq!((point.value, point.low, point.median, point.high, point.seed), (200, 750, 750, 750, 7));
    }

    #[test]
    fn refused_runs_are_told_with_their_value_and_leave_the_others() {
        let sweep = sweep(1);
        let mut results = Results::new(2);
        results.add(0, 1, sample(100));
        results.add(1, 1, Err("too large".to_owned()));
        assert_eq!(results.refused(&sweep).collect::<Vec<_>>(), [(200, "too large")]);
        assert!(results.is_refused(1) && !results.is_refused(0));
        assert_eq!(results.points(&sweep, Measure::Rows).len(), 1);
    }

    #[test]
    fn a_sample_is_read_as_it_was_written_and_other_text_is_none() {
        let one = Sample { rows: 165, elapsed: SimTime::from_micros(5_766_788) };
        assert_eq!(Sample::read(&one.write()), Some(one));
        for text in ["", "165", "165 ", "many 5", "1 2 3", "-1 5"] {
            assert_eq!(Sample::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn only_all_tasks_are_a_hundred_percent() {
        let share = |rows| Measure::Share.text(Measure::Share.of(Sample { rows, elapsed: SimTime::ZERO }, 1000));
        assert_eq!((share(1000), share(999), share(0)), ("100 %".into(), "99 %".into(), "0 %".into()));
    }
}
