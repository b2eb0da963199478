//! The geometry of the dial: which point shows which time.

use crate::chart::geometry::sin_cos;
use crate::chart::scene::Shape;
use crate::time::{SimDuration, SimTime};
use crate::trace::bunches::phase;

/// The radius of the lock's arcs, as a fraction of the dial's radius.
const LOCK_RADIUS: f64 = 0.95;

/// The dial of one picture.
pub(super) struct Dial {
    /// The centre, in CSS pixels.
    pub(super) centre: (f64, f64),
    /// The radius, in CSS pixels.
    pub(super) radius: f64,
    /// The time of one turn.
    pub(super) turn: SimDuration,
    /// The phase at the top, less than a turn.
    pub(super) top: SimDuration,
    /// The number of tasks.
    pub(super) tasks: u32,
}

impl Dial {
    /// The time from the top of the dial, clockwise, to the position of `time`; less than a turn.
    pub(super) fn phase(&self, time: SimTime) -> SimDuration {
        let offset = self.turn - self.top;
        phase(time + offset, self.turn)
    }

    /// The angle of `time`: turns from the top, clockwise.
    pub(super) fn angle(&self, time: SimTime) -> f64 {
        self.turns(self.phase(time))
    }

    /// `length` as a fraction of a turn.
    pub(super) fn turns(&self, length: SimDuration) -> f64 {
        if self.turn.is_zero() { 0.0 } else { length.seconds() / self.turn.seconds() }
    }

    /// The point at an angle, at this fraction of the radius from the centre.
    pub(super) fn point(&self, turns: f64, fraction: f64) -> (f64, f64) {
        let (sin, cos) = sin_cos(turns);
        (self.centre.0 + sin * fraction * self.radius, self.centre.1 - cos * fraction * self.radius)
    }

    /// An arc of the lock that starts at `from`; at most one turn long.
    pub(super) fn arc(&self, from: SimTime, length: SimDuration, width: f64) -> Shape {
        let start = self.angle(from);
        let end = start + self.turns(length).min(1.0);
        Shape::Arc { centre: self.centre, radius: LOCK_RADIUS * self.radius, from: start, to: end, width }
    }
}
