//! The settings that can be swept: their names, their usual range, and values at round numbers.

use crate::scenario::{Field, Scenario};
use crate::time::SimDuration;

/// A setting that can be swept.
#[derive(Debug, PartialEq, Eq)]
pub struct Axis {
    /// The field of the scenario.
    pub field: Field,
    /// Its name on the page.
    pub name: &'static str,
    /// What follows a value in a sentence: "200 tasks", "5 s of timeout".
    of: &'static str,
    /// Where the usual sweep begins and ends, as the scenario writes it.
    pub usual: (&'static str, &'static str),
}

/// All of them.
pub const AXES: [Axis; 4] = [
    Axis { field: Field::Tasks, name: "Tasks", of: " tasks", usual: ("20", "2000") },
    Axis { field: Field::Timeout, name: "Busy timeout", of: " of timeout", usual: ("0.5", "10") },
    Axis { field: Field::Sleep, name: "Sleep before commit", of: " of sleep", usual: ("0", "3") },
    Axis { field: Field::CommitTime, name: "COMMIT time", of: " of COMMIT", usual: ("0.001", "0.04") },
];

impl Axis {
    /// The axis of a field, if that can be swept.
    #[must_use]
    pub fn of(field: Field) -> Option<&'static Self> {
        AXES.iter().find(|axis| axis.field == field)
    }

    /// Whether steps are factors: a hundred tasks more are much to ten and little to a thousand.
    #[must_use]
    pub fn by_factors(&self) -> bool {
        self.field == Field::Tasks
    }

    /// The value that `text` means: a count, or microseconds.
    ///
    /// # Errors
    /// If the field cannot be that; the message names the field and what is allowed.
    pub fn parse(&self, text: &str) -> Result<u64, String> {
        let mut scenario = Scenario::default();
        scenario.set(self.field, text.trim()).map_err(|error| error.to_string())?;
        Ok(self.value_of(&scenario))
    }

    /// The value as the scenario writes it, so that [`Self::parse`] gives it back.
    #[must_use]
    pub fn text(&self, value: u64) -> String {
        self.with(&Scenario::default(), value).text(self.field)
    }

    /// `base` with this value, a timeout cut to whole milliseconds. By the value and not by its text: of 8.03 s Python would
    /// make 8.029 s (fact 5.1), and of what the text of one value became, again another.
    #[must_use]
    pub fn with(&self, base: &Scenario, value: u64) -> Scenario {
        let mut scenario = base.clone();
        scenario.set_amount(self.field, value);
        scenario
    }

    /// The value as an axis has it: "200", "2.5 s", "20 ms".
    #[must_use]
    pub fn label(&self, value: u64) -> String {
        const SHORT: u64 = 100_000;
        match self.field {
            Field::Tasks => value.to_string(),
            // A thousand times as long in seconds, so that it is written in milliseconds.
            _ if (1..SHORT).contains(&value) => format!("{} ms", SimDuration::from_millis(value)),
            _ => format!("{} s", SimDuration::from_micros(value)),
        }
    }

    /// The value in a sentence: "200 tasks", "2.5 s of timeout".
    #[must_use]
    pub fn phrase(&self, value: u64) -> String {
        [&self.label(value), self.of].concat()
    }

    /// The unit of its values on the page, if it has one.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        self.field.unit()
    }

    /// What `scenario` has.
    #[must_use]
    pub fn value_of(&self, scenario: &Scenario) -> u64 {
        scenario.amount(self.field).unwrap_or_default()
    }

    /// Values from `from` to `to`, both included, at round numbers; `most` of them or somewhat fewer.
    #[must_use]
    pub fn values(&self, from: u64, to: u64, most: u32) -> Vec<u64> {
        let exact = if self.by_factors() { by_factors(from, to, most) } else { by_steps(from, to, most) };
        let mut values: Vec<u64> =
            exact.into_iter().map(|value| self.value_of(&self.with(&Scenario::default(), value))).collect();
        values.dedup();
        values
    }
}

/// Equal steps.
fn by_steps(from: u64, to: u64, most: u32) -> Vec<u64> {
    let last = u64::from(most.max(2)) - 1;
    let unit = power_of_ten_below((to - from) / last) / 10;
    let inner = (1..last).map(|step| round(from + (to - from) * step / last, unit).clamp(from, to));
    std::iter::once(from).chain(inner).chain([to]).collect()
}

/// Tenths that divide a factor of ten into about equal ones, roundest numbers last: the values at which one would measure.
const SERIES: [&[u64]; 3] = [&[10, 12, 14, 17, 20, 25, 30, 40, 50, 60, 70, 85], &[10, 14, 20, 30, 50, 70], &[10, 20, 50]];

