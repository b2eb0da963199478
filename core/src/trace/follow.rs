//! How far one waiter, and the bunch that it is in, has drifted around the dial.
//!
//! One turn of the dial is one long sleep. The time from poll to poll is a little longer, so
//! bunches drift slowly clockwise. If the dial turns with the waiter that waits longest, they stay
//! in place.

use super::bunches::phase;
use super::{EventKind, Trace, TraceIndex};
use crate::time::{SimDuration, SimTime};

/// Number of sleeps of a wait that are shorter than a turn (fact 3.2).
const SHORT_SLEEPS: usize = 11;

/// Follows one waiter around the dial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    polls: Vec<SimTime>,
}

impl Follow {
    /// Follows the longest wait of `trace`, from its first sleep of one turn on.
    #[must_use]
    pub fn longest_wait(trace: &Trace, index: &TraceIndex) -> Self {
        let longest = index.waits.all().iter().max_by_key(|wait| wait.to.unwrap_or_else(|| trace.end()).since(wait.from));
        let polls = longest.map_or_else(Vec::new, |wait| {
            let events = index.events.of(wait.task).iter().filter_map(|index| trace.events.get(*index as usize));
            let of_wait = events.filter(|event| event.at >= wait.from && wait.to.is_none_or(|end| event.at <= end));
            let polls = of_wait.filter(|event| matches!(event.kind, EventKind::Attempt { .. })).map(|event| event.at);
            polls.skip(SHORT_SLEEPS).collect()
        });
        Self { polls }
    }

    /// The phase of the followed waiter at `now`, interpolated linearly between its polls.
    #[must_use]
    pub fn phase(&self, now: SimTime, turn: SimDuration) -> SimDuration {
        let past = self.polls.partition_point(|poll| *poll <= now);
        let (before, after) = match (past.checked_sub(1).and_then(|last| self.polls.get(last)), self.polls.get(past)) {
            (Some(before), Some(after)) => (*before, *after),
            (Some(only), None) | (None, Some(only)) => return phase(*only, turn),
            (None, None) => return SimDuration::ZERO,
        };
        let signed = |length: u64| i64::try_from(length).unwrap_or(0);
        let (turn, distance) = (signed(turn.micros()).max(1), signed(after.since(before).micros()).max(1));
        // The drift is the distance to the next poll minus whole turns. `moved` is the part of it
        // until `now`.
        let drift = (distance + turn / 2) % turn - turn / 2;
        let moved = drift * signed(now.since(before).micros()) / distance;
        let phase = (signed(before.micros()) + moved).rem_euclid(turn);
        SimDuration::from_micros(u64::try_from(phase).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::micros;

    #[test]
    fn the_followed_phase_is_linear_between_polls_and_constant_before_the_first_and_after_the_last() {
        let follow = Follow { polls: vec![micros(130_000), micros(231_000), micros(330_000)] };
        let at = |now| follow.phase(micros(now), SimDuration::from_millis(100)).micros();
        assert_eq!([0, 130_000, 180_500, 231_000, 280_500, 900_000].map(at), [30_000, 30_000, 30_500, 31_000, 30_500, 30_000]);
        assert_eq!(Follow { polls: Vec::new() }.phase(micros(5), SimDuration::ZERO), SimDuration::ZERO);
    }
}
