//! A sweep as geometry for SVG: the median line, the band around it, the measured runs.

use super::axis::round_numbers;
use super::viewport::{RIGHT, Size};
use crate::decimal::fixed;
use crate::sweep::results::Point;
use crate::sweep::{Axis, Measure};
use std::fmt::Write;

/// Room above, so that the topmost label is whole.
const ABOVE: f64 = 10.0;
/// Room on the left for "100 %".
const LEFT: f64 = 52.0;
/// Labels on the upright axis.
const MOST_HEIGHTS: usize = 6;
/// A label on the level axis needs so much, in CSS pixels.
const LABEL_WIDTH: f64 = 40.0;
/// Half of a measured run's diamond, in CSS pixels.
const DIAMOND: f64 = 4.5;

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve<'a> {
    /// What is swept.
    pub axis: &'static Axis,
    /// Its first and its last value.
    pub range: (u64, u64),
    /// What is shown of each run.
    pub measure: Measure,
    /// The values that have runs.
    pub points: &'a [Point],
    /// Measured runs: the value, and the measure.
    pub measured: &'a [(u64, u64)],
}

/// The drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepChart {
    /// The left end of the level axis, in CSS pixels.
    pub left: f64,
    /// The right end.
    pub right: f64,
    /// The pixel of nothing.
    pub bottom: f64,
    /// Where each point of the curve is, in order.
    pub points: Vec<(f64, f64)>,
    /// The `d` of an SVG path: through the medians.
    pub line: String,
    /// Likewise around the band.
    pub band: String,
    /// Likewise a diamond for each measured run.
    pub measured: String,
    /// Values to label, with their pixels.
    pub values: Vec<(f64, String)>,
    /// Heights to label, with their pixels.
    pub heights: Vec<(f64, String)>,
}

impl SweepChart {
    /// The drawing of `curve`, as large as `size`.
    #[must_use]
    pub fn new(curve: &Curve<'_>, size: Size) -> Self {
        let Curve { axis, measure, points, .. } = *curve;
        let left = LEFT * size.text;
        let level =
            Level { from: left, to: (size.width - RIGHT).max(left), range: curve.range, by_factors: axis.is_logarithmic() };
        let (bottom, top) = ((size.height - size.room_below()).max(ABOVE), curve.top());
        let y = |height: u64| bottom - share(height, 0, top) * (bottom - ABOVE);
        let at = |value: u64, height: u64| (level.x(value), y(height));
        let through = |height: fn(&Point) -> u64| points.iter().map(move |point| at(point.value, height(point)));
        let upper = through(|point| point.high);
        let heights = round_numbers(0, top, MOST_HEIGHTS).into_iter();
        Self {
            left: level.from,
            right: level.to,
            bottom,
            points: through(|point| point.median).collect(),
            line: path(through(|point| point.median)),
            band: if points.is_empty() { String::new() } else { path(upper.chain(through(|point| point.low).rev())) + "z" },
            measured: curve.measured.iter().map(|(value, height)| diamond(at(*value, *height))).collect(),
            values: level.ticks().into_iter().map(|value| (level.x(value), axis.label(value))).collect(),
            heights: heights.map(|height| (y(height), measure.label(height))).collect(),
        }
    }
}

impl Curve<'_> {
    /// The height of the upright axis: all tasks, or what the highest run reaches.
    fn top(&self) -> u64 {
        const ALL: u64 = 1000;
        let highest = self.points.iter().map(|point| point.high).chain(self.measured.iter().map(|(_, height)| *height)).max();
        if self.measure == Measure::Share { ALL } else { highest.unwrap_or(0).max(1) }
    }
}

/// The level axis: which value is at which pixel.
struct Level {
    from: f64,
    to: f64,
    range: (u64, u64),
    by_factors: bool,
}

