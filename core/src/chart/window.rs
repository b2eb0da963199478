//! What of a run is in sight: from when to when, and which lanes. Zooming and panning give a new window inside the whole.

use super::number::whole;
use crate::time::{SimDuration, SimTime};

/// No window is shorter.
const SHORTEST: SimDuration = SimDuration::from_micros(200);

/// No run has more lanes.
const MOST_LANES: usize = 1 << 20;

/// A part of time and of the lanes, counted from 0 in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The moment at the left end.
    pub from: SimTime,
    /// The moment at the right end.
    pub to: SimTime,
    /// The uppermost lane.
    pub first: u32,
    /// How many lanes.
    pub lanes: u32,
}

impl Window {
    /// Everything of a run that ends at `end` and has so many lanes.
    #[must_use]
    pub const fn whole(end: SimTime, lanes: u32) -> Self {
        Self { from: SimTime::ZERO, to: end, first: 0, lanes }
    }

    /// How long it is.
    #[must_use]
    pub const fn span(&self) -> SimDuration {
        self.to.since(self.from)
    }

    /// `time_factor` times as long and `lanes_factor` times as many lanes, where what lies at these parts of it (0 to 1, from the left
    /// and from above) stays where it is; never beyond `all`.
    #[must_use]
    pub fn zoomed(self, all: Self, at: (f64, f64), time_factor: f64, lanes_factor: f64) -> Self {
        let (span, lanes) = (self.span().seconds(), f64::from(self.lanes));
        let longest = all.span().seconds();
        let new_span = (span * time_factor).clamp(SHORTEST.seconds().min(longest), longest);
        let from = self.from.seconds() + at.0 * (span - new_span);
        // A few lanes must change by one at least, or they would never change.
        let wanted = if lanes_factor > 1.0 { (lanes * lanes_factor).ceil() } else { (lanes * lanes_factor).floor() };
        let new_lanes = wanted.clamp(1.0, f64::from(all.lanes.max(1)));
        let first = f64::from(self.first) + at.1 * (lanes - new_lanes);
        placed(all, from, new_span, first, new_lanes)
    }

    /// Moved by so many parts of itself to the right and down; never beyond `all`.
    #[must_use]
    pub fn moved(self, all: Self, right: f64, down: f64) -> Self {
        let (span, lanes) = (self.span().seconds(), f64::from(self.lanes));
        let first = f64::from(self.first) + down * lanes;
        placed(all, self.from.seconds() + right * span, span, first, lanes)
    }

    /// Moved no further than needed for `time` to be well inside, if it is not in sight.
    #[must_use]
    pub fn with_time(self, all: Self, time: SimTime) -> Self {
        if (self.from..=self.to).contains(&time) {
            return self;
        }
        let span = self.span().seconds();
        placed(all, time.seconds() - span * 0.1, span, f64::from(self.first), f64::from(self.lanes))
    }

    /// Moved no further than needed for a lane to be in sight.
    #[must_use]
    pub fn with_lane(self, all: Self, lane: u32) -> Self {
        let last = lane.saturating_add(1).saturating_sub(self.lanes);
        Self { first: self.first.clamp(last, lane.max(last)), ..self }.within(all)
    }

    /// The same as far as it lies in `all`, which may have changed.
    #[must_use]
    pub fn within(self, all: Self) -> Self {
        let lanes = self.lanes.clamp(1, all.lanes.max(1));
        placed(all, self.from.seconds(), self.span().seconds().min(all.span().seconds()), f64::from(self.first), f64::from(lanes))
    }
}

/// A window of this size at this place, or at the nearest inside of `all`.
fn placed(all: Window, from: f64, span: f64, first: f64, lanes: f64) -> Window {
    let last_from = (all.to.seconds() - span).max(0.0);
    let from = SimTime::from_seconds(from.clamp(0.0, last_from));
    let to = (from + SimDuration::from_seconds(span)).min(all.to);
    let most = f64::from(all.lanes.max(1));
    let lanes = lanes.clamp(1.0, most);
    let count = |value: f64| u32::try_from(whole(value.round(), MOST_LANES)).unwrap_or(0);
    Window { from, to, first: count(first.clamp(0.0, most - lanes)), lanes: count(lanes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_is_done_a_window_lies_in_the_whole_and_shows_something(
            end in 1_u64..600_000_000, lanes in 1_u32..=10_000,
            acts in prop::collection::vec((0_u8..5, 0.0_f64..=1.0, 0.0_f64..=1.0, 0.1_f64..10.0), 0..30),
        ) {
            let all = Window::whole(SimTime::from_micros(end), lanes);
            let mut window = all;
            for (act, x, y, factor) in acts {
                window = match act {
                    0 => window.zoomed(all, (x, y), factor, factor),
                    1 => window.zoomed(all, (x, y), factor, 1.0),
                    2 => window.moved(all, x - 0.5, y - 0.5),
                    3 => window.with_time(all, SimTime::from_seconds(x * all.to.seconds())),
                    _ => window.with_lane(all, u32::try_from(whole(y * f64::from(lanes - 1), 10_000)).unwrap_or(0)),
                };
                prop_assert!(window.to <= all.to && window.from <= window.to);
                prop_assert!(window.lanes >= 1 && window.first + window.lanes <= lanes);
            }
        }

        #[test]
        fn what_the_pointer_is_at_stays_under_it(at in 0.0_f64..=1.0, factor in 0.2_f64..1.0) {
            let all = Window::whole(SimTime::from_micros(6_000_000), 1000);
            let near = all.zoomed(all, (at, at), factor, factor);
            let before = at * 6.0;
            let after = near.from.seconds() + at * near.span().seconds();
            prop_assert!((before - after).abs() < 1e-5);
        }
    }

    #[test]
    fn a_task_and_a_moment_are_brought_into_sight() {
        let all = Window::whole(SimTime::from_micros(6_000_000), 1000);
        let near = Window { from: SimTime::ZERO, to: SimTime::from_micros(1_000_000), first: 0, lanes: 10 };
        assert_eq!(near.with_lane(all, 15).first, 6);
        assert_eq!(near.with_lane(all, 5).first, 0);
        assert_eq!(near.with_time(all, SimTime::from_micros(3_000_000)).from, SimTime::from_micros(2_900_000));
        assert_eq!(near.with_time(all, SimTime::from_micros(500_000)), near);
    }
}
