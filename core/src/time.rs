//! Simulated time in whole microseconds. Units are converted only here.
//!
//! Seconds are used only for input and output (URL, command line, JSON, page). The model has no
//! floating point, so a run has the same bits on every machine (fact 13.10).

use crate::decimal::billionths;
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::{Add, AddAssign, Sub};

const MICROS_PER_SECOND: u64 = 1_000_000;

/// A point of simulated time: microseconds since just before the gather.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(u64);

/// A duration of simulated time, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimDuration(u64);

impl SimTime {
    /// Just before the gather.
    pub const ZERO: Self = Self(0);

    /// The time `micros` microseconds after the start.
    #[must_use]
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// Microseconds since the start.
    #[must_use]
    pub const fn micros(self) -> u64 {
        self.0
    }

    /// Seconds since the start, for charts and output.
    #[must_use]
    pub fn seconds(self) -> f64 {
        seconds(self.0)
    }

    /// The nearest time to `seconds`, for values from a pointer or a link. Negative values become
    /// zero.
    #[must_use]
    pub fn from_seconds(seconds: f64) -> Self {
        Self(micros(seconds))
    }

    /// The time since `earlier`; zero if `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }
}

impl SimDuration {
    /// The duration zero.
    pub const ZERO: Self = Self(0);

    /// A duration of `micros` microseconds.
    #[must_use]
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// A duration of `millis` milliseconds.
    #[must_use]
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis * 1000)
    }

    /// The nearest duration to `seconds`. Negative values become zero.
    #[must_use]
    pub fn from_seconds(seconds: f64) -> Self {
        Self(micros(seconds))
    }

    /// Parses seconds, rounded to the nearest microsecond; `None` if `text` is not a non-negative
    /// decimal number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        billionths(text).map(|billionths| Self(billionths.saturating_add(500) / 1000))
    }

    /// Microseconds.
    #[must_use]
    pub const fn micros(self) -> u64 {
        self.0
    }

    /// Whole milliseconds, rounded down.
    #[must_use]
    pub const fn millis(self) -> u64 {
        self.0 / 1000
    }

    /// Seconds, for output.
    #[must_use]
    pub fn seconds(self) -> f64 {
        seconds(self.0)
    }

    /// Whether the duration is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

#[expect(clippy::cast_precision_loss, reason = "a run is far shorter than the 285 years at which f64 loses microseconds")]
fn seconds(micros: u64) -> f64 {
    micros as f64 / MICROS_PER_SECOND as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of f64 saturates, and negative is zero here")]
fn micros(seconds: f64) -> u64 {
    (seconds * 1e6).round() as u64
}

impl Add<SimDuration> for SimTime {
    type Output = Self;
    fn add(self, length: SimDuration) -> Self {
        Self(self.0 + length.0)
    }
}

impl AddAssign<SimDuration> for SimTime {
    fn add_assign(&mut self, length: SimDuration) {
        self.0 += length.0;
    }
}

impl Add for SimDuration {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for SimDuration {
    type Output = Self;
    /// The difference; zero if `other` is longer.
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for SimTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal(self.0, f)
    }
}

impl fmt::Display for SimDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal(self.0, f)
    }
}

/// Seconds with as many decimals as needed: `5`, `0.05`, `1.000001`.
fn decimal(micros: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (whole, rest) = (micros / MICROS_PER_SECOND, micros % MICROS_PER_SECOND);
    if rest == 0 {
        return write!(f, "{whole}");
    }
    let digits = format!("{rest:06}");
    write!(f, "{whole}.{}", digits.trim_end_matches('0'))
}

impl Serialize for SimTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.seconds())
    }
}

impl Serialize for SimDuration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.seconds())
    }
}

/// A [`SimTime`] as a whole number of microseconds, for messages between threads: `#[serde(with =
/// "as_micros")]`.
pub mod as_micros {
    use super::SimTime;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes the microseconds.
    ///
    /// # Errors
    /// If the serializer fails.
    pub fn serialize<S: Serializer>(time: &SimTime, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(time.0)
    }

    /// Reads the microseconds.
    ///
    /// # Errors
    /// If the value is not a non-negative whole number.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SimTime, D::Error> {
        u64::deserialize(deserializer).map(SimTime)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_no_more_decimals_than_needed() {
        for (micros, text) in [(0, "0"), (5_000_000, "5"), (50_000, "0.05"), (1_000_001, "1.000001"), (12_340_000, "12.34")] {
            assert_eq!(SimTime::from_micros(micros).to_string(), text);
        }
    }

    #[test]
    fn a_duration_reads_back_to_the_same_microsecond() {
        for micros in [0, 1, 999_999, 5_123_456, 599_999_999] {
            let time = SimDuration::from_micros(micros);
            assert_eq!(SimDuration::from_seconds(time.to_string().parse().expect("a decimal")), time);
        }
    }
}
