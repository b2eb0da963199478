//! What each step costs on a machine: the table that the model charges from, in microseconds.
//!
//! [`measured`] makes it from a profile: `linux-vm` and `custom`. [`laptops`] holds the machine of which only the question
//! tells.

mod costs;
mod laptops;
mod measured;

pub(super) use costs::{Machine, Timer, idle_exit};

use super::rng::Rng;
use crate::scenario::{MachineChoice, MachineProfile, Scenario};
use costs::{micros, percent_of, syncs};

impl Machine {
    /// The machine of `scenario` as it is in this run: some of it differs from run to run.
    pub(super) fn in_run(scenario: &Scenario, rng: &mut Rng) -> Self {
        let machine = Self::of(scenario);
        let (least, most) = machine.disk_mood;
        let mood = rng.between(least, most);
        let (disk, checkpoint_disk) = (percent_of(machine.disk, mood), percent_of(machine.checkpoint_disk, mood));
        let free_for_all_percent = rng.between(0, 2 * machine.free_for_all_percent);
        Self { disk, checkpoint_disk, free_for_all_percent, ..machine }
    }

    fn of(scenario: &Scenario) -> Self {
        match (scenario.machine, &scenario.profile) {
            (MachineChoice::WindowsLaptop, _) => laptops::windows(scenario),
            (MachineChoice::MacLaptop, _) => laptops::mac(scenario),
            (MachineChoice::Custom, Some(profile)) => measured::machine(profile, scenario),
            _ => measured::machine(&MachineProfile::linux_vm(), scenario),
        }
    }
}
