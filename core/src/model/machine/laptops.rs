//! Machines that nobody measured: the asker's and the answerer's. Hypotheses (facts 13.11, 13.12).
//!
//! What the question and its answer tell is in the constants here. All else is taken from `linux-vm`.

use super::{Machine, Timer, measured};
use crate::model::rng::Quantiles;
use crate::scenario::{Journal, MachineProfile, Scenario, Synchronous};
use crate::time::SimDuration;

/// Windows' 64 Hz timer.
const TICK: SimDuration = SimDuration::from_micros(15_625);
/// Any COMMIT of between one and two ticks gives the asker's 165 rows; this is the middle of what was tried (fact 13.11).
const WINDOWS_COMMIT: SimDuration = SimDuration::from_micros(23_000);
const WINDOWS_CORES: u32 = 4;
/// A line on a Windows console; an estimate: no figure of the question tells it.
const WINDOWS_PRINT: SimDuration = SimDuration::from_micros(150);
/// A laptop has that many, of one kind or another; the rows hardly depend on it.
const MAC_CORES: u32 = 8;
/// Only the ladder's last step is so long (fact 3.2): what comes before it is exact.
const MAC_LONG: SimDuration = SimDuration::from_millis(100);
/// Fitted to the answer's "about 400", then "about 450": one bunch, passing a row a turn, gives its late rate of five rows a
/// second. No slack was measured on a Mac.
const MAC_SLACK: SimDuration = SimDuration::from_millis(100);
/// As on Linux.
const MAC_SHORT_SLACK: SimDuration = SimDuration::from_micros(50);
/// Fitted to the same: rows of the first second, before all waiters have come to the ladder's last step. On a Mac SQLite's sync
/// does not wait for the disk's own cache (pragma.html, fullfsync).
const MAC_COMMIT: SimDuration = SimDuration::from_micros(180);
/// Fitted to the same: how many hand-overs of the GIL are taken by a passer-by, the mean over runs in percent.
const MAC_FREE_FOR_ALL_PERCENT: u32 = 2;
/// An estimate: a laptop's core needs half the time of the virtual machine's.
const MAC_CORE_PERCENT: u64 = 50;
/// A line on a terminal; an estimate.
const MAC_PRINT: SimDuration = SimDuration::from_micros(10);
/// The asker says that the number hardly changes, so the disk is taken as steady; in percent.
const STEADY: &Quantiles = &[95, 98, 100, 102, 106];

/// The asker's: every sleep ends on a tick.
pub(super) fn windows(scenario: &Scenario) -> Machine {
    Machine {
        cores: WINDOWS_CORES,
        timer: Timer::Tick(TICK),
        shared_percent: 0,
        print: WINDOWS_PRINT,
        disk_spread: STEADY,
        disk_mood: (100, 100),
        long_sleep: SimDuration::from_micros(7 * TICK.micros()),
        ..with_commit(WINDOWS_COMMIT, &MachineProfile::linux_vm(), scenario)
    }
}

/// The answerer's: long sleeps are gathered.
pub(super) fn mac(scenario: &Scenario) -> Machine {
    let base = with_commit(MAC_COMMIT, &faster(MAC_CORE_PERCENT), scenario);
    Machine {
        cores: MAC_CORES,
        timer: Timer::Coalesced { long: MAC_LONG, slack: MAC_SLACK, short_slack: MAC_SHORT_SLACK },
        shared_percent: 0,
        print: MAC_PRINT,
        free_for_all_percent: MAC_FREE_FOR_ALL_PERCENT,
        crowd_ns: base.crowd_ns * MAC_CORE_PERCENT / 100,
        disk_mood: (100, 100),
        ..base
    }
}

/// `linux-vm` with cores that need so many percent of the time for the same work.
fn faster(percent: u64) -> MachineProfile {
    let of = |nanoseconds: u64| nanoseconds * percent / 100;
    let profile = MachineProfile::linux_vm();
    MachineProfile {
        connect_ns: of(profile.connect_ns),
        schema_ns: of(profile.schema_ns),
        loop_callback_ns: of(profile.loop_callback_ns),
        thread_round_trip_ns: of(profile.thread_round_trip_ns),
        ..profile
    }
}

/// A machine with this profile and a disk on which a default COMMIT takes `commit`, if the scenario does not say how long; other
/// modes cost what they cost on `linux-vm`, in proportion.
fn with_commit(commit: SimDuration, profile: &MachineProfile, scenario: &Scenario) -> Machine {
    let commit = scenario.commit_time.unwrap_or(commit);
    let costs = MachineProfile::linux_vm().commit_ns;
    let default = costs.in_mode(Journal::Delete, Synchronous::Full).max(1);
    let of = |journal, synchronous| SimDuration::from_micros(commit.micros() * costs.in_mode(journal, synchronous) / default);
    Machine {
        syncs: 1,
        disk: of(scenario.journal, scenario.synchronous),
        write: SimDuration::ZERO,
        cold_disk: SimDuration::ZERO,
        checkpoint_disk: of(Journal::Wal, Synchronous::Full),
        checkpoint_write: SimDuration::ZERO,
        ..measured::machine(profile, scenario)
    }
}
