//! The waiters on the dial: a dot each, how many poll in each hundredth of the turn, and which of them are a bunch.

use super::Dial;
use crate::chart::number::{float, whole};
use crate::chart::scene::{Role, Scene, Shape};
use crate::time::{SimDuration, SimTime};
use crate::trace::snapshot::Waiter;
use crate::trace::{LaneState, Snapshot, bunches};
use std::f64::consts::{PI, TAU};

/// Where the rings of the waiters begin and end, in parts of the dial's radius.
pub(super) const INNERMOST: f64 = 0.36;
const OUTERMOST: f64 = 0.74;
/// The line below the bars, on which bunches are marked, and where the longest bar ends.
const BASE: f64 = 0.78;
const LONGEST: f64 = 0.90;
/// Bars around the dial: one for each hundredth of the turn, about as long as a bunch is wide (fact 13.1).
const BARS: usize = 100;
/// A poll glows for so long a part of the turn after it was made.
const GLOW: u64 = 50;
/// Dots smaller than this are drawn as pixels, which look the same and are many times faster to paint.
const SMALLEST_ROUND: f64 = 1.0;
/// More dots than these are drawn as two bars each.
const MOST_ROUND: usize = 300;
/// How much of the rings' area the dots of evenly spread waiters may cover.
const COVER: f64 = 0.2;

/// A waiter's place.
pub(super) fn place(dial: &Dial, waiter: &Waiter) -> (f64, f64) {
    let ring = f64::from(waiter.rank) / f64::from(dial.tasks.saturating_sub(1).max(1));
    dial.point(dial.angle(waiter.next_poll), INNERMOST + ring.min(1.0) * (OUTERMOST - INNERMOST))
}

/// How large a dot is: the more there are the smaller, so that a thousand are dots and no blobs.
fn dot_radius(dial: &Dial, waiters: usize) -> f64 {
    let area = PI * (OUTERMOST * OUTERMOST - INNERMOST * INNERMOST) * dial.radius * dial.radius;
    (area * COVER / PI / float(waiters.max(1))).sqrt().clamp(0.6, 3.0)
}

pub(super) fn dots(dial: &Dial, now: &Snapshot, scene: &mut Scene) {
    let radius = dot_radius(dial, now.waiters.len());
    let mut grid = (radius < SMALLEST_ROUND).then(|| Grid::of(dial));
    let mut asleep = Vec::new();
    let mut polled = Vec::new();
    for waiter in &now.waiters {
        let (x, y) = place(dial, waiter);
        let has_just_polled = now.at.since(waiter.last_poll).micros() <= dial.turn.micros() / GLOW;
        let shapes = if has_just_polled { &mut polled } else { &mut asleep };
        let radius = if has_just_polled { radius * 1.4 } else { radius };
        match &mut grid {
            Some(grid) => shapes.extend(grid.take(x, y, has_just_polled)),
            None if now.waiters.len() <= MOST_ROUND => shapes.push(Shape::Dot { x, y, radius }),
            None => shapes.extend(dot(x, y, radius)),
        }
    }
    scene.layer(Role::Waiter).append(&mut asleep);
    scene.layer(Role::State(LaneState::Polling)).append(&mut polled);
}

/// Two crossed bars, which at this size look as round as a circle and are many times faster to paint.
fn dot(x: f64, y: f64, radius: f64) -> [Shape; 2] {
    let (long, short) = ((radius * 2.0).round(), (radius * 1.2).round());
    let bar =
        |width: f64, height: f64| Shape::Rect { x: (x - width / 2.0).round(), y: (y - height / 2.0).round(), width, height };
    [bar(long, short), bar(short, long)]
}

/// The pixels of the dial, each of which is painted once: ten thousand waiters cost what their pixels cost.
struct Grid {
    side: usize,
    corner: (f64, f64),
    taken: Vec<bool>,
}

impl Grid {
    fn of(dial: &Dial) -> Self {
        let side = whole(2.0 * dial.radius, 1 << 12) + 1;
        Self { side, corner: (dial.centre.0 - dial.radius, dial.centre.1 - dial.radius), taken: vec![false; 2 * side * side] }
    }

    /// A square at the pixel of a point, unless it has one of this kind.
    fn take(&mut self, x: f64, y: f64, has_just_polled: bool) -> Option<Shape> {
        let last = self.side - 1;
        let (column, row) = (whole(x - self.corner.0, last), whole(y - self.corner.1, last));
        let place = (row * self.side + column) * 2 + usize::from(has_just_polled);
        let (x, y) = (self.corner.0.floor() + float(column), self.corner.1.floor() + float(row));
        let more = if has_just_polled { 0.5 } else { 0.0 };
        let square = Shape::Rect { x: x - more, y: y - more, width: 1.0 + 2.0 * more, height: 1.0 + 2.0 * more };
        (!std::mem::replace(&mut self.taken[place], true)).then_some(square)
    }
}

/// A bar for each hundredth of the turn in which somebody will poll, as long as there are many; the longest reaches the lock's ring.
pub(super) fn bars(dial: &Dial, now: &Snapshot, scene: &mut Scene) {
    let mut counts = [0_u32; BARS];
    for waiter in &now.waiters {
        let place = dial.phase(waiter.next_poll).micros() * BARS as u64 / dial.turn.micros().max(1);
        counts[usize::try_from(place).unwrap_or(0).min(BARS - 1)] += 1;
    }
    let most = f64::from(counts.into_iter().max().unwrap_or(0).max(1));
    let width = (TAU * BASE * dial.radius / float(BARS) * 0.7).max(1.0);
    let layer = scene.layer(Role::WaitersLine);
    for (number, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
        let turns = (float(number) + 0.5) / float(BARS);
        let end = BASE + (LONGEST - BASE) * f64::from(count) / most;
        layer.push(Shape::Line { from: dial.point(turns, BASE), to: dial.point(turns, end), width });
    }
}

/// A mark under the bars from each bunch's first member to its last.
pub(super) fn bunch_marks(dial: &Dial, now: &Snapshot, scene: &mut Scene) {
    let layer = scene.layer(Role::QuietText);
    for bunch in bunches(now.waiters.iter().map(|waiter| waiter.next_poll), dial.turn) {
        let from = dial.angle(SimTime::ZERO + bunch.phase);
        let to = from + dial.part(bunch.extent.max(SimDuration::from_micros(600))).min(1.0);
        layer.push(Shape::Arc { centre: dial.centre, radius: (BASE - 0.015) * dial.radius, from, to, width: 2.0 });
    }
}
