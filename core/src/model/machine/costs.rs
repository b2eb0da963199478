//! The table of costs, and how a cost differs from one time to the next.

use crate::model::caches::Coldness;
use crate::model::rng::{Quantiles, Rng};
use crate::scenario::{Journal, Synchronous};
use crate::time::SimDuration;

/// When sleeps end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum Timer {
    /// Up to this much later than requested, together with other sleeps on the same core (Linux,
    /// fact 13.6).
    Slack(SimDuration),
    /// On the next tick of a clock with this period (Windows).
    Tick(SimDuration),
    /// Together with other sleeps on any core; long sleeps much later than requested (a hypothesis,
    /// fact 13.12).
    Coalesced {
        /// Sleeps of at least this length are long.
        long: SimDuration,
        /// How much later than requested a long sleep may end.
        slack: SimDuration,
        /// How much later than requested any other sleep may end.
        short_slack: SimDuration,
    },
}

/// The costs of one machine. The durations of work on a core are medians; [`Machine::burst`] draws
/// the actual ones.
#[derive(Clone, Debug)]
pub(in crate::model) struct Machine {
    /// Number of cores.
    pub(in crate::model) cores: u32,
    pub(in crate::model) timer: Timer,
    /// How long a core is idle before it halts. A thread that is woken on a halted core has to wait
    /// until the core is awake. A timer interrupt always has to wake an
    /// idle core first.
    pub(in crate::model) halt_delay: SimDuration,
    /// Waking a halted core for its timer interrupt.
    pub(in crate::model) timer_exit_latency: SimDuration,
    /// Waking a halted core for a thread that another thread wakes.
    pub(in crate::model) thread_exit_latency: SimDuration,
    /// The loop's part of starting a worker thread.
    pub(in crate::model) thread_start: SimDuration,
    /// The worker's part: opening the file.
    pub(in crate::model) open: SimDuration,
    /// A callback of the event loop that runs no coroutine.
    pub(in crate::model) callback: SimDuration,
    /// A callback that runs a coroutine to its next await.
    pub(in crate::model) resume: SimDuration,
    /// Printing one line when a coroutine is resumed; zero if the program prints nothing.
    pub(in crate::model) print: SimDuration,
    /// Waking a thread that waits for the GIL, a queue or the selector.
    pub(in crate::model) wake: SimDuration,
    /// How much longer waking a thread for the GIL takes for each thread that waits for it, in
    /// nanoseconds: each of them wakes every 5 ms to check (fact 8.1).
    pub(in crate::model) gil_waiter_ns: u64,
    /// Percentage of contended releases of the GIL after which any thread may take it, 0 to 100.
    pub(in crate::model) barging_percent: u32,
    /// A worker's Python between two calls into SQLite, with the GIL.
    pub(in crate::model) python: SimDuration,
    /// A lock attempt: waking, asking, going back to sleep.
    pub(in crate::model) poll: SimDuration,
    /// How much longer an attempt takes with fully cold caches.
    pub(in crate::model) cold_poll_extra: SimDuration,
    /// The part of a lock attempt during which it holds SHARED, in percent; 0 if that is not
    /// simulated.
    pub(in crate::model) shared_percent: u32,
    /// Reading the schema at the first statement of a connection.
    pub(in crate::model) schema: SimDuration,
    /// The first INSERT of a transaction, once it has its lock.
    pub(in crate::model) first_insert: SimDuration,
    /// How much longer the first INSERT takes with fully cold caches.
    pub(in crate::model) cold_insert_extra: SimDuration,
    /// A later INSERT of the same transaction, which already has its lock and its journal.
    pub(in crate::model) later_insert: SimDuration,
    /// Syncs of a COMMIT (fact 4.1).
    pub(in crate::model) commit_syncs: u32,
    /// A COMMIT's work on a core, before each sync and after the last one.
    pub(in crate::model) commit_write: SimDuration,
    /// One sync of a COMMIT.
    pub(in crate::model) commit_sync: SimDuration,
    /// How much longer a sync takes with fully cold caches.
    pub(in crate::model) cold_sync_extra: SimDuration,
    /// Syncs of a checkpoint: one of the log and one of the file, or none (fact 2.5).
    pub(in crate::model) checkpoint_syncs: u32,
    /// A checkpoint's work on a core, before each sync and after the last one.
    pub(in crate::model) checkpoint_write: SimDuration,
    /// One sync of a checkpoint.
    pub(in crate::model) checkpoint_sync: SimDuration,
    /// Distribution of the length of a sync, in percent of its median.
    pub(in crate::model) sync_spread: &'static Quantiles,
    /// Range of the factor, in percent, by which one run scales all its syncs.
    pub(in crate::model) sync_scale_by_run: (u32, u32),
    /// Rolling back a transaction that has written nothing to the file.
    pub(in crate::model) rollback: SimDuration,
    /// Closing a connection.
    pub(in crate::model) close: SimDuration,
    /// How long a 100 ms sleep takes, for a run that contains none.
    pub(in crate::model) long_sleep: SimDuration,
}

