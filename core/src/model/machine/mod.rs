//! The cost of each step on a machine, in microseconds.
//!
//! [`measured`] makes the costs of `linux-vm` and `custom` from a profile. [`laptops`] holds the
//! machines that are known only from the question and its answer.

mod costs;
mod laptops;
mod measured;

pub(super) use costs::{Machine, Timer, exit_latency};

use super::rng::Rng;
use crate::scenario::{MachineChoice, MachineProfile, Scenario};
use costs::{commit_syncs, micros, percent_of};

impl Machine {
    /// The machine of `scenario` in one run: some costs differ from run to run.
    pub(super) fn for_run(scenario: &Scenario, rng: &mut Rng) -> Self {
        let machine = Self::for_scenario(scenario);
        let (min, max) = machine.sync_scale_by_run;
        let scale = rng.between(min, max);
        let (commit_sync, checkpoint_sync) = (percent_of(machine.commit_sync, scale), percent_of(machine.checkpoint_sync, scale));
        let barging_percent = rng.between(0, 2 * machine.barging_percent);
        Self { commit_sync, checkpoint_sync, barging_percent, ..machine }
    }

    fn for_scenario(scenario: &Scenario) -> Self {
        match (scenario.machine, &scenario.profile) {
            (MachineChoice::WindowsLaptop, _) => laptops::windows(scenario),
            (MachineChoice::MacLaptop, _) => laptops::mac(scenario),
            (MachineChoice::Custom, Some(profile)) => measured::machine(profile, scenario),
            _ => measured::machine(&MachineProfile::linux_vm(), scenario),
        }
    }
}
