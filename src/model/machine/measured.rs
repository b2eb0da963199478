//! A Linux machine by its profile.
//!
//! What the profile does not measure is given here for `linux-vm` and scaled by how long the machine takes to read a schema, which
//! stands for the speed of its cores. *Fitted* means: chosen so that the measured runs come out (fact 13); all else is read off
//! the log of every poll of two of them.

use super::{Machine, Timer, micros, syncs};
use crate::model::rng::Quantiles;
use crate::scenario::{Journal, MachineProfile, Scenario, Strategy, Synchronous};
use crate::time::SimDuration;

/// Linux' default timer slack (fact 13.6).
const SLACK: SimDuration = SimDuration::from_micros(50);
/// Linux' slice on one core; it grows with the logarithm of their number (kernel/sched/fair.c, `sysctl_sched_base_slice`).
const BASE_SLICE_US: u64 = 700;
/// Linux' haltpoll governor (drivers/cpuidle/governors/haltpoll.c).
const HALTS_AFTER: SimDuration = SimDuration::from_micros(200);
/// Where it begins, before many wake-ups have made it wait longer: the profile's round trip shows that of two threads that take turns
/// each finds its core asleep.
const HALTS_EARLY_AFTER: SimDuration = SimDuration::from_micros(50);
/// From the poll log: the least that a sleep ends later than its timer.
const IDLE_EXIT_NS: u64 = 35_000;
/// The Python of a round trip to another thread, in callbacks of the loop: what a machine with one core takes for it, whose core
/// never sleeps meanwhile.
const ROUND_TRIP_CALLBACKS: u64 = 13;
/// From the poll log: the time between two coroutines resumed in one pass.
const RESUME_NS: u64 = 10_000;
/// From the poll log: polls of a bunch follow each other by so much on one core.
const POLL_NS: u64 = 9_000;
/// 3 us of these 9 (fact 12.3).
const SHARED_PERCENT: u32 = 33;
/// From the poll log: 100 workers pass the GIL four times each in 7 ms (fact 13.7): 16 us a time, for waking and running.
const WAKE_NS: u64 = 6_000;
const TURN_NS: u64 = 10_000;
/// Fitted: with 400 threads waiting for it, a hand-over of the GIL takes some 50 us more.
const CROWD_NS: u64 = 100;
/// Fitted: the mean over runs, each of which has 0 to twice as many.
const FREE_FOR_ALL_PERCENT: u32 = 12;
/// Closing a connection, measured beside the profile.
const CLOSE_NS: u64 = 20_000;
/// From the poll log: granted to resumed takes 0.2 ms. An INSERT is slower on a thread that has slept than in a loop of INSERTs.
const COLD_INSERT_NS: u64 = 220_000;
/// Fitted: and so is a COMMIT, in percent of one in a loop of COMMITs; half of it is work on a core, half waits for the disk.
const COLD_COMMIT_PERCENT: u64 = 140;
/// Fitted: the rest of `connect_us` overlaps with the next thread's start. Shares in percent.
const THREAD_START_PERCENT: u64 = 80;
const OPEN_PERCENT: u64 = 20;
/// Waits for the disk: most near the median, three in a hundred several times as long (fact 13.8).
const DISK_SPREAD: &Quantiles = &[
    72, 78, 82, 85, 87, 89, 91, 92, 94, 95, 96, 97, 98, 99, 100, 100, 101, 102, 104, 105, 107, 109, 112, 115, 119, 124, 130, 138,
    150, 170, 210, 330, 700,
];
/// Fitted: from run to run (fact 13.8).
const DISK_MOOD: (u32, u32) = (70, 130);

