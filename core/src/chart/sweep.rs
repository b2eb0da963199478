//! A sweep as geometry for SVG: the median line, the band around it, the measured runs.

use super::axis::round_numbers;
use super::viewport::{RIGHT_MARGIN, Size};
use crate::decimal::fixed;
use crate::sweep::results::Point;
use crate::sweep::{Axis, Measure};
use std::fmt::Write;

/// Space above the plot, in CSS pixels, so that the topmost label is not cut off.
const TOP_MARGIN: f64 = 10.0;
/// Space on the left for the label "100 %", in CSS pixels.
const LEFT_MARGIN: f64 = 52.0;
/// The maximum number of labels on the vertical axis.
const MAX_HEIGHT_TICKS: usize = 6;
/// The width of a label on the horizontal axis, in CSS pixels.
const LABEL_WIDTH: f64 = 40.0;
/// Half the width of the diamond that marks a measured run, in CSS pixels.
const HALF_DIAMOND: f64 = 4.5;

/// The data to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve<'a> {
    /// The setting that is swept.
    pub axis: &'static Axis,
    /// Its first and last value.
    pub range: (u64, u64),
    /// The result shown for each run.
    pub measure: Measure,
    /// The results so far, one point per value.
    pub points: &'a [Point],
    /// Measured runs as (value, result).
    pub measured: &'a [(u64, u64)],
}

/// The chart. All positions are in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepChart {
    /// The left end of the horizontal axis.
    pub left: f64,
    /// The right end of the horizontal axis.
    pub right: f64,
    /// The y coordinate of zero.
    pub bottom: f64,
    /// The median of each point, in order.
    pub points: Vec<(f64, f64)>,
    /// The `d` attribute of an SVG path: the line through the medians.
    pub line: String,
    /// The same for the outline of the band around the medians.
    pub band: String,
    /// The same for the diamonds of the measured runs.
    pub measured: String,
    /// Labels of the horizontal axis, each with its x coordinate.
    pub x_labels: Vec<(f64, String)>,
    /// Labels of the vertical axis, each with its y coordinate.
    pub y_labels: Vec<(f64, String)>,
}

impl SweepChart {
    /// Draws `curve` at `size`.
    #[must_use]
    pub fn new(curve: &Curve<'_>, size: Size) -> Self {
        let Curve { axis, measure, points, .. } = *curve;
        let left = LEFT_MARGIN * size.text;
        let value_axis = ValueAxis {
            from: left,
            to: (size.width - RIGHT_MARGIN).max(left),
            range: curve.range,
            by_factors: axis.is_logarithmic(),
        };
        let (bottom, top) = ((size.height - size.bottom_margin()).max(TOP_MARGIN), curve.top());
        let y = |height: u64| bottom - fraction(height, 0, top) * (bottom - TOP_MARGIN);
        let at = |value: u64, height: u64| (value_axis.x(value), y(height));
        let points_at = |height: fn(&Point) -> u64| points.iter().map(move |point| at(point.value, height(point)));
        let upper = points_at(|point| point.high);
        let y_ticks = round_numbers(0, top, MAX_HEIGHT_TICKS).into_iter();
        Self {
            left: value_axis.from,
            right: value_axis.to,
            bottom,
            points: points_at(|point| point.median).collect(),
            line: path(points_at(|point| point.median)),
            band: if points.is_empty() { String::new() } else { path(upper.chain(points_at(|point| point.low).rev())) + "z" },
            measured: curve.measured.iter().map(|(value, height)| diamond(at(*value, *height))).collect(),
            x_labels: value_axis.ticks().into_iter().map(|value| (value_axis.x(value), axis.label(value))).collect(),
            y_labels: y_ticks.map(|height| (y(height), measure.label(height))).collect(),
        }
    }
}

impl Curve<'_> {
    /// The value at the top of the vertical axis: all tasks for a share, otherwise the highest
    /// result.
    fn top(&self) -> u64 {
        const ALL_TASKS_PER_MILLE: u64 = 1000;
        let highest = self.points.iter().map(|point| point.high).chain(self.measured.iter().map(|(_, height)| *height)).max();
        if self.measure == Measure::Share { ALL_TASKS_PER_MILLE } else { highest.unwrap_or(0).max(1) }
    }
}

/// The horizontal axis: maps a value to an x coordinate.
struct ValueAxis {
    from: f64,
    to: f64,
    range: (u64, u64),
    by_factors: bool,
}

impl ValueAxis {
    fn x(&self, value: u64) -> f64 {
        let (first, last) = self.range;
        let position = if self.by_factors { log_fraction(value, first, last) } else { fraction(value, first, last) };
        self.from + position * (self.to - self.from)
    }