impl Level {
    fn x(&self, value: u64) -> f64 {
        let (first, last) = self.range;
        let part = if self.by_factors { share_of_factors(value, first, last) } else { share(value, first, last) };
        self.from + part * (self.to - self.from)
    }

    /// Round values, as many as have room.
    fn ticks(&self) -> Vec<u64> {
        let (first, last) = self.range;
        let room = super::number::whole((self.to - self.from) / LABEL_WIDTH, 20).max(2);
        if !self.by_factors {
            return round_numbers(first, last, room);
        }
        let ticks = |digits: &[u64]| -> Vec<u64> {
            let all = (0..10).flat_map(|power| digits.iter().map(move |digit| digit * 10_u64.pow(power)));
            all.filter(|value| (first..=last).contains(value)).collect()
        };
        let close = ticks(&[1, 2, 5]);
        if close.len() <= room { close } else { ticks(&[1]) }
    }
}

/// Where `value` is between two others, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "counts and microseconds of a run are far below 2^52")]
fn share(value: u64, from: u64, to: u64) -> f64 {
    if to <= from { 0.5 } else { value.saturating_sub(from) as f64 / (to - from) as f64 }
}

/// The same where equal factors are equally far apart.
#[expect(clippy::cast_precision_loss, reason = "counts of tasks")]
fn share_of_factors(value: u64, from: u64, to: u64) -> f64 {
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
    let half = fixed(DIAMOND, 1);
    format!("M{} {}l{half} {half}l-{half} {half}l-{half} -{half}z", fixed(x, 1), fixed(y - DIAMOND, 1))
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
        let axis = Axis::of(field).expect("it can be swept");
        // 100 by 100 pixels inside the margins.
        SweepChart::new(&Curve { axis, range, measure, points, measured }, Size::new(168.0, 132.0, 1.0))
    }

    #[test]
    fn the_band_goes_along_the_upper_ends_and_back_along_the_lower() {
        let points = [point(0, 10, 20, 40), point(1_000_000, 50, 60, 100)];
        let chart = chart(Field::Sleep, (0, 1_000_000), Measure::Rows, &points, &[]);
        assert_eq!(chart.line, "M52.0 90.0L152.0 50.0");
        assert_eq!(chart.band, "M52.0 70.0L152.0 10.0L152.0 60.0L52.0 100.0z");
        assert_eq!(chart.points, [(52.0, 90.0), (152.0, 50.0)]);
    }

    #[test]
    fn tasks_are_equally_far_apart_where_their_factor_is_the_same() {
        let points = [point(10, 5, 5, 5), point(100, 5, 5, 5), point(1000, 5, 5, 5)];
        let chart = chart(Field::Tasks, (10, 1000), Measure::Rows, &points, &[]);
        let places: Vec<f64> = chart.points.iter().map(|(x, _)| x.round()).collect();
        assert_eq!(places, [52.0, 102.0, 152.0]);
        assert_eq!(chart.values.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>(), ["10", "100", "1000"]);
    }

    #[test]
    fn a_share_is_drawn_up_to_all_tasks_and_rows_up_to_the_highest_run_measured_or_not() {
        let points = [point(10, 100, 200, 300)];
        let share = chart(Field::Tasks, (10, 1000), Measure::Share, &points, &[]);
        assert_eq!(share.heights.last(), Some(&(10.0, "100 %".to_owned())));
        let rows = chart(Field::Tasks, (10, 1000), Measure::Rows, &points, &[(10, 400)]);
        assert_eq!((rows.points[0].1, rows.measured.as_str()), (60.0, "M52.0 5.5l4.5 4.5l-4.5 4.5l-4.5 -4.5z"));
    }

    #[test]
    fn nothing_yet_is_an_empty_drawing_with_its_axes() {
        let chart = chart(Field::Timeout, (0, 10_000_000), Measure::Time, &[], &[]);
        assert!(chart.line.is_empty() && chart.band.is_empty() && chart.measured.is_empty());
        assert!(!chart.values.is_empty());
    }
}
