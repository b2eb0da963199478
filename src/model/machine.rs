//! What each step costs on a machine: the table that the model charges from, in microseconds.
//!
//! `linux-vm` and `custom` are made from a measured profile. What a profile does not measure is read off the poll log of two real
//! runs (facts 13.4-13.8) and said to be so at its constant. `windows-laptop` and `mac-laptop` are hypotheses (facts 13.11, 13.12).

use super::rng::{Quantiles, Rng};
use crate::scenario::{MachineChoice, MachineProfile, Scenario};
use crate::time::SimDuration;

/// How sleeps end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timer {
    /// Up to so much later than asked, together with neighbours (Linux, macOS).
    Slack(SimDuration),
    /// On the next tick of a clock (Windows).
    Tick(SimDuration),
}

/// One machine's costs.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) cores: u32,
    pub(super) timer: Timer,
    /// From the end of a sleep, or from being woken, to running, on a core that had nothing to do.
    pub(super) idle_exit: SimDuration,
    /// The loop's share of starting a worker thread.
    pub(super) thread_start: SimDuration,
    /// The worker's share: opening the file.
    pub(super) open: SimDuration,
    /// A callback of the event loop that runs no coroutine.
    pub(super) callback: SimDuration,
    /// A callback that runs a coroutine to its next await.
    pub(super) resume: SimDuration,
    /// A line printed by the coroutine that is resumed; nothing if the program prints nothing.
    pub(super) print: SimDuration,
    /// Waking a thread that waits for the GIL, a queue or the selector.
    pub(super) wake: SimDuration,
    /// A worker's piece of Python between two calls of SQLite, with the GIL.
    pub(super) turn: SimDuration,
    /// A lock attempt: waking, asking, going to sleep again.
    pub(super) poll: SimDuration,
    /// Reading the schema at the first statement of a connection.
    pub(super) schema: SimDuration,
    /// The INSERT once it has its lock.
    pub(super) insert: SimDuration,
    /// The I/O of a COMMIT.
    pub(super) commit: SimDuration,
    /// How COMMITs differ from each other, in percent of their median.
    pub(super) commit_spread: &'static Quantiles,
    /// Closing a connection.
    pub(super) close: SimDuration,
    /// What a 100 ms sleep really takes.
    pub(super) long_sleep: SimDuration,
}

/// How bursts of work differ from each other, in percent of their median: fitted to the poll log (fact 13.5).
const BURST_SPREAD: &Quantiles = &[60, 80, 100, 130, 220];
/// COMMITs: most near the median, three in a hundred several times as long (fact 13.8).
const DISK_SPREAD: &Quantiles = &[
    72, 78, 82, 85, 87, 89, 91, 92, 94, 95, 96, 97, 98, 99, 100, 100, 101, 102, 104, 105, 107, 109, 112, 115, 119, 124, 130, 138,
    150, 170, 210, 330, 700,
];
/// The whole run's disk may be faster or slower than the profile says, in percent (fact 13.8).
const RUN_SPREAD: (u32, u32) = (80, 125);

impl Machine {
    pub(super) fn of(scenario: &Scenario) -> Self {
        match (scenario.machine, &scenario.profile) {
            (MachineChoice::WindowsLaptop, _) => Self::windows_laptop(scenario),
            (MachineChoice::MacLaptop, _) => Self::mac_laptop(scenario),
            (MachineChoice::Custom, Some(profile)) => Self::measured(profile, scenario),
            (MachineChoice::LinuxVm | MachineChoice::Custom, _) => Self::measured(&linux_vm(), scenario),
        }
    }

