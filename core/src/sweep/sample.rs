//! The result of a run that a sweep keeps.

use crate::time::SimTime;
use crate::trace::{Outcome, Trace};

/// The result of one run of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sample {
    /// Number of inserted rows.
    pub rows: u32,
    /// When the gather ended.
    #[serde(with = "crate::time::as_micros")]
    pub elapsed: SimTime,
}

impl Sample {
    /// The result of `trace`.
    #[must_use]
    pub fn of(trace: &Trace) -> Self {
        let outcome = Outcome::of(trace);
        Self { rows: outcome.inserted(), elapsed: outcome.elapsed }
    }

    /// Writes it as two numbers: rows and microseconds.
    #[must_use]
    pub fn write(self) -> String {
        format!("{} {}", self.rows, self.elapsed.micros())
    }

    /// Reads what [`Sample::write`] wrote.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (rows, micros) = text.split_once(' ')?;
        Some(Self { rows: rows.parse().ok()?, elapsed: SimTime::from_micros(micros.parse().ok()?) })
    }
}
