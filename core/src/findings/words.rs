//! Lengths of time as a sentence has them.

use crate::time::SimDuration;
use std::fmt;

/// A length of time with its unit, two or three digits long.
pub(super) struct Long(pub(super) SimDuration);

impl fmt::Display for Long {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, name) = if self.0 < SimDuration::from_millis(1000) { (1_000, "ms") } else { (1_000_000, "s") };
        // Rounded to tenths of the unit; whole where tenths would be noise.
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
    fn lengths_have_a_unit_and_no_more_digits_than_mean_something() {
        let long = |micros| Long(SimDuration::from_micros(micros)).to_string().replace('\u{a0}', " ");
        assert_eq!((long(0), long(40), long(1_400), long(2_000)), ("0 ms".into(), "0 ms".into(), "1.4 ms".into(), "2 ms".into()));
        assert_eq!((long(31_250), long(999_949), long(5_600_000)), ("31 ms".into(), "1000 ms".into(), "5.6 s".into()));
        assert_eq!((long(5_000_000), long(12_340_000)), ("5 s".into(), "12 s".into()));
    }
}