/// The first series that has `most` values or not many fewer; equal factors where none has.
fn by_factors(from: u64, to: u64, most: u32) -> Vec<u64> {
    let of_series = |tenths: &[u64]| -> Vec<u64> {
        let all = (0..8).flat_map(|power| tenths.iter().map(move |tenth| tenth * 10_u64.pow(power) / 10));
        std::iter::once(from).chain(all.filter(|value| (from + 1..to).contains(value))).chain([to]).collect()
    };
    let most = most.max(2);
    let fits = |values: &Vec<u64>| values.len() <= most as usize && values.len() * 3 > most as usize * 2;
    SERIES.into_iter().map(of_series).find(fits).unwrap_or_else(|| {
        let last = most - 1;
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
    use crate::sweep::{Sweep, job};
    use proptest::prelude::*;

    fn axis(field: Field) -> &'static Axis {
        Axis::of(field).expect("it can be swept")
    }

    #[test]
    fn tasks_go_by_factors_and_times_by_equal_steps_at_round_numbers() {
        let tasks = |from, to, most| axis(Field::Tasks).values(from, to, most);
        assert_eq!(tasks(20, 2000, 10), [20, 50, 100, 200, 500, 1000, 2000]);
        assert_eq!(tasks(20, 2000, 13), [20, 30, 50, 70, 100, 140, 200, 300, 500, 700, 1000, 1400, 2000]);
        assert_eq!(tasks(20, 2000, 3), [20, 200, 2000]);
        assert_eq!(tasks(100, 110, 3), [100, 105, 110]);
        let timeouts: Vec<_> = axis(Field::Timeout).values(1_000_000, 10_000_000, 8);
        let texts: Vec<_> = timeouts.into_iter().map(|value| axis(Field::Timeout).text(value)).collect();
        assert_eq!(texts, ["1", "2.3", "3.6", "4.9", "6.1", "7.4", "8.7", "10"]);
    }

    #[test]
    fn short_times_are_told_in_milliseconds() {
        let label = |micros| axis(Field::CommitTime).label(micros);
        assert_eq!([0, 650, 22_000, 250_000].map(label), ["0 s", "0.65 ms", "22 ms", "0.25 s"]);
        assert_eq!(axis(Field::Tasks).phrase(200), "200 tasks");
    }

    #[test]
    fn every_axis_can_be_swept_over_its_usual_range() {
        for axis in &AXES {
            let (from, to) = (axis.parse(axis.usual.0).expect("a value"), axis.parse(axis.usual.1).expect("a value"));
            assert!((6..=10).contains(&axis.values(from, to, 10).len()), "{}", axis.name);
        }
        assert_eq!(Axis::of(Field::Seed), None);
    }

    #[test]
    fn a_value_that_python_cuts_is_the_cut_one() {
        let timeout = axis(Field::Timeout);
        assert_eq!(timeout.parse("8.03"), Ok(8_029_000));
        assert_eq!(timeout.with(&Scenario::default(), 8_029_000).timeout, SimDuration::from_millis(8029));
        assert_eq!(timeout.parse(&timeout.text(8_030_000)), Ok(8_030_000));
    }

    #[test]
    fn text_that_the_field_cannot_take_is_refused_with_what_is_allowed() {
        let refusal = axis(Field::Timeout).parse("soon").expect_err("no number");
        assert!(refusal.contains("timeout") && refusal.contains("0 to 600"), "{refusal}");
    }

    proptest! {
        #[test]
        fn values_rise_from_one_end_to_the_other_and_mean_what_their_text_says(
            place in 0..AXES.len(), one in 1..10_000_u64, two in 1..10_000_u64, count in 2..50_u32,
        ) {
            let axis = &AXES[place];
            let unit = if axis.by_factors() { 1 } else { 1000 };
            let (from, to) = (one.min(two) * unit, one.max(two) * unit + unit);
            let values = axis.values(from, to, count);
            prop_assert!(values.is_sorted_by(|one, next| one < next) && values.len() <= count as usize);
            prop_assert!(values[0].abs_diff(from) <= unit && values.last().is_some_and(|last| last.abs_diff(to) <= unit));
            for value in values {
                let scenario = Sweep { base: Scenario::default(), axis, values: Vec::new(), seeds: 1 }.scenario(value, 1);
                prop_assert_eq!(axis.value_of(&job::read(&job::write(&scenario))), value);
            }
        }
    }
}
