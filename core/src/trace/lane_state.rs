//! The state of a task, as its lane shows it, with the label and the glyph for the legend.

use strum::{EnumCount, VariantArray};

/// The state of a task at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumCount, VariantArray)]
pub enum LaneState {
    /// From the coroutine's first step until its worker thread runs.
    Starting,
    /// It waits for the semaphore, because the maximum number of tasks is between connect and
    /// close.
    WaitingForSemaphore,
    /// The worker opens the database file; no lock is needed (fact 1.7).
    Connecting,
    /// Its call is in the queue of the worker thread that all tasks share.
    QueuedForWorker,
    /// The worker has posted the result, and the coroutine waits in the ready queue of the event
    /// loop (fact 6.3).
    QueuedForLoop,
    /// The worker has a call to make or a result to post, and waits for the GIL (facts 8.2, 13.7).
    WaitingForGil,
    /// SQLite polls the lock, which takes microseconds (fact 13.5).
    Polling,
    /// SQLite's busy handler sleeps between two polls (fact 3.2).
    AsleepInBackoff,
    /// The connection excludes all other writers, whatever its coroutine does meanwhile.
    Holding,
    /// COMMIT or a checkpoint writes and syncs (facts 2.5, 4.3).
    Committing,
    /// The rollback and the pause between "database is locked" and the retry.
    RetryPause,
    /// The row is committed and the connection is closed.
    Done,
    /// "database is locked" reached the coroutine.
    Failed,
    /// The loop has stopped. The program does not see what this task's thread still does (fact
    /// 7.8).
    Abandoned,
}

impl LaneState {
    /// Every state, in legend order.
    pub const ALL: [Self; Self::COUNT] = match Self::VARIANTS.first_chunk() {
        Some(all) => *all,
        None => panic!("there are as many variants as are counted"),
    };

    /// The label in the legend.
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

    /// A glyph that identifies the state without its colour.
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

    /// Whether a task never leaves this state while the loop runs.
    #[must_use]
    pub const fn is_last(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}
