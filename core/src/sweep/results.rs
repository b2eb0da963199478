//! The results of a sweep so far: for each value, the median and a band that contains 90 % of the
//! runs.

use super::{Sample, Sweep};
use crate::scenario::Scenario;
use crate::text::counted;
use crate::time::SimTime;
use crate::variants::variants_with;
use strum::{EnumCount, VariantArray};

/// Percentage of runs below the band, and of runs above it.
const OUTSIDE_PERCENT: usize = 5;

/// The quantity of a run that a curve shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray)]
pub enum Measure {
    /// The number of inserted rows.
    Rows,
    /// The share of tasks whose row was inserted.
    Share,
    /// The time until the gather ended.
    Time,
}

/// The median and the band of the runs with one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The value of the swept setting.
    pub value: u64,
    /// The 5th percentile of the measure.
    pub low: u64,
    /// The median, which is always the result of a run.
    pub median: u64,
    /// The 95th percentile.
    pub high: u64,
    /// The seed of the median run.
    pub seed: u32,
    /// The median of the times at which the runs ended.
    pub elapsed: SimTime,
    /// Number of runs.
    pub runs: usize,
}

/// The samples of a sweep with their seeds, by value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    samples: Vec<Vec<(u32, Sample)>>,
    refused: Vec<Option<String>>,
}

impl Measure {
    /// Every measure with its name on the page.
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

    /// The measure of a run with `tasks` tasks, in rows, tenths of a percent, or microseconds.
    #[must_use]
    pub fn of(self, sample: Sample, tasks: u32) -> u64 {
        match self {
            Self::Rows => sample.rows.into(),
            Self::Share => u64::from(sample.rows) * 1000 / u64::from(tasks.max(1)),
            Self::Time => sample.elapsed.micros(),
        }
    }

    /// The value in a sentence: "165 rows", "84 %", "5.9 s".
    #[must_use]
    pub fn text(self, value: u64) -> String {
        match self {
            Self::Rows => counted(value, "row"),
            Self::Share | Self::Time => self.label(value),
        }
    }

    /// The value as a label: "165", "84 %", "5.9 s".
    #[must_use]
    pub fn label(self, value: u64) -> String {
        const TENTH: u64 = 100_000;
        match self {
            Self::Rows => value.to_string(),
            // Rounded down, so that 100 % means all tasks.
            Self::Share => format!("{} %", value / 10),
            Self::Time => format!("{} s", SimTime::from_micros((value + TENTH / 2) / TENTH * TENTH)),
        }
    }
}

impl Results {
    /// Empty results of a sweep with this many values.
    #[must_use]
    pub fn new(values: usize) -> Self {
        Self { samples: vec![Vec::new(); values], refused: vec![None; values] }
    }

    /// Adds the result of a run with the value at `index`, or the reason why it was refused.
    pub fn add(&mut self, index: usize, seed: u32, answer: Result<Sample, String>) {
        match answer {
            Ok(sample) => self.samples[index].push((seed, sample)),
            Err(refusal) => self.refused[index] = Some(refusal),
        }
    }

    /// Number of finished runs.
    #[must_use]
    pub fn done(&self) -> usize {
        self.samples.iter().map(Vec::len).sum()
    }

    /// The values whose runs were refused, with the reasons.
    pub fn refused<'a>(&'a self, sweep: &'a Sweep) -> impl Iterator<Item = (u64, &'a str)> {
        sweep.values.iter().zip(&self.refused).filter_map(|(value, refusal)| Some((*value, refusal.as_deref()?)))
    }

    /// Whether a run with the value at `index` was refused. Other seeds would be refused too.
    #[must_use]
    pub fn is_refused(&self, index: usize) -> bool {
        self.refused[index].is_some()
    }

    /// A point for each value with at least one run.
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
    let (median, seed) = *percentile(&by_measure, 50);
    Point {
        value,
        low: percentile(&by_measure, OUTSIDE_PERCENT).0,
        median,
        high: percentile(&by_measure, 100 - OUTSIDE_PERCENT).0,
        seed,
        elapsed: *percentile(&elapsed, 50),
        runs: samples.len(),
    }
}

/// The percentile of `sorted`, by the nearest-rank method: always one of the elements.
fn percentile<T>(sorted: &[T], percent: usize) -> &T {
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
    fn the_band_of_twenty_runs_excludes_the_highest_and_the_median_is_a_run() {
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
    fn refused_runs_are_listed_with_their_value_and_others_stay() {
        let sweep = sweep(1);
        let mut results = Results::new(2);
        results.add(0, 1, sample(100));
        results.add(1, 1, Err("too large".to_owned()));
        assert_eq!(results.refused(&sweep).collect::<Vec<_>>(), [(200, "too large")]);
        assert!(results.is_refused(1) && !results.is_refused(0));
        assert_eq!(results.points(&sweep, Measure::Rows).len(), 1);
    }

    #[test]
    fn a_sample_reads_back_as_it_was_written_and_other_text_is_rejected() {
        let one = Sample { rows: 165, elapsed: SimTime::from_micros(5_766_788) };
        assert_eq!(Sample::read(&one.write()), Some(one));
        for text in ["", "165", "165 ", "many 5", "1 2 3", "-1 5"] {
            assert_eq!(Sample::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_hundred_percent_means_all_tasks() {
        let share = |rows| Measure::Share.text(Measure::Share.of(Sample { rows, elapsed: SimTime::ZERO }, 1000));
        assert_eq!((share(1000), share(999), share(0)), ("100 %".into(), "99 %".into(), "0 %".into()));
    }
}
