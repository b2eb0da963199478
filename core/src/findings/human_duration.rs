//! Durations in sentences.

use crate::time::SimDuration;
use std::fmt;

/// Displays a duration with its unit and few digits: `1.4 ms`, `31 ms`, `5 s`.
pub(super) struct HumanDuration(pub(super) SimDuration);

impl fmt::Display for HumanDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, name) = if self.0 < SimDuration::from_millis(1000) { (1_000, "ms") } else { (1_000_000, "s") };
        // Rounded to tenths of the unit, and to whole units from 10 units on.
        let tenths = (self.0.micros() + unit / 20) / (unit / 10);
        if tenths >= 100 || tenths.is_multiple_of(10) {
            write!(f, "{}\u{a0}{name}", (tenths + 5) / 10)
        } else {
            write!(f, "{}.{}\u{a0}{name}", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_a_unit_and_at_most_one_decimal() {
        let text = |micros| HumanDuration(SimDuration::from_micros(micros)).to_string().replace('\u{a0}', " ");
        assert_eq!((text(0), text(40), text(1_400), text(2_000)), ("0 ms".into(), "0 ms".into(), "1.4 ms".into(), "2 ms".into()));
        assert_eq!((text(31_250), text(999_949), text(5_600_000)), ("31 ms".into(), "1000 ms".into(), "5.6 s".into()));
        assert_eq!((text(5_000_000), text(12_340_000)), ("5 s".into(), "12 s".into()));
    }
}
