//! The settings that can be swept: their names, their default ranges, and values at round numbers.

use crate::scenario::{Field, Scenario};
use crate::time::SimDuration;

/// A setting that can be swept.
#[derive(Debug, PartialEq, Eq)]
pub struct Axis {
    /// The field of the scenario.
    pub field: Field,
    /// Its name on the page.
    pub name: &'static str,
    /// The text after a value in a sentence: "200 tasks", "5 s of timeout".
    suffix: &'static str,
    /// First and last value of the default range, as a query string writes them.
    pub default_range: (&'static str, &'static str),
}

/// Every axis.
pub const AXES: [Axis; 4] = [
    Axis { field: Field::Tasks, name: "Tasks", suffix: " tasks", default_range: ("20", "2000") },
    Axis { field: Field::Timeout, name: "Busy timeout", suffix: " of timeout", default_range: ("0.5", "10") },
    Axis { field: Field::Sleep, name: "Sleep before commit", suffix: " of sleep", default_range: ("0", "3") },
    Axis { field: Field::CommitTime, name: "COMMIT time", suffix: " of COMMIT", default_range: ("0.001", "0.04") },
];

impl Axis {
    /// The axis of a field; `None` if the field cannot be swept.
    #[must_use]
    pub fn of(field: Field) -> Option<&'static Self> {
        AXES.iter().find(|axis| axis.field == field)
    }

    /// Whether the values grow by factors instead of by equal steps. Tasks do: 100 more are many
    /// after 10, and few after 1000.
    #[must_use]
    pub fn is_logarithmic(&self) -> bool {
        self.field == Field::Tasks
    }

    /// Parses a value: a count, or seconds. Times are returned in microseconds.
    ///
    /// # Errors
    /// If the field does not allow the value. The message names the field and what is allowed.
    pub fn parse(&self, text: &str) -> Result<u64, String> {
        let mut scenario = Scenario::default();
        scenario.set(self.field, text.trim()).map_err(|error| error.to_string())?;
        Ok(self.value_of(&scenario))
    }

    /// The value as a query string writes it. [`Self::parse`] reads it back.
    #[must_use]
    pub fn text(&self, value: u64) -> String {
        self.with(&Scenario::default(), value).text(self.field)
    }

    /// `base` with this value; a timeout is cut to whole milliseconds. The value is not set through
    /// its text, because Python turns 8.03 s into 8.029 s (fact 5.1), and each conversion to text
    /// and back could change it again.
    #[must_use]
    pub fn with(&self, base: &Scenario, value: u64) -> Scenario {
        let mut scenario = base.clone();
        scenario.set_amount(self.field, value);
        scenario
    }

    /// The value as a label: "200", "2.5 s", "20 ms".
    #[must_use]
    pub fn label(&self, value: u64) -> String {
        const MILLISECONDS_BELOW: u64 = 100_000;
        match self.field {
            Field::Tasks => value.to_string(),
            // A duration prints as seconds, so one that is 1000 times as long prints the
            // milliseconds.
            _ if (1..MILLISECONDS_BELOW).contains(&value) => format!("{} ms", SimDuration::from_millis(value)),
            _ => format!("{} s", SimDuration::from_micros(value)),
        }
    }

    /// The value in a sentence: "200 tasks", "2.5 s of timeout".
    #[must_use]
    pub fn phrase(&self, value: u64) -> String {
        [&self.label(value), self.suffix].concat()
    }

    /// The unit of the values on the page; empty for counts.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        self.field.unit()
    }

    /// The value of this axis in `scenario`.
    #[must_use]
    pub fn value_of(&self, scenario: &Scenario) -> u64 {
        scenario.amount(self.field).unwrap_or_default()
    }

    /// Values at round numbers from `from` to `to`, both included: at most `max`, and sometimes
    /// fewer.
    #[must_use]
    pub fn values(&self, from: u64, to: u64, max: u32) -> Vec<u64> {
        let exact = if self.is_logarithmic() { by_factors(from, to, max) } else { by_steps(from, to, max) };
        let mut values: Vec<u64> =
            exact.into_iter().map(|value| self.value_of(&self.with(&Scenario::default(), value))).collect();
        values.dedup();
        values
    }
}

/// Values with equal steps.
fn by_steps(from: u64, to: u64, max: u32) -> Vec<u64> {
    let last = u64::from(max.max(2)) - 1;
    let unit = power_of_ten_below((to - from) / last) / 10;
    let inner = (1..last).map(|step| round(from + (to - from) * step / last, unit).clamp(from, to));
    std::iter::once(from).chain(inner).chain([to]).collect()
}

/// Round numbers, in tenths, that divide a factor of ten into about equal factors. The series with
/// the roundest numbers is last.
const SERIES: [&[u64]; 3] = [&[10, 12, 14, 17, 20, 25, 30, 40, 50, 60, 70, 85], &[10, 14, 20, 30, 50, 70], &[10, 20, 50]];

