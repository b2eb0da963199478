//! Bunches: waiters that poll at almost the same time. Only one waiter of a bunch gets the lock per
//! turn.
//!
//! This is the only implementation of the definition in fact 13.1, for the page, the findings and
//! measured polls. A bunch has three or more waiters whose next polls, modulo one turn, follow each
//! other by less than a millisecond. Its width spans the middle 90 % of them.

use crate::time::{SimDuration, SimTime};

/// Neighbours at least this far apart on the circle belong to different bunches.
pub const GAP: SimDuration = SimDuration::from_millis(1);
/// Minimum number of waiters in a bunch.
pub const SMALLEST: usize = 3;

/// Waiters that poll at almost the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bunch {
    /// The phase at which its first member polls.
    pub phase: SimDuration,
    /// Time from the first member's poll to the last member's.
    pub extent: SimDuration,
    /// Time over which the polls of the middle 90 % of its members are spread.
    pub width: SimDuration,
    /// Number of members.
    pub members: usize,
}

/// The phase of a time on the circle of one turn; zero if the turn has zero length.
#[must_use]
pub fn phase(time: SimTime, turn: SimDuration) -> SimDuration {
    SimDuration::from_micros(time.micros().checked_rem(turn.micros()).unwrap_or(0))
}

/// The bunches among waiters with these next polls, clockwise from the first one that begins after
/// phase zero.
#[must_use]
pub fn bunches(next_polls: impl IntoIterator<Item = SimTime>, turn: SimDuration) -> Vec<Bunch> {
    let mut phases: Vec<u64> = next_polls.into_iter().map(|poll| phase(poll, turn).micros()).collect();
    phases.sort_unstable();
    // The circle is cut at its first gap. Without a gap, all waiters are one bunch.
    let gap_after = |pair: &[u64]| pair[1] - pair[0] >= GAP.micros();
    let wraps_around = phases.first().zip(phases.last()).is_some_and(|(first, last)| first + turn.micros() - last < GAP.micros());
    let cut = if wraps_around { phases.windows(2).position(gap_after).map_or(0, |gap| gap + 1) } else { 0 };
    let mut unrolled = phases.split_off(cut);
    unrolled.extend(phases.into_iter().map(|phase| phase + turn.micros()));
    unrolled
        .chunk_by(|one, next| next - one < GAP.micros())
        .filter(|members| members.len() >= SMALLEST)
        .map(|members| new_bunch(members, turn))
        .collect()
}

fn new_bunch(members: &[u64], turn: SimDuration) -> Bunch {
    let last = members.len() - 1;
    let length = |from: usize, to: usize| SimDuration::from_micros(members[to] - members[from]);
    // 5 % of the members on each side are outside of the width.
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
    fn three_waiters_with_small_gaps_are_a_bunch_and_two_are_not() {
        let polls = [10_000, 10_999, 11_998, 20_000, 20_100, 30_000, 31_000, 32_000];
        assert_eq!(bunched(&polls, TURN), [(10_000, 1_998, 3)]);
    }

    #[test]
    fn a_bunch_across_the_top_of_the_dial_is_not_split() {
        assert_eq!(bunched(&[99_700, 200_300, 300_900, 50_000], TURN), [(99_700, 1_200, 3)]);
    }

    #[test]
    fn waiters_all_around_the_circle_are_one_bunch() {
        let polls: Vec<u64> = (0..200).map(|number| number * 500).collect();
        assert_eq!(bunched(&polls, TURN), [(0, 99_500, 200)]);
    }

    #[test]
    fn a_turn_of_zero_length_puts_all_waiters_at_one_phase() {
        assert_eq!(bunched(&[1, 50_000, 99_000], SimDuration::ZERO), [(0, 0, 3)]);
    }

    #[test]
    fn the_width_leaves_out_five_percent_on_each_side() {
        let polls = (0..40).map(|number| SimTime::from_micros(number * 100));
        let found = bunches(polls, TURN);
        assert_eq!((found[0].extent.micros(), found[0].width.micros()), (3_900, 3_500));
    }

    proptest! {
        #[test]
        fn turning_the_dial_changes_only_the_phase_of_a_bunch(
            polls in prop::collection::vec(0_u64..500_000, 0..80), by in 0_u64..100_000,
        ) {
            let sizes = |shift: u64| {
                let shifted: Vec<u64> = polls.iter().map(|at| at + shift).collect();
                let mut sizes: Vec<_> = bunched(&shifted, TURN).iter().map(|bunch| (bunch.1, bunch.2)).collect();
                sizes.sort_unstable();
                sizes
            };
            let (before, after) = (sizes(0), sizes(by));
            // Without a gap the circle is cut at phase zero, so the extent depends on the shift.
            if before.len() > 1 || before.iter().all(|bunch| bunch.0 < 90_000) {
                prop_assert_eq!(before, after);
            }
        }
    }
}
