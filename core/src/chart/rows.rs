//! Rows over time, as geometry for SVG: committed rows, waiters, errors, and the present rate.
//!
//! Rows and waiters share one axis that ends at the number of tasks, so that 165 of 1000 rows are
//! visibly few.

use super::axis::{Tick, count_ticks, time_ticks};
use super::number::{float, whole};
use super::viewport::{Size, TimeAxis};
use crate::chart::geometry::distance;
use crate::decimal::fixed;
use crate::text::counted;
use crate::time::SimTime;
use crate::trace::{Snapshot, Trace, TraceIndex};
use std::fmt::Write;

/// Space above the plot, in CSS pixels, so that the topmost label is not cut off.
const TOP_MARGIN: f64 = 10.0;
/// Errors closer than this to the previous mark get no mark; in CSS pixels.
const MIN_CROSS_DISTANCE: f64 = 6.0;

/// The part of the chart that does not depend on the playhead. All positions are in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsChart {
    /// The time axis, the same as that of the lanes.
    pub axis: TimeAxis,
    /// The y coordinate of zero rows.
    pub bottom: f64,
    /// The y coordinate of as many rows as tasks.
    pub top: f64,
    /// The number of tasks, at least 1.
    pub tasks: u32,
    /// The `d` attribute of an SVG path: rows whose COMMIT has returned to the program.
    pub committed: String,
    /// The same for the waiters.
    pub waiters: String,
    /// The points at which to mark errors.
    pub errors: Vec<(f64, f64)>,
    /// Ticks of the time axis, each with its x coordinate.
    pub times: Vec<(f64, Tick<SimTime>)>,
    /// Ticks of the row axis, each with its y coordinate.
    pub counts: Vec<(f64, Tick<u64>)>,
}

/// The part of the chart that moves with the playhead. All positions are in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsNow {
    /// The x coordinate of the playhead.
    pub x: f64,
    /// The y coordinate of the rows so far.
    pub y: f64,
    /// The ends of a line through that point. Its slope is the rate of the last half second.
    pub slope: ((f64, f64), (f64, f64)),
    /// "248 rows, 496 rows/s".
    pub label: String,
    /// The point at which the label starts or ends. It does not cover the curve.
    pub label_at: (f64, f64),
    /// Whether the label ends at that point. Otherwise it starts there.
    pub label_ends: bool,
}

impl RowsChart {
    /// Draws the chart from `from` to `to` at `size`.
    #[must_use]
    pub fn new(trace: &Trace, index: &TraceIndex, from: SimTime, to: SimTime, size: Size) -> Self {
        let axis = TimeAxis::new(from, to, size);
        let mut chart = Self {
            axis,
            bottom: (size.height - size.bottom_margin()).max(TOP_MARGIN),
            top: TOP_MARGIN,
            tasks: trace.scenario.tasks.max(1),
            committed: String::new(),
            waiters: String::new(),
            errors: Vec::new(),
            times: Vec::new(),
            counts: Vec::new(),
        };
        let rows = index.outcome.committed_at.iter().zip(1..).map(|(at, rows)| (*at, rows));
        let end = trace.stopped_at().min(to);
        chart.committed = chart.steps(rows, end);
        chart.waiters = chart.steps(index.waiting.iter().copied(), to);
        chart.errors = chart.error_marks(index);
        chart.times = time_ticks(from, to, axis.max_ticks()).into_iter().map(|tick| (axis.x(tick.value), tick)).collect();
        let max_ticks = whole((chart.bottom - chart.top) / 30.0, 10) + 1;
        chart.counts =
            count_ticks(chart.tasks.into(), max_ticks).into_iter().map(|tick| (chart.y_of(tick.value), tick)).collect();
        chart
    }

    /// The y coordinate of a count.
    #[must_use]
    pub fn y(&self, count: u32) -> f64 {
        self.y_of(count.into())
    }

    fn y_of(&self, count: u64) -> f64 {
        let fraction = float(usize::try_from(count).unwrap_or(0)) / f64::from(self.tasks);
        self.bottom - fraction.min(1.0) * (self.bottom - self.top)
    }

    /// A path that steps to each count at its time, with at most one step per pixel, and then runs
    /// horizontally to `end`.
    fn steps(&self, counts: impl Iterator<Item = (SimTime, u32)>, end: SimTime) -> String {
        let mut path = format!("M{} {}", fixed(self.axis.left, 1), fixed(self.bottom, 1));
        let visible = counts.take_while(|(at, _)| *at <= self.axis.to);
        let mut pixels: Vec<(f64, u32)> = Vec::new();
        for (at, count) in visible {
            let x = self.axis.x(at).round();
            pixels.pop_if(|last| last.0.total_cmp(&x).is_eq());
            pixels.push((x, count));
        }
        for (x, count) in pixels {
            // Writing to a string cannot fail.
            let _ = write!(path, "H{}V{}", fixed(x, 0), fixed(self.y(count), 1));
        }
        let _ = write!(path, "H{}", fixed(self.axis.x(end), 1));
        path
    }

    fn error_marks(&self, index: &TraceIndex) -> Vec<(f64, f64)> {
        let mut marks: Vec<(f64, f64)> = Vec::new();
        let committed = &index.outcome.committed_at;
        for (at, _) in index.errors.iter().filter(|(at, _)| (self.axis.from..=self.axis.to).contains(at)) {
            let x = self.axis.x(*at);
            if marks.last().is_none_or(|last| x - last.0 >= MIN_CROSS_DISTANCE) {
                let rows = u32::try_from(committed.partition_point(|row| row <= at)).unwrap_or(u32::MAX);
                marks.push((x, self.y(rows)));
            }
        }
        marks
    }

