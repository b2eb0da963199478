//! The runs of a sweep.

use super::axis::Axis;
use super::job::Job;
use crate::scenario::Scenario;

/// Maximum number of values of a sweep.
pub const MAX_VALUES: u32 = 40;
/// Maximum number of runs of each value.
pub const MAX_SEEDS: u32 = 100;

/// The plan of a sweep. Every run is `base` except for the swept setting and the seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    /// The settings that all runs share; its seed is the first one.
    pub base: Scenario,
    /// The swept setting.
    pub axis: &'static Axis,
    /// The values, in order, as [`Axis::parse`] gives them.
    pub values: Vec<u64>,
    /// Number of runs of each value, with consecutive seeds.
    pub seeds: u32,
}

impl Sweep {
    /// Total number of runs.
    #[must_use]
    pub fn total(&self) -> usize {
        self.values.len() * self.seeds as usize
    }

    /// Every run: first each value with the first seed, then each value with the next seed. The
    /// whole curve is visible early and then becomes more precise.
    pub fn jobs(&self) -> impl Iterator<Item = Job> {
        let indices = 0..self.values.len();
        (0..self.seeds)
            .flat_map(move |round| indices.clone().map(move |index| self.job(index, self.base.seed.wrapping_add(round))))
    }

    fn job(&self, index: usize, seed: u32) -> Job {
        Job { value_index: index, seed, scenario: self.scenario(self.values[index], seed) }
    }

    /// The scenario with this value and seed.
    #[must_use]
    pub fn scenario(&self, value: u64, seed: u32) -> Scenario {
        Scenario { seed, ..self.axis.with(&self.base, value) }
    }
}
