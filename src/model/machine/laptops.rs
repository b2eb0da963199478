//! A machine that nobody measured: the asker's. A hypothesis (fact 13.11).
//!
//! What the question tells is in the constants here. All else is taken from `linux-vm`.

use super::{Machine, Timer, measured};
use crate::model::rng::Quantiles;
use crate::scenario::{MachineProfile, Scenario};
use crate::time::SimDuration;

/// Windows' 64 Hz timer.
const TICK: SimDuration = SimDuration::from_micros(15_625);
/// Any COMMIT of between one and two ticks gives the asker's 165 rows; this is the middle of what was tried (fact 13.11).
const WINDOWS_COMMIT: SimDuration = SimDuration::from_micros(23_000);
const WINDOWS_CORES: u32 = 4;
/// A line on a Windows console; an estimate: no figure of the question tells it.
const WINDOWS_PRINT: SimDuration = SimDuration::from_micros(150);
/// The asker says that the number hardly changes, so the disk is taken as steady; in percent.
const STEADY: &Quantiles = &[95, 98, 100, 102, 106];

/// The asker's: every sleep ends on a tick.
pub(super) fn windows(scenario: &Scenario) -> Machine {
    Machine {
        cores: WINDOWS_CORES,
        timer: Timer::Tick(TICK),
        print: WINDOWS_PRINT,
        disk_spread: STEADY,
        disk_mood: (100, 100),
        long_sleep: SimDuration::from_micros(7 * TICK.micros()),
        ..with_commit(WINDOWS_COMMIT, scenario)
    }
}

/// `linux-vm` with a disk on which a default COMMIT takes `commit`; other modes cost what they cost on `linux-vm`, in proportion.
fn with_commit(commit: SimDuration, scenario: &Scenario) -> Machine {
    let costs = MachineProfile::linux_vm().commit_ns;
    let default = Scenario::default();
    let of = |scenario: &Scenario| costs.in_mode(scenario.journal, scenario.synchronous);
    let commit = SimDuration::from_micros(commit.micros() * of(scenario) / of(&default).max(1));
    let machine = measured::machine(&MachineProfile::linux_vm(), scenario);
    Machine { syncs: 1, disk: commit, write: SimDuration::ZERO, ..machine }
}