/// The machine with this profile, for the scenario's journal and synchronous mode.
pub(super) fn machine(profile: &MachineProfile, scenario: &Scenario) -> Machine {
    let (journal, synchronous) = (scenario.journal, scenario.synchronous);
    let linux_vm = MachineProfile::linux_vm();
    let scaled = |nanoseconds: u64| micros(nanoseconds * profile.schema_ns / linux_vm.schema_ns);
    // Charged where a sleeping core is woken, so not in starting a thread too.
    let slow_waking = waking_ns(profile).saturating_sub(waking_ns(&linux_vm));
    let python = |nanoseconds: u64| micros(nanoseconds * profile.loop_callback_ns / linux_vm.loop_callback_ns);
    let commit_in = |journal, synchronous| commit_ns(profile, scenario, journal, synchronous) * COLD_COMMIT_PERCENT / 100;
    let commit = commit_in(journal, synchronous);
    let syncs = syncs(journal, synchronous);
    // A sync of the log, as a COMMIT in WAL mode has one.
    let log_sync = commit_in(Journal::Wal, Synchronous::Full);
    Machine {
        cores: profile.cores,
        timer: Timer::Slack(SLACK),
        slice: SimDuration::from_micros(BASE_SLICE_US * u64::from(1 + profile.cores.clamp(1, 8).ilog2())),
        halts_after: if scenario.strategy == Strategy::SingleTransaction { HALTS_EARLY_AFTER } else { HALTS_AFTER },
        idle_exit: micros(IDLE_EXIT_NS * waking_ns(profile) / waking_ns(&linux_vm)),
        thread_start: micros((profile.connect_ns * THREAD_START_PERCENT / 100).saturating_sub(slow_waking)),
        open: micros(profile.connect_ns * OPEN_PERCENT / 100),
        callback: micros(profile.loop_callback_ns),
        resume: python(RESUME_NS),
        print: SimDuration::ZERO,
        wake: scaled(WAKE_NS),
        crowd_ns: CROWD_NS,
        free_for_all_percent: FREE_FOR_ALL_PERCENT,
        turn: python(TURN_NS),
        poll: scaled(POLL_NS),
        shared_percent: SHARED_PERCENT,
        schema: micros(profile.schema_ns),
        insert: micros(profile.insert_ns.in_mode(journal, synchronous)) + scaled(COLD_INSERT_NS),
        insert_again: micros(profile.insert_ns.in_mode(Journal::Wal, Synchronous::Off)),
        syncs,
        write: part(commit / 2, syncs + 1),
        disk: part(commit / 2, syncs),
        checkpoint_syncs: if synchronous == Synchronous::Off { 0 } else { 2 },
        checkpoint_write: part(log_sync / 2, 2),
        checkpoint_disk: micros(log_sync / 2),
        disk_spread: DISK_SPREAD,
        disk_mood: DISK_MOOD,
        rollback: scaled(POLL_NS),
        close: scaled(CLOSE_NS),
        long_sleep: SimDuration::from_millis(100) + micros(profile.long_sleep_overshoot_ns()),
    }
}

/// What a COMMIT alone takes in a mode: the profile's, or where the scenario says what the default one takes, in proportion to that.
fn commit_ns(profile: &MachineProfile, scenario: &Scenario, journal: Journal, synchronous: Synchronous) -> u64 {
    const MOST_MICROSECONDS: u64 = 60_000_000;
    let measured = profile.commit_ns.in_mode(journal, synchronous);
    let Some(given) = scenario.commit_time else { return measured };
    let default = profile.commit_ns.in_mode(Journal::Delete, Synchronous::Full).max(1);
    (measured * given.micros() / default).min(MOST_MICROSECONDS) * 1000
}

/// What a round trip to another thread takes beside its Python: the waking of two threads, each on a core that had gone to sleep.
const fn waking_ns(profile: &MachineProfile) -> u64 {
    profile.thread_round_trip_ns.saturating_sub(ROUND_TRIP_CALLBACKS * profile.loop_callback_ns)
}

/// One of `parts` equal parts of so many nanoseconds; nothing where there are no parts.
fn part(nanoseconds: u64, parts: u32) -> SimDuration {
    if parts == 0 { SimDuration::ZERO } else { micros(nanoseconds / u64::from(parts)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_whose_cores_are_half_as_fast_pays_twice_for_what_the_profile_does_not_measure() {
        let slow = MachineProfile { schema_ns: 2 * MachineProfile::linux_vm().schema_ns, ..MachineProfile::linux_vm() };
        let cost = |profile: &MachineProfile| machine(profile, &Scenario::default()).poll.micros();
        assert_eq!(cost(&slow), 2 * cost(&MachineProfile::linux_vm()));
    }
}
