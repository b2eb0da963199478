//! A Linux machine by its profile.
//!
//! What the profile does not measure is given here for `linux-vm` and scaled by how long a callback of the loop takes, which
//! stands for the speed of its cores. *Fitted* means: chosen so that the measured runs come out (fact 13); all else is read off
//! the log of every poll of two of them.

use super::{Machine, Timer, micros, syncs};
use crate::model::rng::Quantiles;
use crate::scenario::{Journal, MachineProfile, Scenario, Synchronous};
use crate::time::SimDuration;

/// Linux' default timer slack (fact 13.6).
const SLACK: SimDuration = SimDuration::from_micros(50);
/// How long KVM looks out for work before it puts an idle virtual core to sleep (its parameter `halt_poll_ns`).
const HALTS_AFTER: SimDuration = SimDuration::from_micros(200);
/// From the poll log: how much later than its timer, slack included, a sleep ends on a core that was idle for less than 10 ms.
const IDLE_EXIT_NS: u64 = 37_000;
/// The Python of a round trip to another thread, in callbacks of the loop: what a machine with one core takes for it, whose core
/// never sleeps meanwhile.
const ROUND_TRIP_CALLBACKS: u64 = 13;
/// From the poll log: the time between two coroutines resumed in one pass.
const RESUME_NS: u64 = 8_000;
/// From the poll log: polls of a bunch follow each other by so much on one core.
const POLL_NS: u64 = 12_000;
/// From the poll log: the first poll after 100 ms without any takes some 400 us, if it fails. Fitted: half of them before it asks, so
/// that others overtake it; what comes after is left out.
const COLD_POLL_NS: u64 = 200_000;
/// From the poll log: one COMMIT in six meets a reader where there are 30 polls a millisecond, one in fourteen where there are 15.
const SHARED_PERCENT: u32 = 55;
/// From the poll log: 100 workers pass the GIL four times each in 7 to 13 ms (fact 13.7): some 28 us a time, for waking and running.
/// On one core the first needs no other core.
const WAKE_NS: u64 = 4_000;
const WAKE_ACROSS_NS: u64 = 10_000;
const TURN_NS: u64 = 14_000;
/// Fitted: with 400 threads waiting for it, a hand-over of the GIL takes some 30 us more; on one core as much less as waking does.
const CROWD_NS: u64 = 75;
/// Fitted: the mean over runs, each of which has 0 to twice as many.
const FREE_FOR_ALL_PERCENT: u32 = 10;
/// Closing a connection, measured beside the profile.
const CLOSE_NS: u64 = 20_000;
/// From the poll log: granted to resumed takes 0.18 ms where one INSERT follows the other, a part of it for waking the loop. It is slower on
/// a thread that has slept than in a loop of INSERTs.
const WOKEN_INSERT_NS: u64 = 100_000;
/// From the poll log: after 100 ms without any it takes so much longer.
const COLD_INSERT_NS: u64 = 400_000;
/// From the poll log: after 100 ms without any sync the first takes so much longer, in percent of one.
const COLD_SYNC_PERCENT: u64 = 250;
/// Fitted: a COMMIT on a thread that has slept, in percent of one in a loop of COMMITs.
const WOKEN_COMMIT_PERCENT: u64 = 113;
/// The same on one core, where the kernel's threads need it too.
const WOKEN_COMMIT_ONE_CORE_PERCENT: u64 = 138;
/// An estimate: so much of it is work on a core, the rest waits for the disk.
const COMMIT_WORK_PERCENT: u64 = 20;
/// Fitted: the rest of `connect_us` overlaps with the next thread's start. Shares in percent.
const THREAD_START_PERCENT: u64 = 87;
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
    let scaled = |nanoseconds: u64| micros(nanoseconds * profile.loop_callback_ns / linux_vm.loop_callback_ns);
    let wake_exit_ns = IDLE_EXIT_NS * waking_ns(profile) / waking_ns(&linux_vm);
    // Of starting a thread the profile has both: the new thread's core and the loop's.
    let both_exits_ns = 2 * wake_exit_ns;
    let wake_ns = if profile.cores > 1 { WAKE_NS + WAKE_ACROSS_NS } else { WAKE_NS };
    let woken_commit = if profile.cores > 1 { WOKEN_COMMIT_PERCENT } else { WOKEN_COMMIT_ONE_CORE_PERCENT };
    let alone = |journal, synchronous| commit_ns(profile, scenario, journal, synchronous);
    let commit = alone(journal, synchronous) * woken_commit / 100;
    let syncs = syncs(journal, synchronous);
    let commit_work = if syncs == 0 { commit } else { commit * COMMIT_WORK_PERCENT / 100 };
    let all_syncs = alone(journal, synchronous).saturating_sub(alone(journal, Synchronous::Off));
    // A sync of the log, as a COMMIT in WAL mode has one.
    let log_sync = alone(Journal::Wal, Synchronous::Full) * woken_commit / 100;
    Machine {
        cores: profile.cores,
        timer: Timer::Slack(SLACK),
        halts_after: HALTS_AFTER,
        timer_exit: micros(IDLE_EXIT_NS * lateness_ns(profile) / lateness_ns(&linux_vm)),
        wake_exit: micros(wake_exit_ns),
        thread_start: micros((profile.connect_ns * THREAD_START_PERCENT / 100).saturating_sub(both_exits_ns)),
        open: micros(profile.connect_ns * OPEN_PERCENT / 100),
        callback: micros(profile.loop_callback_ns),
        resume: scaled(RESUME_NS),
        print: SimDuration::ZERO,
        wake: scaled(wake_ns),
        crowd_ns: CROWD_NS * wake_ns / (WAKE_NS + WAKE_ACROSS_NS),
        free_for_all_percent: FREE_FOR_ALL_PERCENT,
        turn: scaled(TURN_NS),
        poll: scaled(POLL_NS),
        cold_poll: scaled(COLD_POLL_NS),
        shared_percent: SHARED_PERCENT,
        schema: micros(profile.schema_ns),
        insert: micros(profile.insert_ns.in_mode(journal, synchronous)) + scaled(WOKEN_INSERT_NS),
        cold_insert: scaled(COLD_INSERT_NS),
        insert_again: micros(profile.insert_ns.in_mode(Journal::Wal, Synchronous::Off)),
        syncs,
        write: part(commit_work, syncs + 1),
        disk: part(commit - commit_work, syncs),
        cold_disk: part(all_syncs * COLD_SYNC_PERCENT / 100, syncs),
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

/// How much later than its timer, slack included, a short sleep ends on a core that was idle.
const fn lateness_ns(profile: &MachineProfile) -> u64 {
    profile.sleep_overshoot_ns[0].saturating_sub(SLACK.micros() * 1000)
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
        let slow =
            MachineProfile { loop_callback_ns: 2 * MachineProfile::linux_vm().loop_callback_ns, ..MachineProfile::linux_vm() };
        let cost = |profile: &MachineProfile| machine(profile, &Scenario::default()).poll.micros();
        assert_eq!(cost(&slow), 2 * cost(&MachineProfile::linux_vm()));
    }
}