    /// A Linux machine with this profile.
    fn measured(profile: &MachineProfile, scenario: &Scenario) -> Self {
        let mode = |costs: &crate::scenario::machine::Costs| micros(costs.in_mode(scenario.journal, scenario.synchronous));
        Self {
            cores: profile.cores,
            timer: Timer::Slack(SimDuration::from_micros(50)),
            idle_exit: SimDuration::from_micros(35),
            thread_start: micros(profile.connect_ns * 6 / 10),
            open: micros(profile.connect_ns * 3 / 10),
            callback: micros(profile.loop_callback_ns),
            resume: SimDuration::from_micros(10),
            print: SimDuration::ZERO,
            wake: SimDuration::from_micros(15),
            turn: SimDuration::from_micros(15),
            poll: SimDuration::from_micros(12),
            schema: micros(profile.schema_ns),
            insert: mode(&profile.insert_ns),
            commit: mode(&profile.commit_ns),
            commit_spread: DISK_SPREAD,
            close: SimDuration::from_micros(20),
            long_sleep: SimDuration::from_millis(100) + micros(profile.long_sleep_overshoot_ns()),
        }
    }

    /// The asker's: Windows' 64 Hz tick, four cores, a COMMIT of between one and two ticks, a console that prints slowly.
    fn windows_laptop(scenario: &Scenario) -> Self {
        let tick = SimDuration::from_micros(15_625);
        let ratio = Ratio::of(scenario, SimDuration::from_millis(22));
        Self {
            cores: 4,
            timer: Timer::Tick(tick),
            print: SimDuration::from_micros(150),
            commit: ratio.commit,
            commit_spread: &[95, 98, 100, 102, 106],
            long_sleep: SimDuration::from_micros(7 * tick.micros()),
            ..Self::measured(&linux_vm(), scenario)
        }
    }

    /// The answerer's: timers gathered within 10 ms, eight cores, a fast disk.
    fn mac_laptop(scenario: &Scenario) -> Self {
        let slack = SimDuration::from_millis(10);
        let ratio = Ratio::of(scenario, SimDuration::from_micros(2000));
        Self {
            cores: 8,
            timer: Timer::Slack(slack),
            print: SimDuration::from_micros(5),
            commit: ratio.commit,
            long_sleep: SimDuration::from_millis(100) + slack,
            ..Self::measured(&linux_vm(), scenario)
        }
    }

    /// `median` as it turns out this time.
    pub(super) fn burst(&self, median: SimDuration, rng: &mut Rng) -> SimDuration {
        percent_of(median, rng.percent(BURST_SPREAD))
    }

    /// The I/O of one COMMIT.
    pub(super) fn commit_io(&self, rng: &mut Rng) -> SimDuration {
        percent_of(self.commit, rng.percent(self.commit_spread))
    }

    /// This run's machine: the disk's mood differs from run to run (fact 13.8).
    pub(super) fn in_this_run(self, rng: &mut Rng) -> Self {
        let (least, most) = RUN_SPREAD;
        let mood = rng.between(least, most);
        let commit = if matches!(self.timer, Timer::Tick(_)) { self.commit } else { percent_of(self.commit, mood) };
        Self { commit, ..self }
    }
}

/// A machine of which only the cost of the default COMMIT is known: the other modes are scaled as on `linux-vm`.
struct Ratio {
    commit: SimDuration,
}

impl Ratio {
    fn of(scenario: &Scenario, full: SimDuration) -> Self {
        let costs = linux_vm().commit_ns;
        let default = Scenario::default();
        let (mode, base) =
            (costs.in_mode(scenario.journal, scenario.synchronous), costs.in_mode(default.journal, default.synchronous));
        Self { commit: SimDuration::from_micros(full.micros() * mode / base.max(1)) }
    }
}

/// The measured machine: medians of its profiles.
fn linux_vm() -> MachineProfile {
    MachineProfile::parse(include_str!("../../data/machine_profile.jsonl")).expect("the kept profile is read by a test")
}

fn micros(nanoseconds: u64) -> SimDuration {
    SimDuration::from_micros((nanoseconds + 500) / 1000)
}

fn percent_of(length: SimDuration, percent: u32) -> SimDuration {
    SimDuration::from_micros((length.micros() * u64::from(percent) + 50) / 100)
}
