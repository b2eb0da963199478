//! The chart that compares two runs: rows over time on shared axes, as geometry for SVG.

use super::axis::{Tick, count_ticks, time_ticks};
use super::number::float;
use super::viewport::{Size, TimeAxis};
use crate::decimal::fixed;
use crate::time::SimTime;
use crate::trace::Outcome;
use std::fmt::Write;

/// Space above the plot, in CSS pixels, so that the topmost label is not cut off.
const TOP_MARGIN: f64 = 10.0;
/// The maximum number of round labels on the row axis.
const MAX_COUNT_TICKS: usize = 5;
/// Labels closer than this overlap; in CSS pixels.
const MIN_LABEL_DISTANCE: f64 = 14.0;

/// The two curves and their shared axes. All positions are in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareChart {
    /// The time axis, from 0 to the end of the longer run.
    pub axis: TimeAxis,
    /// The y coordinate of zero rows.
    pub bottom: f64,
    /// The `d` attribute of an SVG path: the first run's rows over time.
    pub first: String,
    /// The same for the second run.
    pub second: String,
    /// Ticks of the time axis, each with its x coordinate.
    pub times: Vec<(f64, Tick<SimTime>)>,
    /// Ticks of the row axis, each with its y coordinate. The topmost is the larger final count.
    pub counts: Vec<(f64, Tick<u64>)>,
    /// Where the label of each curve starts: to the right of the curve's end. The two labels do not
    /// overlap.
    pub label_positions: [(f64, f64); 2],
}

impl CompareChart {
    /// Draws the chart of two runs at `size`.
    #[must_use]
    pub fn new(first: &Outcome, second: &Outcome, size: Size) -> Self {
        let to = first.elapsed.max(second.elapsed);
        let max_rows = first.committed_at.len().max(second.committed_at.len()).max(1);
        let axis = TimeAxis::new(SimTime::ZERO, to, size);
        let bottom = (size.height - size.bottom_margin()).max(TOP_MARGIN);
        let y = |count: usize| bottom - float(count) / float(max_rows) * (bottom - TOP_MARGIN);
        let curve = |run: &Outcome| curve(&axis, &run.committed_at, run.elapsed, y);
        let tick = |tick: Tick<u64>| (y(usize::try_from(tick.value).unwrap_or(0)), tick);
        let label_positions = label_positions([first, second].map(|run| (axis.x(run.elapsed), y(run.committed_at.len()))));
        let max_rows = u64::try_from(max_rows).unwrap_or(u64::MAX);
        let mut counts: Vec<_> = count_ticks(max_rows, MAX_COUNT_TICKS).into_iter().map(tick).collect();
        counts.retain(|(y, tick)| tick.value == max_rows || y - TOP_MARGIN > MIN_LABEL_DISTANCE);
        if counts.last().is_none_or(|(_, tick)| tick.value < max_rows) {
            counts.push((TOP_MARGIN, Tick { value: max_rows, label: max_rows.to_string() }));
        }
        Self {
            first: curve(first),
            second: curve(second),
            times: time_ticks(SimTime::ZERO, to, axis.max_ticks()).into_iter().map(|tick| (axis.x(tick.value), tick)).collect(),
            counts,
            label_positions,
            axis,
            bottom,
        }
    }
}

/// Places each label to the right of its curve's end, and moves the two apart if they are close.
fn label_positions([first, second]: [(f64, f64); 2]) -> [(f64, f64); 2] {
    let beside = |(x, y): (f64, f64)| (x + 5.0, y);
    let [mut first, mut second] = [first, second].map(beside);
    let distance = (first.0 - second.0).abs().max((first.1 - second.1).abs());
    if distance < MIN_LABEL_DISTANCE {
        let (upper, lower) = if first.1 <= second.1 { (&mut first, &mut second) } else { (&mut second, &mut first) };
        upper.1 -= MIN_LABEL_DISTANCE / 2.0;
        lower.1 += MIN_LABEL_DISTANCE / 2.0;
    }
    [first, second]
}

/// A path that steps up at each row, with at most one step per pixel, and ends with the run.
fn curve(axis: &TimeAxis, rows: &[SimTime], end: SimTime, y: impl Fn(usize) -> f64) -> String {
    let mut path = format!("M{} {}", fixed(axis.left, 0), fixed(y(0), 1));
    let mut previous_x = axis.left;
    for (count, time) in (1..).zip(rows) {
        let x = axis.x(*time).round();
        let is_last_in_its_pixel = rows.get(count).is_none_or(|next| axis.x(*next).round() > x);
        if is_last_in_its_pixel && x >= previous_x {
            // Writing to a string cannot fail.
            let _ = write!(path, "H{}V{}", fixed(x, 0), fixed(y(count), 1));
            previous_x = x;
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
        // A second is 100 pixels wide, and four rows are 100 pixels high.
        assert_eq!(chart.first, "M44 110.0H54V85.0H64");
        assert_eq!(chart.second, "M44 110.0H54V85.0H64V60.0H84V35.0H134V10.0H144");
        let other = CompareChart::new(&many, &few, Size::new(160.0, 132.0, 1.0));
        assert_eq!((other.first, other.second), (chart.second, chart.first));
    }

    #[test]
    fn the_topmost_tick_is_the_larger_count_and_the_labels_are_at_the_ends() {
        let rows: Vec<u64> = (0..23).collect();
        let chart = CompareChart::new(&outcome(&rows, 500_000), &outcome(&[], 1_000_000), Size::new(160.0, 132.0, 1.0));
        assert_eq!(chart.counts.last().map(|(y, tick)| (*y, tick.value)), Some((10.0, 23)));
        assert_eq!(chart.label_positions, [(99.0, 10.0), (149.0, 110.0)]);
        let same = CompareChart::new(&outcome(&rows, 500_000), &outcome(&rows, 500_000), Size::new(160.0, 132.0, 1.0));
        assert_eq!(same.label_positions[1].1 - same.label_positions[0].1, MIN_LABEL_DISTANCE);
    }

    #[test]
    fn rows_in_one_pixel_are_one_step_and_no_rows_are_a_horizontal_line() {
        let chart = CompareChart::new(
            &outcome(&[100_000, 100_001, 100_002], 1_000_000),
            &outcome(&[], 1_000_000),
            Size::new(160.0, 132.0, 1.0),
        );
        assert_eq!((chart.first.as_str(), chart.second.as_str()), ("M44 110.0H54V10.0H144", "M44 110.0H144"));
    }
}
