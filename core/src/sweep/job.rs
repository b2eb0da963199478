//! One run of a sweep.

use super::Sample;
use crate::model::{self, RunError};
use crate::scenario::Scenario;

/// One run of a sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Index of its value.
    pub value_index: usize,
    /// Its seed.
    pub seed: u32,
    /// The complete scenario.
    pub scenario: Scenario,
}

impl Job {
    /// Runs it on the current thread.
    ///
    /// # Errors
    /// If the run is too large.
    pub fn run(&self) -> Result<Sample, RunError> {
        model::run(&self.scenario).map(|trace| Sample::of(&trace))
    }
}
