//! What each step costs on a machine: the table that the model charges from, in microseconds.
//!
//! [`measured`] makes it from a profile: `linux-vm` and `custom`. [`laptops`] holds the machine of which only the question
//! tells.

mod laptops;
mod measured;

use super::caches::Coldness;
use super::rng::{Quantiles, Rng};
use crate::scenario::{Journal, MachineChoice, MachineProfile, Scenario, Synchronous};
use crate::time::SimDuration;

/// How sleeps end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timer {
    /// Up to so much later than asked, together with neighbours on the same core (Linux, fact 13.6).
    Slack(SimDuration),
    /// On the next tick of a clock (Windows).
    Tick(SimDuration),
    /// Together with neighbours on any core, long sleeps much later than asked (a hypothesis, fact 13.12).
    Coalesced {
        /// Sleeps from this length on are long.
        long: SimDuration,
        /// How much later than asked a long one may end.
        slack: SimDuration,
        /// How much later than asked any other may end.
        short_slack: SimDuration,
    },
}

/// One machine's costs. Work on a core differs from time to time as [`Machine::burst`] says.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) cores: u32,
    pub(super) timer: Timer,
    /// A core that has had nothing to do for so long has gone to sleep, and a thread that is woken on it has to wait. Timers do in any
    /// case.
    pub(super) halts_after: SimDuration,
    /// Waking a core that had gone to sleep, for its timer.
    pub(super) timer_exit: SimDuration,
    /// Waking it for a thread that another core wakes.
    pub(super) wake_exit: SimDuration,
    /// The loop's share of starting a worker thread.
    pub(super) thread_start: SimDuration,
    /// The worker's share: opening the file.
    pub(super) open: SimDuration,
    /// A callback of the event loop that runs no coroutine.
    pub(super) callback: SimDuration,
    /// A callback that runs a coroutine to its next await.
    pub(super) resume: SimDuration,
    /// The lines that a coroutine prints when it is resumed; nothing where the program prints nothing.
    pub(super) print: SimDuration,
    /// Waking a thread that waits for the GIL, a queue or the selector.
    pub(super) wake: SimDuration,
    /// How much longer waking a thread for the GIL takes for each one that waits, in nanoseconds: each of them wakes every 5 ms to
    /// look (fact 8.1).
    pub(super) crowd_ns: u64,
    /// Of a hundred times that the GIL is let go with somebody waiting, so many leave it to whoever comes by first.
    pub(super) free_for_all_percent: u32,
    /// A worker's piece of Python between two calls of SQLite, with the GIL.
    pub(super) turn: SimDuration,
    /// A lock attempt: waking, asking, going to sleep again.
    pub(super) poll: SimDuration,
    /// How much longer the first attempt after a long rest takes.
    pub(super) cold_poll: SimDuration,
    /// How much of a lock attempt it holds SHARED, in percent; 0 where that is left out.
    pub(super) shared_percent: u32,
    /// Reading the schema at the first statement of a connection.
    pub(super) schema: SimDuration,
    /// The first INSERT of a transaction, once it has its lock.
    pub(super) insert: SimDuration,
    /// How much longer that takes if nobody has inserted for long.
    pub(super) cold_insert: SimDuration,
    /// A later INSERT of the same transaction: its lock and its journal are there.
    pub(super) insert_again: SimDuration,
    /// How often a COMMIT waits for the disk (fact 4.1).
    pub(super) syncs: u32,
    /// A COMMIT's work before each wait and after the last.
    pub(super) write: SimDuration,
    /// How long the disk takes each time.
    pub(super) disk: SimDuration,
    /// How much longer it takes if it has had nothing to do for long.
    pub(super) cold_disk: SimDuration,
    /// How often a checkpoint waits for the disk: for the log and for the file, or not at all (fact 2.5).
    pub(super) checkpoint_syncs: u32,
    /// A checkpoint's work before each wait and after the last.
    pub(super) checkpoint_write: SimDuration,
    /// How long the disk takes each time.
    pub(super) checkpoint_disk: SimDuration,
    /// How all these waits differ from each other, in percent of their median.
    pub(super) disk_spread: &'static Quantiles,
    /// How the whole disk differs from run to run: least and most, in percent.
    pub(super) disk_mood: (u32, u32),
    /// Undoing a transaction that has written nothing to the file.
    pub(super) rollback: SimDuration,
    /// Closing a connection.
    pub(super) close: SimDuration,
    /// What a 100 ms sleep really takes, where no run tells.
    pub(super) long_sleep: SimDuration,
}

