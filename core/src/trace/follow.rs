//! Following the bunches: how far one waiter, and with it its bunch, has drifted around the dial.
//!
//! A turn of the dial is as long as a long sleep; from poll to poll a little more passes, so that bunches move slowly clockwise. Seen
//! from the waiter that waits longest they stand still.

use super::bunches::phase;
use super::{EventKind, Trace, TraceIndex};
use crate::time::{SimDuration, SimTime};

/// Sleeps of a wait that are shorter than a turn (fact 3.2).
const SHORT_SLEEPS: usize = 11;

/// The polls of the waiter that is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    polls: Vec<SimTime>,
}

impl Follow {
    /// Follows the longest wait of `trace`, once its sleeps are a turn long.
    #[must_use]
    pub fn longest_wait(trace: &Trace, index: &TraceIndex) -> Self {
        let longest = index.waits.all().iter().max_by_key(|wait| wait.to.unwrap_or_else(|| trace.end()).since(wait.from));
        let polls = longest.map_or_else(Vec::new, |wait| {
            let events = index.events.of(wait.task).iter().filter_map(|place| trace.events.get(*place as usize));
            let its_own = events.filter(|event| event.at >= wait.from && wait.to.is_none_or(|end| event.at <= end));
            let polls = its_own.filter(|event| matches!(event.kind, EventKind::Attempt { .. })).map(|event| event.at);
            polls.skip(SHORT_SLEEPS).collect()
        });
        Self { polls }
    }

    /// The phase at which the followed waiter stands at `now`, moving evenly from each poll to the next.
    #[must_use]
    pub fn phase(&self, now: SimTime, turn: SimDuration) -> SimDuration {
        let past = self.polls.partition_point(|poll| *poll <= now);
        let (before, after) = match (past.checked_sub(1).and_then(|last| self.polls.get(last)), self.polls.get(past)) {
            (Some(before), Some(after)) => (*before, *after),
            (Some(only), None) | (None, Some(only)) => return phase(*only, turn),
            (None, None) => return SimDuration::ZERO,
        };
        let signed = |length: u64| i64::try_from(length).unwrap_or(0);
        let (turn, way) = (signed(turn.micros()).max(1), signed(after.since(before).micros()).max(1));
        // What the way to the next poll is longer than whole turns, or shorter; and as much of it as is gone.
        let more = (way + turn / 2) % turn - turn / 2;
        let moved = more * signed(now.since(before).micros()) / way;
        let place = (signed(before.micros()) + moved).rem_euclid(turn);
        SimDuration::from_micros(u64::try_from(place).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::micros;

    #[test]
    fn the_followed_phase_moves_evenly_from_poll_to_poll_and_stands_before_the_first_and_after_the_last() {
        let follow = Follow { polls: vec![micros(130_000), micros(231_000), micros(330_000)] };
        let at = |now| follow.phase(micros(now), SimDuration::from_millis(100)).micros();
        assert_eq!([0, 130_000, 180_500, 231_000, 280_500, 900_000].map(at), [30_000, 30_000, 30_500, 31_000, 30_500, 30_000]);
        assert_eq!(Follow { polls: Vec::new() }.phase(micros(5), SimDuration::ZERO), SimDuration::ZERO);
    }
}
