//! Ticks at round numbers: 1, 2 or 5 times a power of ten, the same for every picture that shares an axis.

use crate::time::SimTime;

/// A mark on an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick<T> {
    /// Where.
    pub value: T,
    /// What is written there.
    pub label: String,
}

/// Round moments from `from` to `to`, at most `most` of them, in seconds with the decimals that they need.
#[must_use]
pub fn time_ticks(from: SimTime, to: SimTime, most: usize) -> Vec<Tick<SimTime>> {
    let moments = round_numbers(from.micros(), to.micros(), most).into_iter().map(SimTime::from_micros);
    moments.map(|value| Tick { value, label: format!("{value} s") }).collect()
}

/// Round counts from 0 to `to`, at most `most` of them.
#[must_use]
pub fn count_ticks(to: u64, most: usize) -> Vec<Tick<u64>> {
    round_numbers(0, to, most).into_iter().map(|value| Tick { value, label: value.to_string() }).collect()
}

/// Multiples of the smallest round step of which no more than `most` lie from `from` to `to`.
pub(super) fn round_numbers(from: u64, to: u64, most: usize) -> Vec<u64> {
    let Some(span) = to.checked_sub(from).filter(|_| most > 0) else { return Vec::new() };
    let steps = (0..19).flat_map(|power| [1, 2, 5].map(|digit: u64| digit.saturating_mul(10_u64.pow(power))));
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let step = steps.into_iter().find(|step| span / step < most).unwrap_or(u64::MAX);
    let first = from.div_ceil(step).saturating_mul(step);
    std::iter::successors(Some(first), |value| value.checked_add(step)).take_while(|value| *value <= to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(from: u64, to: u64, most: usize) -> Vec<String> {
        let moment = SimTime::from_micros;
        time_ticks(moment(from), moment(to), most).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_stand_at_round_seconds_with_no_more_decimals_than_needed() {
        assert_eq!(labels(0, 6_400_000, 8), ["0 s", "1 s", "2 s", "3 s", "4 s", "5 s", "6 s"]);
        assert_eq!(labels(3_210_000, 3_350_000, 4), ["3.25 s", "3.3 s", "3.35 s"]);
    }

    proptest! {
        #[test]
        fn there_are_never_more_ticks_than_asked_for_and_all_lie_on_the_axis(
            from in 0_u64..1_000_000_000, length in 0_u64..1_000_000_000, most in 0_usize..20,
        ) {
            let ticks = round_numbers(from, from + length, most);
            prop_assert!(ticks.len() <= most);
            prop_assert!(ticks.iter().all(|tick| (from..=from + length).contains(tick)));
        }
    }
}
