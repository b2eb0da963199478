//! What a task is doing, as a lane shows it: one word for the legend, one colour, one mark.

use strum::{EnumCount, VariantArray};

/// What a task is doing at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumCount, VariantArray)]
pub enum LaneState {
    /// From the coroutine's first step until its worker thread runs.
    Starting,
    /// So many others are between connect and close that the semaphore lets it wait.
    WaitingForSemaphore,
    /// The worker opens the database file; no lock is needed (fact 1.7).
    Connecting,
    /// Its call waits behind others in the queue of the worker thread that all share.
    QueuedForWorker,
    /// The worker has posted its answer, and the coroutine waits for its turn in the event loop (fact 6.3).
    QueuedForLoop,
    /// The worker has a call to make or an answer to post, and waits for the GIL (facts 8.2, 13.7).
    WaitingForGil,
    /// SQLite asks for a lock: some microseconds (fact 13.5).
    Polling,
    /// SQLite's busy handler sleeps between two polls (fact 3.2).
    AsleepInBackoff,
    /// The connection keeps all other writers out, whatever its coroutine does meanwhile.
    Holding,
    /// COMMIT, or a checkpoint, writes and waits for the disk (facts 2.5, 4.3).
    Committing,
    /// After "database is locked", before the next try: the rollback and the pause.
    RetryPause,
    /// The row is in and the connection is closed.
    Done,
    /// "database is locked" reached the coroutine.
    Failed,
    /// The loop has stopped: nobody will look at what this task still does (fact 7.8).
    Abandoned,
}

impl LaneState {
    /// Every state, in the order of a legend.
    pub const ALL: [Self; Self::COUNT] = match Self::VARIANTS.first_chunk() {
        Some(all) => *all,
        None => panic!("there are as many variants as are counted"),
    };

    /// Words for the legend.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::WaitingForSemaphore => "waiting for the semaphore",
            Self::Connecting => "connecting",
            Self::QueuedForWorker => "queued for the worker",
            Self::QueuedForLoop => "queued for the loop",
            Self::WaitingForGil => "waiting for the GIL",
            Self::Polling => "polling",
            Self::AsleepInBackoff => "asleep in back-off",
            Self::Holding => "holding the lock",
            Self::Committing => "committing",
            Self::RetryPause => "pause before a retry",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
        }
    }

    /// A sign that tells the state without its colour.
    #[must_use]
    pub const fn glyph(self) -> char {
        match self {
            Self::Starting => '·',
            Self::WaitingForSemaphore => '◌',
            Self::Connecting => '○',
            Self::QueuedForWorker => '⋮',
            Self::QueuedForLoop => '…',
            Self::WaitingForGil => '◔',
            Self::Polling => '|',
            Self::AsleepInBackoff => '–',
            Self::Holding => '■',
            Self::Committing => '▼',
            Self::RetryPause => '↻',
            Self::Done => '✓',
            Self::Failed => '✕',
            Self::Abandoned => '?',
        }
    }

    /// True for the states that a task does not leave while the loop runs.
    #[must_use]
    pub const fn is_last(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}
