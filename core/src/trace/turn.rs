//! The length of one turn of the poll clock: the actual length of a 100 ms sleep.

use super::{Event, EventKind};
use crate::pieces::{Pacer, at_once, no_pause};
use crate::time::SimDuration;

/// Units of work per event in one scan.
const UNITS_PER_EVENT: usize = 1;

/// The median of the actual lengths of all 100 ms sleeps in a run; `None` if there are none.
#[must_use]
pub fn turn(events: &[Event]) -> Option<SimDuration> {
    at_once(turn_in_pieces(events, &mut Pacer::new(no_pause)))
}

/// Computes the median without sorting. The first scan counts sleeps by their upper 16 bits. The
/// second scan counts those with the median's upper bits by their lower 16 bits.
pub(crate) async fn turn_in_pieces(events: &[Event], pacer: &mut Pacer<'_>) -> Option<SimDuration> {
    let mut upper_halves = Counts::default();
    pacer.for_each(events, UNITS_PER_EVENT, |event| upper_halves.add(long_sleep(event).map(|sleep| sleep >> 16))).await;
    let (upper, rank) = upper_halves.at_rank(upper_halves.total() / 2)?;
    let mut lower_halves = Counts::default();
    let with_upper = |sleep: &u32| sleep >> 16 == upper;
    pacer
        .for_each(events, UNITS_PER_EVENT, |event| {
            lower_halves.add(long_sleep(event).filter(with_upper).map(|sleep| sleep & 0xFFFF));
        })
        .await;
    let (lower, _) = lower_halves.at_rank(rank)?;
    Some(SimDuration::from_micros((upper << 16 | lower).into()))
}

/// The actual length of the event's 100 ms sleep, in microseconds; `None` for other events.
const fn long_sleep(event: &Event) -> Option<u32> {
    match event.kind {
        EventKind::Backoff { asked_ms: 100, sleeps_us } => Some(sleeps_us),
        _ => None,
    }
}

/// A histogram of 16-bit numbers; it grows to the largest number.
#[derive(Default)]
struct Counts(Vec<u32>);

impl Counts {
    fn add(&mut self, number: Option<u32>) {
        let Some(index) = number.map(|number| number as usize) else { return };
        if self.0.len() <= index {
            self.0.resize(index + 1, 0);
        }
        self.0[index] += 1;
    }

    fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// The number at index `rank` of the sorted list of all numbers, and its rank among equal
    /// numbers.
    fn at_rank(&self, mut rank: u32) -> Option<(u32, u32)> {
        for (count, number) in self.0.iter().zip(0..) {
            match rank.checked_sub(*count) {
                Some(left) => rank = left,
                None => return Some((number, rank)),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SimTime;
    use crate::trace::TaskId;
    use proptest::prelude::*;

    fn sleeps(sleeps: &[(u32, u32)]) -> Vec<Event> {
        let event = |&(asked_ms, sleeps_us): &(u32, u32)| Event {
            at: SimTime::ZERO,
            task: TaskId::new(1),
            kind: EventKind::Backoff { asked_ms, sleeps_us },
        };
        sleeps.iter().map(event).collect()
    }

    #[test]
    fn only_the_sleeps_of_100_ms_count() {
        assert_eq!(turn(&sleeps(&[(50, 1), (100, 100_500), (25, 2)])), Some(SimDuration::from_micros(100_500)));
        assert_eq!(turn(&sleeps(&[(50, 1)])), None);
    }

    proptest! {
        #[test]
        fn the_turn_is_the_median(mut lengths in prop::collection::vec(0_u32..300_000, 1..50)) {
            let found = turn(&sleeps(&lengths.iter().map(|length| (100, *length)).collect::<Vec<_>>()));
            lengths.sort_unstable();
            prop_assert_eq!(found, Some(SimDuration::from_micros(lengths[lengths.len() / 2].into())));
        }
    }
}