/// Distribution of the length of a burst, in percent of its median; read from the poll log
/// (fact 13.5).
const BURST_SPREAD: &Quantiles = &[60, 80, 100, 130, 220];

/// A core that was idle for at least this long takes twice as long to wake; read from the poll log,
/// like the next two constants.
const LONG_IDLE: SimDuration = SimDuration::from_millis(10);
/// Distribution of the time that a core takes to wake, in percent of its median.
const EXIT_LATENCY_SPREAD: &Quantiles = &[15, 60, 85, 100, 115, 130, 150, 190, 400];
/// Distribution of the extra time of a cold attempt, in percent of its median.
const COLD_POLL_SPREAD: &Quantiles = &[25, 40, 60, 85, 100, 130, 160, 200, 250];

impl Machine {
    /// Draws the length of a burst with this median.
    pub(in crate::model) fn burst(&self, median: SimDuration, rng: &mut Rng) -> SimDuration {
        percent_of(median, rng.percent(BURST_SPREAD))
    }

    /// Draws the length of a sync with this median.
    pub(in crate::model) fn sync(&self, median: SimDuration, rng: &mut Rng) -> SimDuration {
        percent_of(median, rng.percent(self.sync_spread))
    }

    /// Median time to wake a thread for the GIL while `waiters` others wait for it.
    pub(in crate::model) fn gil_wake(&self, waiters: u32) -> SimDuration {
        self.wake + micros(self.gil_waiter_ns * u64::from(waiters))
    }

    /// Draws how much longer an attempt takes because of cold caches.
    pub(in crate::model) fn cold_poll_extra(&self, coldness: Coldness, rng: &mut Rng) -> SimDuration {
        percent_of(coldness.of(self.cold_poll_extra), rng.percent(COLD_POLL_SPREAD))
    }

    /// How much longer the first INSERT of a transaction takes because of cold caches.
    pub(in crate::model) fn cold_insert_extra(&self, coldness: Coldness) -> SimDuration {
        coldness.of(self.cold_insert_extra)
    }

    /// How much longer a sync takes because of cold caches.
    pub(in crate::model) fn cold_sync_extra(&self, coldness: Coldness) -> SimDuration {
        coldness.of(self.cold_sync_extra)
    }
}

/// Draws the time that a core takes to wake after it was idle for `idle`: about `median`, twice as
/// long after a long idle time.
pub(in crate::model) fn exit_latency(median: SimDuration, idle: SimDuration, rng: &mut Rng) -> SimDuration {
    let factor = if idle >= LONG_IDLE { 2 } else { 1 };
    percent_of(median, factor * rng.percent(EXIT_LATENCY_SPREAD))
}

/// Syncs of a COMMIT: the table of fact 4.1.
pub(super) fn commit_syncs(journal: Journal, synchronous: Synchronous) -> u32 {
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
