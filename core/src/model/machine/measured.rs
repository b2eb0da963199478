//! A Linux machine from its profile.
//!
//! Costs that the profile does not measure are given here for `linux-vm`. They are scaled by the
//! duration of a callback of the loop, which stands for the speed of the cores. *Fitted* means:
//! chosen so that the model reproduces the measured runs (fact 13). All other values are read from
//! the log of every poll in two of those runs.

use super::{Machine, Timer, commit_syncs, micros};
use crate::model::rng::Quantiles;
use crate::scenario::{Journal, MachineProfile, Scenario, Synchronous};
use crate::time::SimDuration;

/// Linux's default timer slack (fact 13.6).
const SLACK: SimDuration = SimDuration::from_micros(50);
/// How long KVM polls for work before it halts an idle virtual core (its parameter `halt_poll_ns`).
const HALT_DELAY: SimDuration = SimDuration::from_micros(200);
/// From the poll log: on a core that was idle for less than 10 ms, a sleep ends this much later
/// than its timer, slack included.
const EXIT_LATENCY_NS: u64 = 37_000;
/// The Python part of a round trip to another thread, in callbacks of the loop. On a machine with
/// one core it is the whole round trip, because that core never halts during it.
const ROUND_TRIP_CALLBACKS: u64 = 13;
/// From the poll log: the time between two coroutines resumed in one iteration.
const RESUME_NS: u64 = 8_000;
/// From the poll log: the time between two polls of one bunch on one core.
const POLL_NS: u64 = 12_000;
/// From the poll log: the first poll after 100 ms without any takes some 400 us if it fails.
/// Fitted: half of that comes before it asks for the lock, so that other polls overtake it. The
/// other half, after it has asked, is left out.
const COLD_POLL_NS: u64 = 200_000;
/// From the poll log: one COMMIT in six meets a reader at 30 polls per millisecond, one in fourteen
/// at 15.
const SHARED_PERCENT: u32 = 55;
/// From the poll log: 100 workers pass the GIL four times each in 7 to 13 ms (fact 13.7). That is
/// some 28 us per hand-over, for waking the thread and running it. On one core, waking a thread
/// involves no other core.
const WAKE_NS: u64 = 4_000;
/// The additional cost of waking a thread on another core.
const WAKE_ACROSS_NS: u64 = 10_000;
/// The running part of those 28 us.
const PYTHON_NS: u64 = 14_000;
/// Fitted: with 400 threads waiting for the GIL, a hand-over takes some 30 us longer. On one core
/// it is reduced by the same factor as waking is.
const GIL_WAITER_NS: u64 = 75;
/// Fitted: the mean over runs. Each run has between 0 and twice this percentage.
const BARGING_PERCENT: u32 = 10;
/// Closing a connection, measured separately from the profile.
const CLOSE_NS: u64 = 20_000;
/// From the poll log: the time from granted to resumed is 0.18 ms when one INSERT follows another,
/// and a part of it is for waking the loop. An INSERT is slower on a thread that has slept than in
/// a loop of INSERTs.
const WOKEN_INSERT_NS: u64 = 100_000;
/// From the poll log: after 100 ms without any INSERT the first one takes this much longer.
const COLD_INSERT_NS: u64 = 400_000;
/// From the poll log: after 100 ms without any sync the first one takes this much longer, in
/// percent of a sync.
const COLD_SYNC_PERCENT: u64 = 250;
/// Fitted: a COMMIT on a thread that has slept, in percent of one in a loop of COMMITs.
const WOKEN_COMMIT_PERCENT: u64 = 113;
/// The same on one core, which the kernel's threads need too.
const WOKEN_COMMIT_ONE_CORE_PERCENT: u64 = 138;
/// An estimate: the part of a COMMIT that is work on a core, in percent. The rest is syncs.
const COMMIT_WORK_PERCENT: u64 = 20;
/// Fitted: the loop's part of `connect_us`, in percent, before the time to wake two cores is
/// subtracted. The rest of `connect_us` overlaps with the start of the next thread.
const THREAD_START_PERCENT: u64 = 87;
/// Fitted: the worker's part of `connect_us`, in percent.
const OPEN_PERCENT: u64 = 20;
/// Distribution of syncs in percent of their median: most are near it, three in a hundred take
/// several times as long (fact 13.8).
const SYNC_SPREAD: &Quantiles = &[
    72, 78, 82, 85, 87, 89, 91, 92, 94, 95, 96, 97, 98, 99, 100, 100, 101, 102, 104, 105, 107, 109, 112, 115, 119, 124, 130, 138,
    150, 170, 210, 330, 700,
];
/// Fitted: the range of the factor by which one run scales all its syncs, in percent (fact 13.8).
const SYNC_SCALE_BY_RUN: (u32, u32) = (70, 130);

