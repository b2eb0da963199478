//! Where a moment lies on the dial.

use crate::chart::geometry::sin_cos;
use crate::chart::scene::Shape;
use crate::time::{SimDuration, SimTime};
use crate::trace::bunches::phase;

/// Where the arcs of the lock lie, in parts of the dial's radius.
const LOCK: f64 = 0.95;

/// The dial of one picture.
pub(super) struct Dial {
    pub(super) centre: (f64, f64),
    pub(super) radius: f64,
    pub(super) turn: SimDuration,
    pub(super) top: SimDuration,
    pub(super) tasks: u32,
}

impl Dial {
    /// How long after the top of the dial this moment lies.
    pub(super) fn phase(&self, time: SimTime) -> SimDuration {
        let behind = self.turn - self.top;
        phase(time + behind, self.turn)
    }

    /// Turns from the top to where this moment lies.
    pub(super) fn angle(&self, time: SimTime) -> f64 {
        self.part(self.phase(time))
    }

    pub(super) fn part(&self, length: SimDuration) -> f64 {
        if self.turn.is_zero() { 0.0 } else { length.seconds() / self.turn.seconds() }
    }

    /// The point at an angle, so many parts of the radius from the middle.
    pub(super) fn point(&self, turns: f64, part: f64) -> (f64, f64) {
        let (sin, cos) = sin_cos(turns);
        (self.centre.0 + sin * part * self.radius, self.centre.1 - cos * part * self.radius)
    }

    pub(super) fn arc(&self, from: SimTime, length: SimDuration, width: f64) -> Shape {
        let begin = self.angle(from);
        let end = begin + self.part(length).min(1.0);
        Shape::Arc { centre: self.centre, radius: LOCK * self.radius, from: begin, to: end, width }
    }
}