    /// As many round values as fit.
    fn ticks(&self) -> Vec<u64> {
        let (first, last) = self.range;
        let max_ticks = super::number::whole((self.to - self.from) / LABEL_WIDTH, 20).max(2);
        if !self.by_factors {
            return round_numbers(first, last, max_ticks);
        }
        let ticks = |digits: &[u64]| -> Vec<u64> {
            let all = (0..10).flat_map(|power| digits.iter().map(move |digit| digit * 10_u64.pow(power)));
            all.filter(|value| (first..=last).contains(value)).collect()
        };
        let dense = ticks(&[1, 2, 5]);
        if dense.len() <= max_ticks { dense } else { ticks(&[1]) }
    }
}

/// The position of `value` between `from` and `to`, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "counts and microseconds of a run are far below 2^52")]
fn fraction(value: u64, from: u64, to: u64) -> f64 {
    if to <= from { 0.5 } else { value.saturating_sub(from) as f64 / (to - from) as f64 }
}

/// The same on a logarithmic scale.
#[expect(clippy::cast_precision_loss, reason = "counts of tasks")]
fn log_fraction(value: u64, from: u64, to: u64) -> f64 {
    let log = |value: u64| (value.max(1) as f64).ln();
    if to <= from { 0.5 } else { (log(value) - log(from)) / (log(to) - log(from)) }
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut path = String::new();
    for (x, y) in points {
        // Writing to a string cannot fail.
        let _ = write!(path, "{}{} {}", if path.is_empty() { 'M' } else { 'L' }, fixed(x, 1), fixed(y, 1));
    }
    path
}

fn diamond((x, y): (f64, f64)) -> String {
    let half = fixed(HALF_DIAMOND, 1);
    format!("M{} {}l{half} {half}l-{half} {half}l-{half} -{half}z", fixed(x, 1), fixed(y - HALF_DIAMOND, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Field;
    use crate::time::SimTime;

    fn point(value: u64, low: u64, median: u64, high: u64) -> Point {
        Point { value, low, median, high, seed: 1, elapsed: SimTime::ZERO, runs: 3 }
    }

    fn chart(field: Field, range: (u64, u64), measure: Measure, points: &[Point], measured: &[(u64, u64)]) -> SweepChart {
        let axis = Axis::of(field).expect("a field that can be swept");
        // The plot is 100 by 100 pixels inside the margins.
        SweepChart::new(&Curve { axis, range, measure, points, measured }, Size::new(168.0, 132.0, 1.0))
    }

    #[test]
    fn the_band_runs_along_the_upper_ends_and_back_along_the_lower_ends() {
        let points = [point(0, 10, 20, 40), point(1_000_000, 50, 60, 100)];
        let chart = chart(Field::Sleep, (0, 1_000_000), Measure::Rows, &points, &[]);
        assert_eq!(chart.line, "M52.0 90.0L152.0 50.0");
        assert_eq!(chart.band, "M52.0 70.0L152.0 10.0L152.0 60.0L52.0 100.0z");
        assert_eq!(chart.points, [(52.0, 90.0), (152.0, 50.0)]);
    }

    #[test]
    fn tasks_are_on_a_logarithmic_scale() {
        let points = [point(10, 5, 5, 5), point(100, 5, 5, 5), point(1000, 5, 5, 5)];
        let chart = chart(Field::Tasks, (10, 1000), Measure::Rows, &points, &[]);
        let xs: Vec<f64> = chart.points.iter().map(|(x, _)| x.round()).collect();
        assert_eq!(xs, [52.0, 102.0, 152.0]);
        assert_eq!(chart.x_labels.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>(), ["10", "100", "1000"]);
    }

    #[test]
    fn the_axis_of_a_share_ends_at_all_tasks_and_that_of_rows_at_the_highest_result() {
        let points = [point(10, 100, 200, 300)];
        let share = chart(Field::Tasks, (10, 1000), Measure::Share, &points, &[]);
        assert_eq!(share.y_labels.last(), Some(&(10.0, "100 %".to_owned())));
        let rows = chart(Field::Tasks, (10, 1000), Measure::Rows, &points, &[(10, 400)]);
        assert_eq!((rows.points[0].1, rows.measured.as_str()), (60.0, "M52.0 5.5l4.5 4.5l-4.5 4.5l-4.5 -4.5z"));
    }

    #[test]
    fn without_points_only_the_axes_are_drawn() {
        let chart = chart(Field::Timeout, (0, 10_000_000), Measure::Time, &[], &[]);
        assert!(chart.line.is_empty() && chart.band.is_empty() && chart.measured.is_empty());
        assert!(!chart.x_labels.is_empty());
    }
}
