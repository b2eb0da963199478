//! Formats and parses decimal numbers with integer arithmetic.
//!
//! The standard library converts floats exactly, and its tables would be a twelfth of the page's
//! download. This module writes a fixed number of decimals, and parses to the nearest billionth.

use std::fmt;

/// Number of decimals that are parsed.
const DECIMALS: u32 = 9;

/// A number that is formatted with `decimals` decimals.
#[derive(Clone, Copy, Debug)]
pub struct Fixed {
    number: f64,
    decimals: u32,
}

/// `number` with `decimals` decimals, rounded half away from zero. NaN is written as 0. Only 18
/// digits are correct, which is enough for the page.
#[must_use]
pub const fn fixed(number: f64, decimals: u32) -> Fixed {
    Fixed { number, decimals }
}

impl fmt::Display for Fixed {
    #[expect(clippy::cast_possible_truncation, reason = "a cast of f64 saturates")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = 10_i64.pow(self.decimals);
        #[expect(clippy::cast_precision_loss, reason = "a power of ten of a few digits")]
        let scaled = (self.number * one as f64).round() as i64;
        if scaled < 0 {
            f.write_str("-")?;
        }
        let (whole, rest) = (scaled.unsigned_abs() / one.unsigned_abs(), scaled.unsigned_abs() % one.unsigned_abs());
        write!(f, "{whole}")?;
        if self.decimals == 0 {
            return Ok(());
        }
        let width = self.decimals as usize;
        write!(f, ".{rest:0width$}")
    }
}

/// Parses a number in billionths, rounded to the nearest: digits with an optional sign, decimal
/// point and exponent. `None` for other text, for negative numbers, and for numbers that are too
/// large.
#[must_use]
pub fn billionths(text: &str) -> Option<u64> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let negative = mantissa.starts_with('-');
    let mantissa = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let (whole, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.len() + rest.len() == 0 {
        return None;
    }
    // The power of ten of the digit before the first one.
    let power_before_first = i32::try_from(whole.len()).ok()?.checked_add(exponent)?.checked_add_unsigned(DECIMALS)?;
    let mut number: u64 = 0;
    let mut rounds_up = false;
    for (position, digit) in whole.bytes().chain(rest.bytes()).enumerate() {
        if !digit.is_ascii_digit() {
            return None;
        }
        let value = u64::from(digit - b'0');
        let power = power_before_first.checked_sub(i32::try_from(position).ok()?)?.checked_sub(1)?;
        match u32::try_from(power) {
            _ if value == 0 => {}
            Ok(power) => number = number.checked_add(value.checked_mul(10_u64.checked_pow(power)?)?)?,
            Err(_) if power == -1 => rounds_up = value >= 5,
            Err(_) => {}
        }
    }
    let number = number.checked_add(u64::from(rounds_up))?;
    (!negative || number == 0).then_some(number)
}

#[cfg(test)]
#[expect(clippy::cast_precision_loss, reason = "compared with what a float can hold")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_that_is_not_a_plain_number_is_rejected() {
        for text in [
            "", ".", "e1", "-", "+", "1e", "1e1.5", "1e99999999999", "inf", "NaN", "0x1", "1 ", "1_000", "-1", "1e30", "--1",
            "1.2.3",
        ] {
            assert_eq!(billionths(text), None, "{text:?}");
        }
        for (text, expected) in [
            ("5.", 5_000_000_000),
            (".5", 500_000_000),
            ("+1E-9", 1),
            ("-0", 0),
            ("0e99999", 0),
            ("1e-99999", 0),
            ("0.0000000005", 1),
        ] {
            assert_eq!(billionths(text), Some(expected), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_formatted_like_the_standard_library_does(thousandths in -9_000_000_000_i64..9_000_000_000, decimals in 3_u32..5) {
            // Only multiples of 1/8, which are exact: the library rounds the float itself, not its
            // decimal text.
            let number = f64::from(i32::try_from(thousandths / 8).expect("small")) / 8.0;
            let width = decimals as usize;
            prop_assume!(number != 0.0);
            prop_assert_eq!(fixed(number, decimals).to_string(), format!("{:.width$}", number));
        }

        #[test]
        fn text_is_parsed_like_the_standard_library_does(whole in 0_u32..1_000_000, rest in 0_u32..1_000_000_000, exponent in -4_i32..4) {
            let text = format!("{whole}.{rest:09}e{exponent}");
            let expected: f64 = text.parse().expect("a number");
            let read = billionths(&text).expect("a number");
            let difference = (expected * 1e9 - read as f64).abs();
            prop_assert!(difference <= 0.5 + expected * 1e9 * f64::EPSILON, "{} is not {}", read, expected);
        }

        #[test]
        fn text_is_accepted_if_the_standard_library_accepts_it(text in "[-+.eE0-9]{0,40}") {
            let expected = text.parse::<f64>().ok().filter(|number| (0.0..1e10).contains(number));
            let read = billionths(&text);
            if let (Some(read), Some(expected)) = (read, expected) {
                prop_assert!((read as f64 - expected * 1e9).abs() <= 1.0 + expected * 1e-6);
            }
            prop_assert_eq!(read.is_some(), expected.is_some(), "{}", text);
        }
    }
}
