//! Many runs that differ in one setting and in the seed: which runs those are, and what comes of them. Pure: who runs them, and
//! where, is not said here.
//!
//! | module | what it holds |
//! |---|---|
//! | [`axis`] | the settings that can be swept, and their values |
//! | [`job`] | a run as it goes to a worker, and its result as it comes back |
//! | [`results`] | what came of the runs: medians and bands |
//! | [`measured`] | the measured runs of the real program that have the same settings |
//! | [`reading`] | what a curve shows, in words |
//! | [`ready`] | sweeps worth seeing |

pub mod axis;
pub mod job;
pub mod measured;
pub mod reading;
pub mod ready;
pub mod results;

pub use axis::Axis;
pub use job::Job;
pub use results::{Measure, Results, Sample};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Field, MachineChoice, MachineProfile};

    fn sweep() -> Sweep {
        let axis = Axis::of(Field::Sleep).expect("sleep can be swept");
        Sweep { base: Scenario { tasks: 20, seed: u32::MAX, ..Scenario::default() }, axis, values: vec![0, 250_000], seeds: 2 }
    }

    #[test]
    fn every_value_is_run_with_every_seed_and_the_seeds_go_on_from_the_bases() {
        let queries: Vec<String> = sweep().jobs().map(|job| job.query).collect();
        assert_eq!(
            queries,
            ["tasks=20&seed=4294967295", "tasks=20&sleep=0.25&seed=4294967295", "tasks=20&seed=0", "tasks=20&sleep=0.25&seed=0",]
        );
        assert_eq!(queries.len(), sweep().total());
    }

    #[test]
    fn a_job_is_the_run_that_its_link_opens() {
        let own = Some(Box::new(MachineProfile::linux_vm()));
        let on_own = Sweep { base: Scenario { machine: MachineChoice::Custom, profile: own, ..sweep().base }, ..sweep() };
        for sweep in [sweep(), on_own] {
            for job in sweep.jobs() {
                assert_eq!(job::read(&job.query), sweep.scenario(sweep.values[job.place], job.seed));
            }
        }
    }
}