/// How bursts of work differ from each other, in percent of their median: read off the poll log (fact 13.5).
const BURST_SPREAD: &Quantiles = &[60, 80, 100, 130, 220];

/// From so long a rest on a core takes twice as long to wake (read off the poll log, as what follows).
const LONG_REST: SimDuration = SimDuration::from_millis(10);
/// How waking a core differs from time to time, in percent of its median.
const IDLE_EXIT_SPREAD: &Quantiles = &[15, 60, 85, 100, 115, 130, 150, 190, 400];
/// How cold attempts differ from each other, in percent of their median.
const COLD_SPREAD: &Quantiles = &[25, 40, 60, 85, 100, 130, 160, 200, 250];

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

    /// Work of about `median` as it turns out this time.
    pub(super) fn burst(&self, median: SimDuration, rng: &mut Rng) -> SimDuration {
        percent_of(median, rng.percent(BURST_SPREAD))
    }

    /// A wait for the disk of about `median` as it turns out this time.
    pub(super) fn disk_wait(&self, median: SimDuration, rng: &mut Rng) -> SimDuration {
        percent_of(median, rng.percent(self.disk_spread))
    }

    /// Waking a thread to take the GIL, while so many others wait for it.
    pub(super) fn gil_wake(&self, waiters: u32) -> SimDuration {
        self.wake + micros(self.crowd_ns * u64::from(waiters))
    }

    /// How much longer such a cold attempt takes this time.
    pub(super) fn cold_poll(&self, cold: Coldness, rng: &mut Rng) -> SimDuration {
        percent_of(cold.of(self.cold_poll), rng.percent(COLD_SPREAD))
    }

    /// How much longer so cold an INSERT takes.
    pub(super) fn cold_insert(&self, cold: Coldness) -> SimDuration {
        cold.of(self.cold_insert)
    }

    /// How much longer so cold a wait for the disk takes.
    pub(super) fn cold_disk(&self, cold: Coldness) -> SimDuration {
        cold.of(self.cold_disk)
    }
}

/// Waking a core takes about `median`, twice as long after a long rest: how long it takes this time.
pub(super) fn idle_exit(median: SimDuration, rest: SimDuration, rng: &mut Rng) -> SimDuration {
    let times = if rest >= LONG_REST { 2 } else { 1 };
    percent_of(median, times * rng.percent(IDLE_EXIT_SPREAD))
}

/// How often a COMMIT waits for the disk: the table of fact 4.1.
fn syncs(journal: Journal, synchronous: Synchronous) -> u32 {
    use Synchronous::{Extra, Full, Normal, Off};
    match (journal, synchronous) {
        (_, Off) | (Journal::Wal, Normal) => 0,
        (Journal::Memory | Journal::Off, _) | (Journal::Wal, Full | Extra) => 1,
        (Journal::Delete | Journal::Truncate, Normal) => 3,
        (Journal::Delete, Full) | (Journal::Persist, Normal) => 4,
        _ => 5,
    }
}

fn micros(nanoseconds: u64) -> SimDuration {
    SimDuration::from_micros((nanoseconds + 500) / 1000)
}

fn percent_of(length: SimDuration, percent: u32) -> SimDuration {
    SimDuration::from_micros((length.micros() * u64::from(percent) + 50) / 100)
}
