//! The waiters on the dial: one dot per waiter, bars that count their polls, and marks for bunches.

use super::Dial;
use crate::chart::number::{float, whole};
use crate::chart::scene::{Role, Scene, Shape};
use crate::time::{SimDuration, SimTime};
use crate::trace::snapshot::Waiter;
use crate::trace::{LaneState, Snapshot, bunches};
use std::f64::consts::{PI, TAU};

/// The radius of the innermost and of the outermost ring of dots, as fractions of the dial's
/// radius.
pub(super) const MIN_DOT_RADIUS: f64 = 0.36;
const MAX_DOT_RADIUS: f64 = 0.74;
/// Where the bars start, and where the longest bar ends, as fractions of the dial's radius.
const BAR_START: f64 = 0.78;
const BAR_END: f64 = 0.90;
/// The number of bars: one per hundredth of a turn, which is about the width of a bunch (fact
/// 13.1).
const BARS: usize = 100;
/// A dot is highlighted for a 50th of a turn after its poll.
const GLOW_DIVISOR: u64 = 50;
/// Dots with a smaller radius are drawn as single pixels, which look the same and paint many times
/// faster. In CSS pixels.
const MIN_ROUND_RADIUS: f64 = 1.0;
/// The maximum number of circles. If there are more dots, each is drawn as two rectangles.
const MAX_CIRCLES: usize = 300;
/// The fraction of the rings' area that all dots together may cover.
const MAX_COVERAGE: f64 = 0.2;

/// The centre of a waiter's dot.
pub(super) fn position(dial: &Dial, waiter: &Waiter) -> (f64, f64) {
    let ring = f64::from(waiter.rank) / f64::from(dial.tasks.saturating_sub(1).max(1));
    dial.point(dial.angle(waiter.next_poll), MIN_DOT_RADIUS + ring.min(1.0) * (MAX_DOT_RADIUS - MIN_DOT_RADIUS))
}

/// The radius of a dot, in CSS pixels. It shrinks with the number of waiters, so that 1000 dots do
/// not merge.
fn dot_radius(dial: &Dial, waiters: usize) -> f64 {
    let area = PI * (MAX_DOT_RADIUS * MAX_DOT_RADIUS - MIN_DOT_RADIUS * MIN_DOT_RADIUS) * dial.radius * dial.radius;
    (area * MAX_COVERAGE / PI / float(waiters.max(1))).sqrt().clamp(0.6, 3.0)
}

/// Draws one dot per waiter. Waiters that have just polled are highlighted.
pub(super) fn dots(dial: &Dial, now: &Snapshot, scene: &mut Scene) {
    let radius = dot_radius(dial, now.waiters.len());
    let mut grid = (radius < MIN_ROUND_RADIUS).then(|| Grid::of(dial));
    let mut asleep = Vec::new();
    let mut polled = Vec::new();
    for waiter in &now.waiters {
        let (x, y) = position(dial, waiter);
        let has_just_polled = now.at.since(waiter.last_poll).micros() <= dial.turn.micros() / GLOW_DIVISOR;
        let shapes = if has_just_polled { &mut polled } else { &mut asleep };
        let radius = if has_just_polled { radius * 1.4 } else { radius };
        match &mut grid {
            Some(grid) => shapes.extend(grid.pixel(x, y, has_just_polled)),
            None if now.waiters.len() <= MAX_CIRCLES => shapes.push(Shape::Dot { x, y, radius }),
            None => shapes.extend(cross_of_rects(x, y, radius)),
        }
    }
    scene.layer(Role::Waiter).append(&mut asleep);
    scene.layer(Role::State(LaneState::Polling)).append(&mut polled);
}

/// Two crossed rectangles. At this size they look like a circle and paint many times faster.
fn cross_of_rects(x: f64, y: f64, radius: f64) -> [Shape; 2] {
    let (long, short) = ((radius * 2.0).round(), (radius * 1.2).round());
    let rect =
        |width: f64, height: f64| Shape::Rect { x: (x - width / 2.0).round(), y: (y - height / 2.0).round(), width, height };
    [rect(long, short), rect(short, long)]
}

/// Records which pixels of the dial are used, so that each is painted at most once. The cost of
/// 10 000 waiters is bounded by the number of pixels.
struct Grid {
    /// Pixels per side.
    side: usize,
    /// The top left corner, in CSS pixels.
    corner: (f64, f64),
    /// For each pixel: has a sleeping waiter, has a waiter that has just polled.
    used: Vec<bool>,
}

impl Grid {
    fn of(dial: &Dial) -> Self {
        let side = whole(2.0 * dial.radius, 1 << 12) + 1;
        Self { side, corner: (dial.centre.0 - dial.radius, dial.centre.1 - dial.radius), used: vec![false; 2 * side * side] }
    }

    /// A square at the pixel of a point; none if the pixel already has one of this kind.
    fn pixel(&mut self, x: f64, y: f64, has_just_polled: bool) -> Option<Shape> {
        let last = self.side - 1;
        let (column, row) = (whole(x - self.corner.0, last), whole(y - self.corner.1, last));
        let index = (row * self.side + column) * 2 + usize::from(has_just_polled);
        let (x, y) = (self.corner.0.floor() + float(column), self.corner.1.floor() + float(row));
        let border = if has_just_polled { 0.5 } else { 0.0 };
        let square = Shape::Rect { x: x - border, y: y - border, width: 1.0 + 2.0 * border, height: 1.0 + 2.0 * border };
        (!std::mem::replace(&mut self.used[index], true)).then_some(square)
    }
}

/// Draws a bar for each hundredth of the turn that has polls. Its length is proportional to their
/// number; the longest bar ends at `BAR_END`.
pub(super) fn bars(dial: &Dial, now: &Snapshot, scene: &mut Scene) {
    let mut counts = [0_u32; BARS];
    for waiter in &now.waiters {
        let index = dial.phase(waiter.next_poll).micros() * BARS as u64 / dial.turn.micros().max(1);
        counts[usize::try_from(index).unwrap_or(0).min(BARS - 1)] += 1;
    }
    let max_count = f64::from(counts.into_iter().max().unwrap_or(0).max(1));
    let width = (TAU * BAR_START * dial.radius / float(BARS) * 0.7).max(1.0);
    let layer = scene.layer(Role::WaitersLine);
    for (number, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
        let turns = (float(number) + 0.5) / float(BARS);
        let end = BAR_START + (BAR_END - BAR_START) * f64::from(count) / max_count;
        layer.push(Shape::Line { from: dial.point(turns, BAR_START), to: dial.point(turns, end), width });
    }
}

/// Draws a mark below the bars for each bunch, from its first member to its last.
pub(super) fn bunch_marks(dial: &Dial, now: &Snapshot, scene: &mut Scene) {
    let layer = scene.layer(Role::QuietText);
    for bunch in bunches(now.waiters.iter().map(|waiter| waiter.next_poll), dial.turn) {
        let from = dial.angle(SimTime::ZERO + bunch.phase);
        let to = from + dial.turns(bunch.extent.max(SimDuration::from_micros(600))).min(1.0);
        layer.push(Shape::Arc { centre: dial.centre, radius: (BAR_START - 0.015) * dial.radius, from, to, width: 2.0 });
    }
}
