//! Bunches: waiters that have come to poll together, and so get in one a turn instead of one a poll.
//!
//! Defined as fact 13.1 has it, once for the page, the findings and measured polls: waiters whose next polls, on the circle of one
//! turn, follow each other by less than a millisecond; three or more of them; the width holds the middle nine tenths.

use crate::time::{SimDuration, SimTime};

/// Neighbours on the circle that are so far apart belong to different bunches.
pub const GAP: SimDuration = SimDuration::from_millis(1);
/// Fewer than so many are no bunch.
pub const SMALLEST: usize = 3;

/// Waiters that poll together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bunch {
    /// Where on the turn its first member polls.
    pub phase: SimDuration,
    /// From the first member's poll to the last one's.
    pub extent: SimDuration,
    /// How far the middle nine tenths of its members are spread.
    pub width: SimDuration,
    /// How many there are.
    pub members: usize,
}

/// The place of a moment on the circle of one turn; zero if a turn has no length.
#[must_use]
pub fn phase(time: SimTime, turn: SimDuration) -> SimDuration {
    SimDuration::from_micros(time.micros().checked_rem(turn.micros()).unwrap_or(0))
}

/// The bunches among waiters with these next polls, clockwise from the first that begins after zero.
#[must_use]
pub fn bunches(next_polls: impl IntoIterator<Item = SimTime>, turn: SimDuration) -> Vec<Bunch> {
    let mut phases: Vec<u64> = next_polls.into_iter().map(|poll| phase(poll, turn).micros()).collect();
    phases.sort_unstable();
    // The circle is cut where it has its first gap; without any all waiters are one bunch.
    let gap_after = |pair: &[u64]| pair[1] - pair[0] >= GAP.micros();
    let closed = phases.first().zip(phases.last()).is_some_and(|(first, last)| first + turn.micros() - last < GAP.micros());
    let cut = if closed { phases.windows(2).position(gap_after).map_or(0, |gap| gap + 1) } else { 0 };
    let mut unrolled = phases.split_off(cut);
    unrolled.extend(phases.into_iter().map(|phase| phase + turn.micros()));
    unrolled
        .chunk_by(|one, next| next - one < GAP.micros())
        .filter(|members| members.len() >= SMALLEST)
        .map(|members| bunch(members, turn))
        .collect()
}

fn bunch(members: &[u64], turn: SimDuration) -> Bunch {
    let last = members.len() - 1;
    let length = |from: usize, to: usize| SimDuration::from_micros(members[to] - members[from]);
    // A twentieth of the members may lie on either side of the width.
    let outside = members.len() / 20;
    Bunch {
        phase: phase(SimTime::from_micros(members[0]), turn),
        extent: length(0, last),
        width: length(outside, last - outside),
        members: members.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TURN: SimDuration = SimDuration::from_millis(100);

    fn bunched(polls: &[u64], turn: SimDuration) -> Vec<(u64, u64, usize)> {
        let found = bunches(polls.iter().map(|at| SimTime::from_micros(*at)), turn);
        found.iter().map(|bunch| (bunch.phase.micros(), bunch.extent.micros(), bunch.members)).collect()
    }

    #[test]
    fn three_within_a_millisecond_of_each_other_are_a_bunch_and_two_are_none() {
        let polls = [10_000, 10_999, 11_998, 20_000, 20_100, 30_000, 31_000, 32_000];
        assert_eq!(bunched(&polls, TURN), [(10_000, 1_998, 3)]);
    }

    #[test]
    fn a_bunch_across_the_top_of_the_dial_is_one() {
        assert_eq!(bunched(&[99_700, 200_300, 300_900, 50_000], TURN), [(99_700, 1_200, 3)]);
    }

    #[test]
    fn waiters_all_around_the_circle_are_one_bunch() {
        let polls: Vec<u64> = (0..200).map(|number| number * 500).collect();
        assert_eq!(bunched(&polls, TURN), [(0, 99_500, 200)]);
    }

    #[test]
    fn a_turn_of_no_length_puts_everybody_into_one_instant() {
        assert_eq!(bunched(&[1, 50_000, 99_000], SimDuration::ZERO), [(0, 0, 3)]);
    }

    #[test]
    fn the_width_leaves_out_a_twentieth_on_either_side() {
        let polls = (0..40).map(|number| SimTime::from_micros(number * 100));
        let found = bunches(polls, TURN);
        assert_eq!((found[0].extent.micros(), found[0].width.micros()), (3_900, 3_500));
    }

    proptest! {
        #[test]
        fn turning_the_dial_changes_no_bunch_but_its_phase(
            polls in prop::collection::vec(0_u64..500_000, 0..80), by in 0_u64..100_000,
        ) {
            let sizes = |shift: u64| {
                let shifted: Vec<u64> = polls.iter().map(|at| at + shift).collect();
                let mut sizes: Vec<_> = bunched(&shifted, TURN).iter().map(|bunch| (bunch.1, bunch.2)).collect();
                sizes.sort_unstable();
                sizes
            };
            let (before, after) = (sizes(0), sizes(by));
            // Without a gap the circle is cut at its top, and the extent depends on where that is.
            if before.len() > 1 || before.iter().all(|bunch| bunch.0 < 90_000) {
                prop_assert_eq!(before, after);
            }
        }
    }
}
