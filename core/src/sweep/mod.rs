//! Sweeps: many runs that differ in one setting and in the seed. This module plans the runs and
//! evaluates the results, and the caller executes them.
//!
//! | module | what it holds |
//! |---|---|
//! | [`axis`] | the settings that can be swept, and their values |
//! | [`plan`] | the runs of a sweep |
//! | [`job`] | one run of a sweep |
//! | [`results`] | the results of the runs: medians and bands |
//! | [`measured`] | measured runs of the real program with the same settings |
//! | [`description`] | descriptions of curves |
//! | [`presets`] | preset sweeps |

pub mod axis;
pub mod description;
pub mod job;
pub mod measured;
pub mod plan;
pub mod presets;
pub mod results;
mod sample;

pub use axis::Axis;
pub use job::Job;
pub use plan::{MAX_SEEDS, MAX_VALUES, Sweep};
pub use results::{Measure, Results};
pub use sample::Sample;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Field, MachineChoice, MachineProfile, Scenario, query};

    fn sweep() -> Sweep {
        let axis = Axis::of(Field::Sleep).expect("sleep can be swept");
        Sweep { base: Scenario { tasks: 20, seed: u32::MAX, ..Scenario::default() }, axis, values: vec![0, 250_000], seeds: 2 }
    }

    #[test]
    fn every_value_is_run_with_every_seed_from_the_seed_of_the_base_on() {
        let queries: Vec<String> = sweep().jobs().map(|job| query::write(&job.scenario)).collect();
        assert_eq!(
            queries,
            ["tasks=20&seed=4294967295", "tasks=20&sleep=0.25&seed=4294967295", "tasks=20&seed=0", "tasks=20&sleep=0.25&seed=0",]
        );
        assert_eq!(queries.len(), sweep().total());
    }

    #[test]
    fn a_job_is_the_run_of_its_link() {
        let profile = Some(Box::new(MachineProfile::linux_vm()));
        let on_measured_machine = Sweep { base: Scenario { machine: MachineChoice::Custom, profile, ..sweep().base }, ..sweep() };
        for sweep in [sweep(), on_measured_machine] {
            for job in sweep.jobs() {
                assert_eq!(job.scenario, sweep.scenario(sweep.values[job.value_index], job.seed));
                assert_eq!(query::read_with_machine(&query::write_with_machine(&job.scenario)), job.scenario);
            }
        }
    }
}