    /// The part of the chart that depends on the playhead.
    #[must_use]
    pub fn at(&self, now: &Snapshot) -> RowsNow {
        let (x, y) = (self.axis.x(now.at), self.y(now.rows));
        let seconds = self.axis.to.since(self.axis.from).seconds();
        // Pixels up per pixel to the right.
        let steepness = if seconds > 0.0 && self.axis.width() > 0.0 {
            f64::from(now.rate) / f64::from(self.tasks) * (self.bottom - self.top) * seconds / self.axis.width()
        } else {
            0.0
        };
        let half_length = 28.0 / distance((steepness, 1.0), (0.0, 0.0));
        // The line stays inside the axes.
        let before = half_length.min(x - self.axis.left).min((self.bottom - y) / steepness.max(1e-9)).max(0.0);
        let after = half_length.min(self.axis.right - x).min((y - self.top) / steepness.max(1e-9)).max(0.0);
        let slope = ((x - before, y + before * steepness), (x + after, y - after * steepness));
        let label = format!("{}, {}", counted(now.rows, "row"), counted(now.rate, "row/s"));
        let label_ends = x > (self.axis.left + self.axis.right) / 2.0;
        // A rising curve is below the point on the left and above it on the right. A nearly flat
        // one leaves both sides free.
        let below = !label_ends && steepness > 0.3 && y + 26.0 < self.bottom;
        let label_y = if below { y + 18.0 } else { y - 16.0 };
        let label_at = (if label_ends { x - 10.0 } else { x + 10.0 }, label_y.max(self.top));
        RowsNow { x, y, slope, label, label_at, label_ends }
    }
}

/// What the chart shows, as a sentence for screen readers.
#[must_use]
pub fn summary(trace: &Trace, now: &Snapshot) -> String {
    let Snapshot { rows, errors, rate, waiters, .. } = now;
    let (tasks, waiting) = (trace.scenario.tasks, waiters.len());
    let at = fixed(now.at.seconds(), 2);
    format!("Rows over time at {at} s: {rows} of {tasks} committed, {errors} errors, {waiting} waiting, {rate} rows per second.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{micros, three_tasks};
    use proptest::prelude::*;

    fn chart(width: f64, height: f64, to: u64) -> RowsChart {
        let trace = three_tasks();
        RowsChart::new(&trace, &TraceIndex::of(&trace), SimTime::ZERO, micros(to), Size::new(width, height, 1.0))
    }

    fn now(at: u64) -> Snapshot {
        let trace = three_tasks();
        Snapshot::at(&trace, &TraceIndex::of(&trace), micros(at))
    }

    #[test]
    fn rows_step_up_when_commit_returns_and_the_curve_ends_with_the_loop() {
        // A pixel is 10 µs wide, and a task is 30 pixels high.
        let chart = chart(860.0, 122.0, 8_000);
        assert_eq!(chart.committed, "M44.0 100.0H264V70.0H594.0");
        assert_eq!(chart.waiters, "M44.0 100.0H85V70.0H86V40.0H554V70.0H744V100.0H844.0");
        assert_eq!(chart.errors, [(584.0, 70.0)]);
    }

    #[test]
    fn ticks_are_at_the_pixels_of_their_values() {
        let chart = chart(860.0, 122.0, 8_000);
        let counts: Vec<_> = chart.counts.iter().map(|(y, tick)| (*y, tick.label.as_str())).collect();
        assert_eq!(counts, [(100.0, "0"), (70.0, "1"), (40.0, "2"), (10.0, "3")]);
        let times: Vec<_> = chart.times.iter().map(|(x, tick)| (*x, tick.label.as_str())).collect();
        assert_eq!(times[..3], [(44.0, "0 s"), (144.0, "0.001 s"), (244.0, "0.002 s")]);
    }

    #[test]
    fn the_slope_is_as_steep_as_the_rate() {
        // For half a second after the only row the rate is 2 rows/s, then 0.
        let chart = chart(1060.0, 332.0, 1_000_000);
        let steepness = |at| {
            let ((x1, y1), (x2, y2)) = chart.at(&now(at)).slope;
            (y1 - y2) / (x2 - x1)
        };
        // 2 rows/s of 3 tasks: 200 of 300 pixels up in a second, which is 1000 pixels wide.
        assert!((steepness(300_000) - 0.2).abs() < 1e-9);
        assert!(steepness(600_000).abs() < 1e-9);
        assert_eq!(chart.at(&now(300_000)).label, "1 row, 2 rows/s");
    }

    proptest! {
        #[test]
        fn the_chart_has_finite_coordinates_at_any_size(width in any::<f64>(), height in any::<f64>(), to in 0_u64..20_000, at in 0_u64..20_000) {
            let chart = chart(width, height, to);
            let RowsNow { x, y, slope, .. } = chart.at(&now(at));
            prop_assert!([x, y, slope.0.0, slope.0.1, slope.1.0, slope.1.1].iter().all(|length| length.is_finite()));
            prop_assert!(!chart.committed.contains("NaN") && !chart.waiters.contains("inf"));
        }
    }
}