/// The first series with `max` values or slightly fewer; otherwise values with equal factors.
fn by_factors(from: u64, to: u64, max: u32) -> Vec<u64> {
    let from_series = |tenths: &[u64]| -> Vec<u64> {
        let all = (0..8).flat_map(|power| tenths.iter().map(move |tenth| tenth * 10_u64.pow(power) / 10));
        std::iter::once(from).chain(all.filter(|value| (from + 1..to).contains(value))).chain([to]).collect()
    };
    let max = max.max(2);
    let fits = |values: &Vec<u64>| values.len() <= max as usize && values.len() * 3 > max as usize * 2;
    SERIES.into_iter().map(from_series).find(fits).unwrap_or_else(|| {
        let last = max - 1;
        let unit = power_of_ten_below((to - from) / u64::from(last)) / 10;
        let inner = (1..last).map(|step| round(at_factor(from, to, step, last), unit).clamp(from, to));
        std::iter::once(from).chain(inner).chain([to]).collect()
    })
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts of tasks")]
fn at_factor(from: u64, to: u64, step: u32, last: u32) -> u64 {
    let from = from.max(1) as f64;
    (from * (to as f64 / from).powf(f64::from(step) / f64::from(last))).round() as u64
}

const fn power_of_ten_below(value: u64) -> u64 {
    if value == 0 { 0 } else { 10_u64.pow(value.ilog10()) }
}

/// The nearest multiple of `unit`.
fn round(value: u64, unit: u64) -> u64 {
    (value + unit / 2).checked_div(unit).map_or(value, |count| count * unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::query;
    use crate::sweep::Sweep;
    use proptest::prelude::*;

    fn axis(field: Field) -> &'static Axis {
        Axis::of(field).expect("it can be swept")
    }

    #[test]
    fn tasks_grow_by_factors_and_times_by_equal_steps_at_round_numbers() {
        let tasks = |from, to, max| axis(Field::Tasks).values(from, to, max);
        assert_eq!(tasks(20, 2000, 10), [20, 50, 100, 200, 500, 1000, 2000]);
        assert_eq!(tasks(20, 2000, 13), [20, 30, 50, 70, 100, 140, 200, 300, 500, 700, 1000, 1400, 2000]);
        assert_eq!(tasks(20, 2000, 3), [20, 200, 2000]);
        assert_eq!(tasks(100, 110, 3), [100, 105, 110]);
        let timeouts: Vec<_> = axis(Field::Timeout).values(1_000_000, 10_000_000, 8);
        let texts: Vec<_> = timeouts.into_iter().map(|value| axis(Field::Timeout).text(value)).collect();
        assert_eq!(texts, ["1", "2.3", "3.6", "4.9", "6.1", "7.4", "8.7", "10"]);
    }

    #[test]
    fn short_times_are_shown_in_milliseconds() {
        let label = |micros| axis(Field::CommitTime).label(micros);
        assert_eq!([0, 650, 22_000, 250_000].map(label), ["0 s", "0.65 ms", "22 ms", "0.25 s"]);
        assert_eq!(axis(Field::Tasks).phrase(200), "200 tasks");
    }

    #[test]
    fn every_axis_can_be_swept_over_its_default_range() {
        for axis in &AXES {
            let (from, to) =
                (axis.parse(axis.default_range.0).expect("a value"), axis.parse(axis.default_range.1).expect("a value"));
            assert!((6..=10).contains(&axis.values(from, to, 10).len()), "{}", axis.name);
        }
        assert_eq!(Axis::of(Field::Seed), None);
    }

    #[test]
    fn a_timeout_is_cut_to_milliseconds_as_python_does() {
        let timeout = axis(Field::Timeout);
        assert_eq!(timeout.parse("8.03"), Ok(8_029_000));
        assert_eq!(timeout.with(&Scenario::default(), 8_029_000).timeout, SimDuration::from_millis(8029));
        assert_eq!(timeout.parse(&timeout.text(8_030_000)), Ok(8_030_000));
    }

    #[test]
    fn an_invalid_value_is_rejected_with_what_is_allowed() {
        let refusal = axis(Field::Timeout).parse("soon").expect_err("no number");
        assert!(refusal.contains("timeout") && refusal.contains("0 to 600"), "{refusal}");
    }

    proptest! {
        #[test]
        fn values_rise_from_one_end_to_the_other_and_survive_their_text(
            index in 0..AXES.len(), one in 1..10_000_u64, two in 1..10_000_u64, count in 2..50_u32,
        ) {
            let axis = &AXES[index];
            let unit = if axis.is_logarithmic() { 1 } else { 1000 };
            let (from, to) = (one.min(two) * unit, one.max(two) * unit + unit);
            let values = axis.values(from, to, count);
            prop_assert!(values.is_sorted_by(|one, next| one < next) && values.len() <= count as usize);
            prop_assert!(values[0].abs_diff(from) <= unit && values.last().is_some_and(|last| last.abs_diff(to) <= unit));
            for value in values {
                let scenario = Sweep { base: Scenario::default(), axis, values: Vec::new(), seeds: 1 }.scenario(value, 1);
                prop_assert_eq!(axis.value_of(&query::read_with_machine(&query::write_with_machine(&scenario))), value);
            }
        }
    }
}
