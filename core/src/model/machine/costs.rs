//! The table of costs, and how a cost differs from one time to the next.

use crate::model::caches::Coldness;
use crate::model::rng::{Quantiles, Rng};
use crate::scenario::{Journal, Synchronous};
use crate::time::SimDuration;

/// How sleeps end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum Timer {
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
pub(in crate::model) struct Machine {
    pub(in crate::model) cores: u32,
    pub(in crate::model) timer: Timer,
    /// A core that has had nothing to do for so long has gone to sleep, and a thread that is woken on it has to wait. Timers do in any
    /// case.
    pub(in crate::model) halts_after: SimDuration,
    /// Waking a core that had gone to sleep, for its timer.
    pub(in crate::model) timer_exit: SimDuration,
    /// Waking it for a thread that another core wakes.
    pub(in crate::model) wake_exit: SimDuration,
    /// The loop's share of starting a worker thread.
    pub(in crate::model) thread_start: SimDuration,
    /// The worker's share: opening the file.
    pub(in crate::model) open: SimDuration,
    /// A callback of the event loop that runs no coroutine.
    pub(in crate::model) callback: SimDuration,
    /// A callback that runs a coroutine to its next await.
    pub(in crate::model) resume: SimDuration,
    /// The lines that a coroutine prints when it is resumed; nothing where the program prints nothing.
    pub(in crate::model) print: SimDuration,
    /// Waking a thread that waits for the GIL, a queue or the selector.
    pub(in crate::model) wake: SimDuration,
    /// How much longer waking a thread for the GIL takes for each one that waits, in nanoseconds: each of them wakes every 5 ms to
    /// look (fact 8.1).
    pub(in crate::model) crowd_ns: u64,
    /// Of a hundred times that the GIL is let go with somebody waiting, so many leave it to whoever comes by first.
    pub(in crate::model) free_for_all_percent: u32,
    /// A worker's piece of Python between two calls of SQLite, with the GIL.
    pub(in crate::model) turn: SimDuration,
    /// A lock attempt: waking, asking, going to sleep again.
    pub(in crate::model) poll: SimDuration,
    /// How much longer the first attempt after a long rest takes.
    pub(in crate::model) cold_poll: SimDuration,
    /// How much of a lock attempt it holds SHARED, in percent; 0 where that is left out.
    pub(in crate::model) shared_percent: u32,
    /// Reading the schema at the first statement of a connection.
    pub(in crate::model) schema: SimDuration,
    /// The first INSERT of a transaction, once it has its lock.
    pub(in crate::model) insert: SimDuration,
    /// How much longer that takes if nobody has inserted for long.
    pub(in crate::model) cold_insert: SimDuration,
    /// A later INSERT of the same transaction: its lock and its journal are there.
    pub(in crate::model) insert_again: SimDuration,
    /// How often a COMMIT waits for the disk (fact 4.1).
    pub(in crate::model) syncs: u32,
    /// A COMMIT's work before each wait and after the last.
    pub(in crate::model) write: SimDuration,
    /// How long the disk takes each time.
    pub(in crate::model) disk: SimDuration,
    /// How much longer it takes if it has had nothing to do for long.
    pub(in crate::model) cold_disk: SimDuration,
    /// How often a checkpoint waits for the disk: for the log and for the file, or not at all (fact 2.5).
    pub(in crate::model) checkpoint_syncs: u32,
    /// A checkpoint's work before each wait and after the last.
    pub(in crate::model) checkpoint_write: SimDuration,
    /// How long the disk takes each time.
    pub(in crate::model) checkpoint_disk: SimDuration,
    /// How all these waits differ from each other, in percent of their median.
    pub(in crate::model) disk_spread: &'static Quantiles,
    /// How the whole disk differs from run to run: least and most, in percent.
    pub(in crate::model) disk_mood: (u32, u32),
    /// Undoing a transaction that has written nothing to the file.
    pub(in crate::model) rollback: SimDuration,
    /// Closing a connection.
    pub(in crate::model) close: SimDuration,
    /// What a 100 ms sleep really takes, where no run tells.
    pub(in crate::model) long_sleep: SimDuration,
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
    /// Work of about `median` as it turns out this time.
    pub(in crate::model) fn burst(&self, median: SimDuration, rng: &mut Rng) -> SimDuration {
        percent_of(median, rng.percent(BURST_SPREAD))
    }

    /// A wait for the disk of about `median` as it turns out this time.
    pub(in crate::model) fn disk_wait(&self, median: SimDuration, rng: &mut Rng) -> SimDuration {
        percent_of(median, rng.percent(self.disk_spread))
    }

    /// Waking a thread to take the GIL, while so many others wait for it.
    pub(in crate::model) fn gil_wake(&self, waiters: u32) -> SimDuration {
        self.wake + micros(self.crowd_ns * u64::from(waiters))
    }

    /// How much longer such a cold attempt takes this time.
    pub(in crate::model) fn cold_poll(&self, cold: Coldness, rng: &mut Rng) -> SimDuration {
        percent_of(cold.of(self.cold_poll), rng.percent(COLD_SPREAD))
    }

    /// How much longer so cold an INSERT takes.
    pub(in crate::model) fn cold_insert(&self, cold: Coldness) -> SimDuration {
        cold.of(self.cold_insert)
    }

    /// How much longer so cold a wait for the disk takes.
    pub(in crate::model) fn cold_disk(&self, cold: Coldness) -> SimDuration {
        cold.of(self.cold_disk)
    }
}

/// Waking a core takes about `median`, twice as long after a long rest: how long it takes this time.
pub(in crate::model) fn idle_exit(median: SimDuration, rest: SimDuration, rng: &mut Rng) -> SimDuration {
    let times = if rest >= LONG_REST { 2 } else { 1 };
    percent_of(median, times * rng.percent(IDLE_EXIT_SPREAD))
}

/// How often a COMMIT waits for the disk: the table of fact 4.1.
pub(super) fn syncs(journal: Journal, synchronous: Synchronous) -> u32 {
    use Synchronous::{Extra, Full, Normal, Off};
    match (journal, synchronous) {
        (_, Off) | (Journal::Wal, Normal) => 0,
        (Journal::Memory | Journal::Off, _) | (Journal::Wal, Full | Extra) => 1,
        (Journal::Delete | Journal::Truncate, Normal) => 3,
        (Journal::Delete, Full) | (Journal::Persist, Normal) => 4,
        _ => 5,
    }
}

pub(super) fn micros(nanoseconds: u64) -> SimDuration {
    SimDuration::from_micros((nanoseconds + 500) / 1000)
}

pub(super) fn percent_of(length: SimDuration, percent: u32) -> SimDuration {
    SimDuration::from_micros((length.micros() * u64::from(percent) + 50) / 100)
}