/// The machine with this profile, in the scenario's journal and synchronous mode.
pub(super) fn machine(profile: &MachineProfile, scenario: &Scenario) -> Machine {
    let (journal, synchronous) = (scenario.journal, scenario.synchronous);
    let linux_vm = MachineProfile::linux_vm();
    let scaled = |nanoseconds: u64| micros(nanoseconds * profile.loop_callback_ns / linux_vm.loop_callback_ns);
    let thread_exit_ns = EXIT_LATENCY_NS * wake_up_ns(profile) / wake_up_ns(&linux_vm);
    // The profile's time to start a thread includes waking the new thread's core and the loop's
    // core.
    let both_exits_ns = 2 * thread_exit_ns;
    let wake_ns = if profile.cores > 1 { WAKE_NS + WAKE_ACROSS_NS } else { WAKE_NS };
    let woken_commit = if profile.cores > 1 { WOKEN_COMMIT_PERCENT } else { WOKEN_COMMIT_ONE_CORE_PERCENT };
    let commit_in = |journal, synchronous| commit_ns(profile, scenario, journal, synchronous);
    let commit = commit_in(journal, synchronous) * woken_commit / 100;
    let syncs = commit_syncs(journal, synchronous);
    let commit_work = if syncs == 0 { commit } else { commit * COMMIT_WORK_PERCENT / 100 };
    let all_syncs = commit_in(journal, synchronous).saturating_sub(commit_in(journal, Synchronous::Off));
    // In WAL mode a COMMIT is one sync of the log.
    let log_sync = commit_in(Journal::Wal, Synchronous::Full) * woken_commit / 100;
    Machine {
        cores: profile.cores,
        timer: Timer::Slack(SLACK),
        halt_delay: HALT_DELAY,
        timer_exit_latency: micros(EXIT_LATENCY_NS * lateness_ns(profile) / lateness_ns(&linux_vm)),
        thread_exit_latency: micros(thread_exit_ns),
        thread_start: micros((profile.connect_ns * THREAD_START_PERCENT / 100).saturating_sub(both_exits_ns)),
        open: micros(profile.connect_ns * OPEN_PERCENT / 100),
        callback: micros(profile.loop_callback_ns),
        resume: scaled(RESUME_NS),
        print: SimDuration::ZERO,
        wake: scaled(wake_ns),
        gil_waiter_ns: GIL_WAITER_NS * wake_ns / (WAKE_NS + WAKE_ACROSS_NS),
        barging_percent: BARGING_PERCENT,
        python: scaled(PYTHON_NS),
        poll: scaled(POLL_NS),
        cold_poll_extra: scaled(COLD_POLL_NS),
        shared_percent: SHARED_PERCENT,
        schema: micros(profile.schema_ns),
        first_insert: micros(profile.insert_ns.in_mode(journal, synchronous)) + scaled(WOKEN_INSERT_NS),
        cold_insert_extra: scaled(COLD_INSERT_NS),
        later_insert: micros(profile.insert_ns.in_mode(Journal::Wal, Synchronous::Off)),
        commit_syncs: syncs,
        commit_write: part(commit_work, syncs + 1),
        commit_sync: part(commit - commit_work, syncs),
        cold_sync_extra: part(all_syncs * COLD_SYNC_PERCENT / 100, syncs),
        checkpoint_syncs: if synchronous == Synchronous::Off { 0 } else { 2 },
        checkpoint_write: part(log_sync / 2, 2),
        checkpoint_sync: micros(log_sync / 2),
        sync_spread: SYNC_SPREAD,
        sync_scale_by_run: SYNC_SCALE_BY_RUN,
        rollback: scaled(POLL_NS),
        close: scaled(CLOSE_NS),
        long_sleep: SimDuration::from_millis(100) + micros(profile.long_sleep_overshoot_ns()),
    }
}

/// Duration of a COMMIT alone on an idle machine, in nanoseconds: the profile's, or in proportion
/// to the scenario's `commit_time` if it has one.
fn commit_ns(profile: &MachineProfile, scenario: &Scenario, journal: Journal, synchronous: Synchronous) -> u64 {
    const MAX_MICROSECONDS: u64 = 60_000_000;
    let measured = profile.commit_ns.in_mode(journal, synchronous);
    let Some(given) = scenario.commit_time else { return measured };
    let default = profile.commit_ns.in_mode(Journal::Delete, Synchronous::Full).max(1);
    (measured * given.micros() / default).min(MAX_MICROSECONDS) * 1000
}

/// The part of a round trip to another thread that is not Python, in nanoseconds: waking two
/// threads, each on a core that had halted.
const fn wake_up_ns(profile: &MachineProfile) -> u64 {
    profile.thread_round_trip_ns.saturating_sub(ROUND_TRIP_CALLBACKS * profile.loop_callback_ns)
}

/// How much later than its timer, slack included, a short sleep ends on an idle core, in
/// nanoseconds.
const fn lateness_ns(profile: &MachineProfile) -> u64 {
    profile.sleep_overshoot_ns[0].saturating_sub(SLACK.micros() * 1000)
}

/// One of `parts` equal parts of `nanoseconds`; zero if there are no parts.
fn part(nanoseconds: u64, parts: u32) -> SimDuration {
    if parts == 0 { SimDuration::ZERO } else { micros(nanoseconds / u64::from(parts)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_that_the_profile_does_not_measure_double_on_a_machine_with_cores_half_as_fast() {
        let slow =
            MachineProfile { loop_callback_ns: 2 * MachineProfile::linux_vm().loop_callback_ns, ..MachineProfile::linux_vm() };
        let cost = |profile: &MachineProfile| machine(profile, &Scenario::default()).poll.micros();
        assert_eq!(cost(&slow), 2 * cost(&MachineProfile::linux_vm()));
    }
}
