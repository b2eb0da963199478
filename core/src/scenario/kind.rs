//! The kinds of values that a field can have: what each allows, and how it is read from text and
//! written as text.

use super::choice::words;
use crate::decimal::billionths;
use crate::time::SimDuration;
use std::fmt;

const A_BILLION: u64 = 1_000_000_000;
const MICROS_PER_SECOND: u64 = 1_000_000;

/// What a field may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// A whole number between these, both included.
    Count(u32, u32),
    /// Seconds between these, both included; decimals and an exponent are allowed.
    Seconds(u32, u32),
    /// 0 or 1.
    Switch,
    /// One of these words.
    Word(Vec<&'static str>),
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(least, most) => write!(f, "a whole number from {least} to {most}"),
            Self::Seconds(least, most) => write!(f, "seconds from {least} to {most}"),
            Self::Switch => f.write_str("0 or 1"),
            Self::Word(words) => f.write_str(&words.join(", ")),
        }
    }
}

/// How the values of a field are read and written.
pub(super) trait Kind {
    /// The type in the scenario.
    type Value;

    /// What is allowed.
    fn domain(&self) -> Domain;

    /// The value as a URL has it.
    fn text(&self, value: &Self::Value) -> String;

    /// The value that `text` means; none if that is not allowed.
    fn read(&self, text: &str) -> Option<Self::Value>;

    /// A count as it is, a time in microseconds; none for a switch or a word.
    fn amount(&self, _value: &Self::Value) -> Option<u64> {
        None
    }

    /// The value with this amount, clamped to what is allowed.
    fn with_amount(&self, _amount: u64) -> Option<Self::Value> {
        None
    }
}

/// A whole number from the first to the second.
pub(super) struct Count(pub(super) u32, pub(super) u32);

impl Kind for Count {
    type Value = u32;

    fn domain(&self) -> Domain {
        Domain::Count(self.0, self.1)
    }

    fn text(&self, value: &u32) -> String {
        value.to_string()
    }

    fn read(&self, text: &str) -> Option<u32> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number| is_plain && (self.0..=self.1).contains(number))
    }

    fn amount(&self, value: &u32) -> Option<u64> {
        Some((*value).into())
    }

    fn with_amount(&self, amount: u64) -> Option<u32> {
        Some(u32::try_from(amount).unwrap_or(u32::MAX).clamp(self.0, self.1))
    }
}

/// Seconds from the first to the second, kept as whole microseconds.
pub(super) struct Seconds(pub(super) u32, pub(super) u32);

impl Seconds {
    fn billionths(&self, text: &str) -> Option<u64> {
        let [least, most] = [self.0, self.1].map(|seconds| u64::from(seconds) * A_BILLION);
        billionths(text).filter(|number| (least..=most).contains(number))
    }
}

impl Kind for Seconds {
    type Value = SimDuration;

    fn domain(&self) -> Domain {
        Domain::Seconds(self.0, self.1)
    }

    fn text(&self, value: &SimDuration) -> String {
        value.to_string()
    }

    fn read(&self, text: &str) -> Option<SimDuration> {
        self.billionths(text).and_then(|_| SimDuration::parse(text))
    }

    fn amount(&self, value: &SimDuration) -> Option<u64> {
        Some(value.micros())
    }

    fn with_amount(&self, amount: u64) -> Option<SimDuration> {
        let [least, most] = [self.0, self.1].map(|seconds| u64::from(seconds) * MICROS_PER_SECOND);
        Some(SimDuration::from_micros(amount.clamp(least, most)))
    }
}

/// The same; zero is written for "not set" and read as that.
pub(super) struct SecondsOrUnset(pub(super) u32, pub(super) u32);

impl SecondsOrUnset {
    const fn seconds(&self) -> Seconds {
        Seconds(self.0, self.1)
    }
}

impl Kind for SecondsOrUnset {
    type Value = Option<SimDuration>;

    fn domain(&self) -> Domain {
        self.seconds().domain()
    }

    fn text(&self, value: &Option<SimDuration>) -> String {
        self.seconds().text(&value.unwrap_or_default())
    }

    fn read(&self, text: &str) -> Option<Option<SimDuration>> {
        self.seconds().read(text).map(|time| Some(time).filter(|time| !time.is_zero()))
    }

    fn amount(&self, value: &Option<SimDuration>) -> Option<u64> {
        self.seconds().amount(&value.unwrap_or_default())
    }

    fn with_amount(&self, amount: u64) -> Option<Option<SimDuration>> {
        self.seconds().with_amount(amount).map(|time| Some(time).filter(|time| !time.is_zero()))
    }
}

/// Seconds as `sqlite3_busy_timeout((int)(timeout * 1000))` gets them: whole milliseconds (fact
/// 5.1).
pub(super) struct BusyTimeout(pub(super) u32, pub(super) u32);

impl BusyTimeout {
    const fn seconds(&self) -> Seconds {
        Seconds(self.0, self.1)
    }
}

impl Kind for BusyTimeout {
    type Value = SimDuration;

    fn domain(&self) -> Domain {
        self.seconds().domain()
    }

    /// A length that Python cuts to this value. 1.001 times 1000 is 1000.9999999999999, so for
    /// 1.001 s it is a microsecond more.
    fn text(&self, value: &SimDuration) -> String {
        let is_kept = cut_by_python(value.micros() * 1000) == *value;
        let written = if is_kept { *value } else { SimDuration::from_micros(value.micros() + 1) };
        written.to_string()
    }

    fn read(&self, text: &str) -> Option<SimDuration> {
        self.seconds().billionths(text).map(cut_by_python)
    }

    fn amount(&self, value: &SimDuration) -> Option<u64> {
        self.seconds().amount(value)
    }

    fn with_amount(&self, amount: u64) -> Option<SimDuration> {
        self.seconds().with_amount(amount).map(|time| SimDuration::from_millis(time.millis()))
    }
}

/// The same floating-point product as in CPython, cut in the same way.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "bounded by the field's domain; cutting is the point"
)]
fn cut_by_python(billionths: u64) -> SimDuration {
    let seconds = billionths as f64 / A_BILLION as f64;
    SimDuration::from_millis((seconds * 1000.0) as u64)
}

/// On or off, written as 1 or 0.
pub(super) struct Switch;

impl Kind for Switch {
    type Value = bool;

    fn domain(&self) -> Domain {
        Domain::Switch
    }

    fn text(&self, value: &bool) -> String {
        u8::from(*value).to_string()
    }

    fn read(&self, text: &str) -> Option<bool> {
        switch(text)
    }
}

/// 0 or 1 as a switch.
pub(crate) fn switch(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

/// One of a few values, each with its spelling.
pub(super) struct Word<T: 'static>(pub(super) &'static [(T, &'static str)]);

impl<T: Copy + PartialEq> Kind for Word<T> {
    type Value = T;

    fn domain(&self) -> Domain {
        Domain::Word(words(self.0))
    }

    fn text(&self, value: &T) -> String {
        let word = self.0.iter().find(|(known, _)| known == value).map_or("", |(_, word)| word);
        word.to_owned()
    }

    fn read(&self, text: &str) -> Option<T> {
        self.0.iter().find(|(_, word)| *word == text).map(|(value, _)| *value)
    }
}
