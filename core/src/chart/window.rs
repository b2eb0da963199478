//! The visible window of the lanes: a range of time and a range of lanes. Zooming and panning
//! return a new window inside the whole run.

use super::number::whole;
use crate::time::{SimDuration, SimTime};

/// The shortest span of a window.
const MIN_SPAN: SimDuration = SimDuration::from_micros(200);

/// An upper bound for the lanes of any run.
const MAX_LANES: usize = 1 << 20;

/// A range of time and a range of lanes. Lanes are counted from 0 in the order in which they are
/// shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The time at the left end.
    pub from: SimTime,
    /// The time at the right end.
    pub to: SimTime,
    /// The topmost lane.
    pub first: u32,
    /// The number of lanes.
    pub lanes: u32,
}

impl Window {
    /// The window of a whole run that ends at `end` and has `lanes` lanes.
    #[must_use]
    pub const fn whole(end: SimTime, lanes: u32) -> Self {
        Self { from: SimTime::ZERO, to: end, first: 0, lanes }
    }

    /// The length of its time range.
    #[must_use]
    pub const fn span(&self) -> SimDuration {
        self.to.since(self.from)
    }

    /// Zooms: the window becomes `time_factor` times as long and has `lanes_factor` times as many
    /// lanes. The point `at` (x and y as fractions of the window, 0 to 1) keeps its position. The
    /// result is clamped to `all`.
    #[must_use]
    pub fn zoomed(self, all: Self, at: (f64, f64), time_factor: f64, lanes_factor: f64) -> Self {
        let (span, lanes) = (self.span().seconds(), f64::from(self.lanes));
        let longest = all.span().seconds();
        let new_span = (span * time_factor).clamp(MIN_SPAN.seconds().min(longest), longest);
        let from = self.from.seconds() + at.0 * (span - new_span);
        // Rounded away from `lanes`, so that a window of few lanes changes by at least one.
        let rounded = if lanes_factor > 1.0 { (lanes * lanes_factor).ceil() } else { (lanes * lanes_factor).floor() };
        let new_lanes = rounded.clamp(1.0, f64::from(all.lanes.max(1)));
        let first = f64::from(self.first) + at.1 * (lanes - new_lanes);
        clamped(all, from, new_span, first, new_lanes)
    }

    /// Pans right and down by fractions of the window's own size. The result is clamped to `all`.
    #[must_use]
    pub fn moved(self, all: Self, right: f64, down: f64) -> Self {
        let (span, lanes) = (self.span().seconds(), f64::from(self.lanes));
        let first = f64::from(self.first) + down * lanes;
        clamped(all, self.from.seconds() + right * span, span, first, lanes)
    }

    /// Scrolls so that `time` is a tenth of the window from the left. Does nothing if `time` is
    /// already visible.
    #[must_use]
    pub fn scrolled_to_time(self, all: Self, time: SimTime) -> Self {
        if (self.from..=self.to).contains(&time) {
            return self;
        }
        let span = self.span().seconds();
        clamped(all, time.seconds() - span * 0.1, span, f64::from(self.first), f64::from(self.lanes))
    }

    /// Scrolls by as few lanes as needed to make `lane` visible.
    #[must_use]
    pub fn scrolled_to_lane(self, all: Self, lane: u32) -> Self {
        let lowest_first = lane.saturating_add(1).saturating_sub(self.lanes);
        Self { first: self.first.clamp(lowest_first, lane.max(lowest_first)), ..self }.within(all)
    }

    /// Clamps the window to `all`, for instance after another run was loaded.
    #[must_use]
    pub fn within(self, all: Self) -> Self {
        let lanes = self.lanes.clamp(1, all.lanes.max(1));
        clamped(
            all,
            self.from.seconds(),
            self.span().seconds().min(all.span().seconds()),
            f64::from(self.first),
            f64::from(lanes),
        )
    }
}

/// A window with this position and size, clamped to `all`.
fn clamped(all: Window, from: f64, span: f64, first: f64, lanes: f64) -> Window {
    let last_from = (all.to.seconds() - span).max(0.0);
    let from = SimTime::from_seconds(from.clamp(0.0, last_from));
    let to = (from + SimDuration::from_seconds(span)).min(all.to);
    let all_lanes = f64::from(all.lanes.max(1));
    let lanes = lanes.clamp(1.0, all_lanes);
    let count = |value: f64| u32::try_from(whole(value.round(), MAX_LANES)).unwrap_or(0);
    Window { from, to, first: count(first.clamp(0.0, all_lanes - lanes)), lanes: count(lanes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn after_any_actions_the_window_is_inside_the_run_and_not_empty(
            end in 1_u64..600_000_000, lanes in 1_u32..=10_000,
            actions in prop::collection::vec((0_u8..5, 0.0_f64..=1.0, 0.0_f64..=1.0, 0.1_f64..10.0), 0..30),
        ) {
            let all = Window::whole(SimTime::from_micros(end), lanes);
            let mut window = all;
            for (action, x, y, factor) in actions {
                window = match action {
                    0 => window.zoomed(all, (x, y), factor, factor),
                    1 => window.zoomed(all, (x, y), factor, 1.0),
                    2 => window.moved(all, x - 0.5, y - 0.5),
                    3 => window.scrolled_to_time(all, SimTime::from_seconds(x * all.to.seconds())),
                    _ => window.scrolled_to_lane(all, u32::try_from(whole(y * f64::from(lanes - 1), 10_000)).unwrap_or(0)),
                };
                prop_assert!(window.to <= all.to && window.from <= window.to);
                prop_assert!(window.lanes >= 1 && window.first + window.lanes <= lanes);
            }
        }

        #[test]
        fn zooming_keeps_the_time_under_the_pointer(at in 0.0_f64..=1.0, factor in 0.2_f64..1.0) {
            let all = Window::whole(SimTime::from_micros(6_000_000), 1000);
            let zoomed = all.zoomed(all, (at, at), factor, factor);
            let before = at * 6.0;
            let after = zoomed.from.seconds() + at * zoomed.span().seconds();
            prop_assert!((before - after).abs() < 1e-5);
        }
    }

    #[test]
    fn scrolling_makes_a_lane_or_a_time_visible() {
        let all = Window::whole(SimTime::from_micros(6_000_000), 1000);
        let window = Window { from: SimTime::ZERO, to: SimTime::from_micros(1_000_000), first: 0, lanes: 10 };
        assert_eq!(window.scrolled_to_lane(all, 15).first, 6);
        assert_eq!(window.scrolled_to_lane(all, 5).first, 0);
        assert_eq!(window.scrolled_to_time(all, SimTime::from_micros(3_000_000)).from, SimTime::from_micros(2_900_000));
        assert_eq!(window.scrolled_to_time(all, SimTime::from_micros(500_000)), window);
    }
}
