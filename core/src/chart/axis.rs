//! Axis ticks at round numbers: multiples of a step that is 1, 2 or 5 times a power of ten.

use crate::time::SimTime;

/// A labelled tick on an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick<T> {
    /// The value that the tick marks.
    pub value: T,
    /// Its label, with the unit if the axis has one.
    pub label: String,
}

/// Ticks at round times from `from` to `to`, at most `max_ticks` of them. The labels are in seconds,
/// without trailing zeros.
#[must_use]
pub fn time_ticks(from: SimTime, to: SimTime, max_ticks: usize) -> Vec<Tick<SimTime>> {
    let times = round_numbers(from.micros(), to.micros(), max_ticks).into_iter().map(SimTime::from_micros);
    times.map(|value| Tick { value, label: format!("{value} s") }).collect()
}

/// Ticks at round counts from 0 to `to`, at most `max_ticks` of them.
#[must_use]
pub fn count_ticks(to: u64, max_ticks: usize) -> Vec<Tick<u64>> {
    round_numbers(0, to, max_ticks).into_iter().map(|value| Tick { value, label: value.to_string() }).collect()
}

/// Multiples of a round step from `from` to `to`. The step is the smallest that gives at most
/// `max_ticks` multiples.
pub(super) fn round_numbers(from: u64, to: u64, max_ticks: usize) -> Vec<u64> {
    let Some(span) = to.checked_sub(from).filter(|_| max_ticks > 0) else { return Vec::new() };
    let steps = (0..19).flat_map(|power| [1, 2, 5].map(|digit: u64| digit.saturating_mul(10_u64.pow(power))));
    let max_ticks = u64::try_from(max_ticks).unwrap_or(u64::MAX);
    let step = steps.into_iter().find(|step| span / step < max_ticks).unwrap_or(u64::MAX);
    let first = from.div_ceil(step).saturating_mul(step);
    std::iter::successors(Some(first), |value| value.checked_add(step)).take_while(|value| *value <= to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(from: u64, to: u64, max_ticks: usize) -> Vec<String> {
        let time = SimTime::from_micros;
        time_ticks(time(from), time(to), max_ticks).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_at_round_seconds_without_trailing_zeros() {
        assert_eq!(labels(0, 6_400_000, 8), ["0 s", "1 s", "2 s", "3 s", "4 s", "5 s", "6 s"]);
        assert_eq!(labels(3_210_000, 3_350_000, 4), ["3.25 s", "3.3 s", "3.35 s"]);
    }

    proptest! {
        #[test]
        fn there_are_at_most_max_ticks_and_all_are_on_the_axis(
            from in 0_u64..1_000_000_000, length in 0_u64..1_000_000_000, max_ticks in 0_usize..20,
        ) {
            let ticks = round_numbers(from, from + length, max_ticks);
            prop_assert!(ticks.len() <= max_ticks);
            prop_assert!(ticks.iter().all(|tick| (from..=from + length).contains(tick)));
        }
    }
}
