//! Machines that are not measured: the asker's and the answerer's. Both are hypotheses
//! (facts 13.11, 13.12).
//!
//! The constants here come from what the question and its answer say. Everything else is taken from
//! `linux-vm`.

use super::{Machine, Timer, measured};
use crate::model::rng::Quantiles;
use crate::scenario::{Journal, MachineProfile, Scenario, Synchronous};
use crate::time::SimDuration;

/// Windows's 64 Hz timer.
const TICK: SimDuration = SimDuration::from_micros(15_625);
/// Any COMMIT of between one and two ticks gives the asker's 165 rows; this is the middle of the
/// values tried (fact 13.11).
const WINDOWS_COMMIT: SimDuration = SimDuration::from_micros(23_000);
const WINDOWS_CORES: u32 = 4;
/// One line on a Windows console. An estimate: no number in the question determines it.
const WINDOWS_PRINT: SimDuration = SimDuration::from_micros(150);
/// A usual number for a laptop, counting all kinds of cores; the rows hardly depend on it.
const MAC_CORES: u32 = 8;
/// Only the last step of the back-off table is this long (fact 3.2); all shorter sleeps are exact.
const MAC_LONG: SimDuration = SimDuration::from_millis(100);
/// Fitted to the answer's "about 400", then "about 450": with one bunch, in which one row per turn
/// gets in, the late rate is the answer's five rows per second. No slack was measured on a Mac.
const MAC_SLACK: SimDuration = SimDuration::from_millis(100);
/// As on Linux.
const MAC_SHORT_SLACK: SimDuration = SimDuration::from_micros(50);
/// Fitted to the same numbers: rows of the first second, before all waiters have reached the last
/// step of the back-off table. On a Mac SQLite's sync does not wait for the disk's own cache
/// (pragma.html, fullfsync).
const MAC_COMMIT: SimDuration = SimDuration::from_micros(180);
/// Fitted to the same numbers: percentage of contended releases of the GIL after which any thread
/// may take it, mean over runs.
const MAC_BARGING_PERCENT: u32 = 2;
/// An estimate: a laptop's core needs half the time of the virtual machine's.
const MAC_CORE_PERCENT: u64 = 50;
/// One line on a terminal. An estimate.
const MAC_PRINT: SimDuration = SimDuration::from_micros(10);
/// Distribution of syncs in percent of their median. The asker says that the number of rows hardly
/// changes, so the disk is assumed to be steady.
const STEADY: &Quantiles = &[95, 98, 100, 102, 106];

/// The asker's machine: every sleep ends on a tick.
pub(super) fn windows(scenario: &Scenario) -> Machine {
    Machine {
        cores: WINDOWS_CORES,
        timer: Timer::Tick(TICK),
        shared_percent: 0,
        print: WINDOWS_PRINT,
        sync_spread: STEADY,
        sync_scale_by_run: (100, 100),
        long_sleep: SimDuration::from_micros(7 * TICK.micros()),
        ..with_commit(WINDOWS_COMMIT, &MachineProfile::linux_vm(), scenario)
    }
}

/// The answerer's machine: long sleeps of all cores end together.
pub(super) fn mac(scenario: &Scenario) -> Machine {
    let base = with_commit(MAC_COMMIT, &scaled(MAC_CORE_PERCENT), scenario);
    Machine {
        cores: MAC_CORES,
        timer: Timer::Coalesced { long: MAC_LONG, slack: MAC_SLACK, short_slack: MAC_SHORT_SLACK },
        shared_percent: 0,
        print: MAC_PRINT,
        barging_percent: MAC_BARGING_PERCENT,
        gil_waiter_ns: base.gil_waiter_ns * MAC_CORE_PERCENT / 100,
        sync_scale_by_run: (100, 100),
        ..base
    }
}

/// The profile of `linux-vm` with cores that need `percent` % of the time for the same work.
fn scaled(percent: u64) -> MachineProfile {
    let scale = |nanoseconds: u64| nanoseconds * percent / 100;
    let profile = MachineProfile::linux_vm();
    MachineProfile {
        connect_ns: scale(profile.connect_ns),
        schema_ns: scale(profile.schema_ns),
        loop_callback_ns: scale(profile.loop_callback_ns),
        thread_round_trip_ns: scale(profile.thread_round_trip_ns),
        ..profile
    }
}

/// A machine with this profile whose COMMIT in the default mode takes the scenario's `commit_time`,
/// or `commit` if it has none. Other modes are in proportion to their costs on `linux-vm`.
fn with_commit(commit: SimDuration, profile: &MachineProfile, scenario: &Scenario) -> Machine {
    let commit = scenario.commit_time.unwrap_or(commit);
    let costs = MachineProfile::linux_vm().commit_ns;
    let default = costs.in_mode(Journal::Delete, Synchronous::Full).max(1);
    let sync = |journal, synchronous| SimDuration::from_micros(commit.micros() * costs.in_mode(journal, synchronous) / default);
    Machine {
        commit_syncs: 1,
        commit_sync: sync(scenario.journal, scenario.synchronous),
        commit_write: SimDuration::ZERO,
        cold_sync_extra: SimDuration::ZERO,
        checkpoint_sync: sync(Journal::Wal, Synchronous::Full),
        checkpoint_write: SimDuration::ZERO,
        ..measured::machine(profile, scenario)
    }
}
