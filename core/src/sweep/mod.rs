//! Many runs that differ in one setting and in the seed: which runs those are, and what comes of them. Pure: who runs them, and
//! where, is not said here.
//!
//! | module | what it holds |
//! |---|---|
//! | [`axis`] | the settings that can be swept, and their values |
//! | [`plan`] | a sweep's runs |
//! | [`job`] | a run as it goes to a worker, and its result as it comes back |
//! | [`results`] | what came of the runs: medians and bands |
//! | [`measured`] | the measured runs of the real program that have the same settings |
//! | [`reading`] | what a curve shows, in words |
//! | [`ready`] | sweeps worth seeing |

pub mod axis;
pub mod job;
pub mod measured;
pub mod plan;
pub mod reading;
pub mod ready;
pub mod results;
mod sample;

pub use axis::Axis;
pub use job::Job;
pub use plan::{MOST_SEEDS, MOST_VALUES, Sweep};
pub use results::{Measure, Results};
pub use sample::Sample;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Field, MachineChoice, MachineProfile, Scenario};

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
