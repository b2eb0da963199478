//! Two runs' rows over time on the same axes, as geometry for SVG.

use super::axis::{Tick, count_ticks, time_ticks};
use super::number::float;
use super::viewport::{Size, TimeAxis};
use crate::decimal::fixed;
use crate::time::SimTime;
use crate::trace::Outcome;
use std::fmt::Write;

/// Room above, so that the topmost label is whole.
const ABOVE: f64 = 10.0;
/// Labels on the axis of rows.
const MOST_COUNTS: usize = 5;
/// Labels nearer to each other than this run into each other.
const CLOSE: f64 = 14.0;

/// The two curves and their common axes.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareChart {
    /// Time, as long as the longer run.
    pub axis: TimeAxis,
    /// The pixel of no rows.
    pub bottom: f64,
    /// The `d` of an SVG path: the first run's rows.
    pub first: String,
    /// Likewise the second's.
    pub second: String,
    /// Moments to label, with their pixels.
    pub times: Vec<(f64, Tick<SimTime>)>,
    /// Counts to label, with their pixels: the topmost is the larger of the two.
    pub counts: Vec<(f64, Tick<u64>)>,
    /// Where the first curve's name stands, and the second's: behind its end, clear of the other.
    pub names: [(f64, f64); 2],
}

impl CompareChart {
    /// The chart of two runs, as large as `size`.
    #[must_use]
    pub fn new(first: &Outcome, second: &Outcome, size: Size) -> Self {
        let to = first.elapsed.max(second.elapsed);
        let most = first.committed_at.len().max(second.committed_at.len()).max(1);
        let axis = TimeAxis::new(SimTime::ZERO, to, size);
        let bottom = (size.height - size.room_below()).max(ABOVE);
        let y = |count: usize| bottom - float(count) / float(most) * (bottom - ABOVE);
        let curve = |run: &Outcome| curve(&axis, &run.committed_at, run.elapsed, y);
        let count = |tick: Tick<u64>| (y(usize::try_from(tick.value).unwrap_or(0)), tick);
        let names = names([first, second].map(|run| (axis.x(run.elapsed), y(run.committed_at.len()))));
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        let mut counts: Vec<_> = count_ticks(most, MOST_COUNTS).into_iter().map(count).collect();
        counts.retain(|(y, tick)| tick.value == most || y - ABOVE > CLOSE);
        if counts.last().is_none_or(|(_, tick)| tick.value < most) {
            counts.push((ABOVE, Tick { value: most, label: most.to_string() }));
        }
        Self {
            first: curve(first),
            second: curve(second),
            times: time_ticks(SimTime::ZERO, to, axis.room_for_ticks())
                .into_iter()
                .map(|tick| (axis.x(tick.value), tick))
                .collect(),
            counts,
            names,
            axis,
            bottom,
        }
    }
}

/// Right of the ends, the higher one above the other where they are close.
fn names([first, second]: [(f64, f64); 2]) -> [(f64, f64); 2] {
    let beside = |(x, y): (f64, f64)| (x + 5.0, y);
    let [mut first, mut second] = [first, second].map(beside);
    let apart = (first.0 - second.0).abs().max((first.1 - second.1).abs());
    if apart < CLOSE {
        let (upper, lower) = if first.1 <= second.1 { (&mut first, &mut second) } else { (&mut second, &mut first) };
        upper.1 -= CLOSE / 2.0;
        lower.1 += CLOSE / 2.0;
    }
    [first, second]
}

/// Steps to each count, one step a pixel at most, and on to the run's end.
fn curve(axis: &TimeAxis, rows: &[SimTime], end: SimTime, y: impl Fn(usize) -> f64) -> String {
    let mut path = format!("M{} {}", fixed(axis.left, 0), fixed(y(0), 1));
    let mut at = axis.left;
    for (count, time) in (1..).zip(rows) {
        let x = axis.x(*time).round();
        let is_last_of_its_pixel = rows.get(count).is_none_or(|next| axis.x(*next).round() > x);
        if is_last_of_its_pixel && x >= at {
            // Writing to a string cannot fail.
            let _ = write!(path, "H{}V{}", fixed(x, 0), fixed(y(count), 1));
            at = x;
        }
    }
    let _ = write!(path, "H{}", fixed(axis.x(end), 0));
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::three_tasks;

    fn outcome(rows: &[u64], end: u64) -> Outcome {
        let committed_at = rows.iter().map(|at| SimTime::from_micros(*at)).collect();
        Outcome { committed_at, elapsed: SimTime::from_micros(end), ..Outcome::of(&three_tasks()) }
    }

    #[test]
    fn both_curves_share_the_axes_of_the_larger_and_the_longer_run() {
        let (few, many) = (outcome(&[100_000], 200_000), outcome(&[100_000, 200_000, 400_000, 900_000], 1_000_000));
        let chart = CompareChart::new(&few, &many, Size::new(160.0, 132.0, 1.0));
        // 100 pixels for a second, 100 for four rows.
        assert_eq!(chart.first, "M44 110.0H54V85.0H64");
        assert_eq!(chart.second, "M44 110.0H54V85.0H64V60.0H84V35.0H134V10.0H144");
        let other = CompareChart::new(&many, &few, Size::new(160.0, 132.0, 1.0));
        assert_eq!((other.first, other.second), (chart.second, chart.first));
    }

    #[test]
    fn the_topmost_label_is_the_larger_run_and_the_names_stand_at_the_ends() {
        let rows: Vec<u64> = (0..23).collect();
        let chart = CompareChart::new(&outcome(&rows, 500_000), &outcome(&[], 1_000_000), Size::new(160.0, 132.0, 1.0));
        assert_eq!(chart.counts.last().map(|(y, tick)| (*y, tick.value)), Some((10.0, 23)));
        assert_eq!(chart.names, [(99.0, 10.0), (149.0, 110.0)]);
        let same = CompareChart::new(&outcome(&rows, 500_000), &outcome(&rows, 500_000), Size::new(160.0, 132.0, 1.0));
        assert_eq!(same.names[1].1 - same.names[0].1, CLOSE);
    }

    #[test]
    fn rows_in_one_pixel_are_one_step_and_no_rows_are_a_level_line() {
        let chart = CompareChart::new(
            &outcome(&[100_000, 100_001, 100_002], 1_000_000),
            &outcome(&[], 1_000_000),
            Size::new(160.0, 132.0, 1.0),
        );
        assert_eq!((chart.first.as_str(), chart.second.as_str()), ("M44 110.0H54V10.0H144", "M44 110.0H144"));
    }
}
