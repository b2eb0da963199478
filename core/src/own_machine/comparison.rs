//! Compares real runs of a program with a modelled run: the same numbers of both, and the curves of
//! the real runs for the chart.

use super::MeasuredRun;
use crate::time::SimTime;
use crate::trace::Outcome;
use std::fmt::Write;

/// Number of times at which the rows are compared.
const MOMENTS: u64 = 4;

/// Minimum and maximum over all real runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range<T> {
    /// The minimum.
    pub min: T,
    /// The maximum.
    pub max: T,
}

/// The rows at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The time.
    pub at: SimTime,
    /// Rows that were committed in the real runs.
    pub measured: Range<usize>,
    /// Rows that were committed in the model.
    pub modelled: usize,
}

/// Real runs compared with a modelled run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Number of real runs.
    pub runs: usize,
    /// The rows at equally spaced times. The last one is the end of the longest run.
    pub moments: Vec<Moment>,
    /// The time of the first error in those real runs that had one.
    pub first_error: Option<Range<SimTime>>,
    /// The time of the first error in the model.
    pub modelled_first_error: Option<SimTime>,
}

impl Comparison {
    /// Compares one or more real runs with the modelled run of the same program.
    #[must_use]
    pub fn of(measured: &[MeasuredRun], modelled: &Outcome) -> Self {
        let end = measured.iter().map(|run| run.elapsed).max().unwrap_or_default().max(modelled.elapsed);
        Self {
            runs: measured.len(),
            moments: (1..=MOMENTS)
                .map(|part| moment(SimTime::from_micros(end.micros() * part / MOMENTS), measured, modelled))
                .collect(),
            first_error: range(measured.iter().filter_map(|run| run.first_error_at)),
            modelled_first_error: modelled.first_error.map(|error| error.at),
        }
    }

    /// The rows at the end.
    #[must_use]
    pub fn last(&self) -> Option<&Moment> {
        self.moments.last()
    }
}

fn moment(at: SimTime, measured: &[MeasuredRun], modelled: &Outcome) -> Moment {
    let rows = |committed_at: &[SimTime]| committed_at.partition_point(|row| *row <= at);
    let measured = range(measured.iter().map(|run| rows(&run.committed_at)));
    Moment { at, measured: measured.unwrap_or(Range { min: 0, max: 0 }), modelled: rows(&modelled.committed_at) }
}

fn range<T: Ord + Copy>(mut values: impl Iterator<Item = T>) -> Option<Range<T>> {
    let first = values.next()?;
    let (min, max) = values.fold((first, first), |(min, max), value| (min.min(value), max.max(value)));
    Some(Range { min, max })
}

/// The rows of a real run over time as the `d` attribute of an SVG path. x is in seconds, and y is
/// the negative number of rows. The path steps up at each row and ends with the run.
#[must_use]
pub fn curve(run: &MeasuredRun) -> String {
    let mut path = "M0 0".to_owned();
    for (at, rows) in run.committed_at.iter().zip(1..) {
        // Writing to a string cannot fail.
        let _ = write!(path, "H{at}V-{rows}");
    }
    let _ = write!(path, "H{}", run.elapsed);
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::trace::testing::three_tasks;

    fn at(seconds: f64) -> SimTime {
        SimTime::from_seconds(seconds)
    }

    fn real(rows: &[f64], error: Option<f64>, end: f64) -> MeasuredRun {
        MeasuredRun {
            scenario: Scenario::default(),
            committed_at: rows.iter().copied().map(at).collect(),
            first_error_at: error.map(at),
            elapsed: at(end),
        }
    }

    #[test]
    fn real_and_modelled_rows_are_compared_at_the_same_times() {
        let modelled =
            Outcome { committed_at: vec![at(0.5), at(3.0)], elapsed: at(3.5), first_error: None, ..Outcome::of(&three_tasks()) };
        let measured = [real(&[1.0, 2.0, 2.5], Some(3.5), 4.0), real(&[0.5], Some(2.0), 2.5), real(&[], None, 1.0)];
        let compared = Comparison::of(&measured, &modelled);
        let rows: Vec<_> =
            compared.moments.iter().map(|one| (one.at.seconds(), one.measured.min, one.measured.max, one.modelled)).collect();
        assert_eq!(rows, [(1.0, 0, 1, 1), (2.0, 0, 2, 1), (3.0, 0, 3, 2), (4.0, 0, 3, 2)]);
        assert_eq!(compared.first_error, Some(Range { min: at(2.0), max: at(3.5) }));
        assert_eq!(compared.modelled_first_error, None);
    }

    #[test]
    fn a_curve_steps_up_at_each_row_and_ends_with_the_run() {
        assert_eq!(curve(&real(&[0.25, 1.5], None, 2.0)), "M0 0H0.25V-1H1.5V-2H2");
        assert_eq!(curve(&real(&[], None, 0.0)), "M0 0H0");
    }
}
