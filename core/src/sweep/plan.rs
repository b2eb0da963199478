//! Which runs a sweep has.

use super::axis::Axis;
use super::job::{self, Job};
use crate::scenario::Scenario;

/// Most values of a sweep.
pub const MOST_VALUES: u32 = 40;
/// Most runs of each value.
pub const MOST_SEEDS: u32 = 100;

/// A plan of runs. Every run is `base`, but for the swept setting and the seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    /// What all runs have in common; its seed is the first.
    pub base: Scenario,
    /// What is swept.
    pub axis: &'static Axis,
    /// The values, in order, as [`Axis::parse`] gives them.
    pub values: Vec<u64>,
    /// Runs of each value: so many seeds, one after another.
    pub seeds: u32,
}

impl Sweep {
    /// How many runs it is.
    #[must_use]
    pub fn total(&self) -> usize {
        self.values.len() * self.seeds as usize
    }

    /// Every run: each value once, then each with the next seed, so that the whole curve is there early and gets better.
    pub fn jobs(&self) -> impl Iterator<Item = Job> {
        let places = 0..self.values.len();
        (0..self.seeds)
            .flat_map(move |round| places.clone().map(move |place| self.job(place, self.base.seed.wrapping_add(round))))
    }

    fn job(&self, place: usize, seed: u32) -> Job {
        Job { place, seed, query: job::write(&self.scenario(self.values[place], seed)) }
    }

    /// The run with this value and seed.
    #[must_use]
    pub fn scenario(&self, value: u64, seed: u32) -> Scenario {
        Scenario { seed, ..self.axis.with(&self.base, value) }
    }
}
