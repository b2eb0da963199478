//! What a run can be seen to do: one variant for each observable fact, in the field's own terms.

use crate::time::{SimDuration, SimTime};
use serde::Serialize;
use std::fmt;

/// A coroutine under the gather, counted from 1 as the program prints it. In `connection-per-task` it also names the task's
/// connection and that connection's worker thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TaskId(u32);

impl TaskId {
    /// Stands in events that belong to the event loop and to no task.
    pub const LOOP: Self = Self(0);

    /// The task with this number; the program counts from 1.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number that the program prints.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Place in a list of all tasks; none for [`TaskId::LOOP`].
    #[must_use]
    pub const fn index(self) -> Option<usize> {
        if self.0 == 0 { None } else { Some(self.0 as usize - 1) }
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A call that a coroutine awaits and its worker thread makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// `aiosqlite.connect`: takes no lock (fact 1.7).
    Connect,
    /// `PRAGMA journal_mode`, where the mode belongs to the connection.
    PragmaJournal,
    /// `PRAGMA synchronous`.
    PragmaSynchronous,
    /// `execute(INSERT)`: prepare, BEGIN, step (fact 5.3).
    Execute,
    /// `commit()`.
    Commit,
    /// `close()`, first half: the connection is closed.
    Close,
    /// `close()`, second half: the worker thread is stopped (fact 6.4).
    Stop,
}

/// A point of a call at which SQLite asks for a lock, and may find it taken. Each has its own full timeout (fact 3.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// The first prepare reads the schema and needs SHARED.
    Prepare,
    /// The INSERT needs SHARED and RESERVED; in WAL mode the write lock.
    Insert,
    /// COMMIT needs EXCLUSIVE; in WAL mode it has all it needs.
    Commit,
}

/// A connection's lock on the database file. Ordered from weakest to strongest (fact 1.1); in WAL mode only the first,
/// [`Lock::Read`] and [`Lock::Write`] occur (fact 2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Lock {
    /// None.
    #[default]
    Unlocked,
    /// May read.
    Shared,
    /// Means to write; others may still read.
    Reserved,
    /// Waits for readers to leave; no new ones may come.
    Pending,
    /// Writes to the file.
    Exclusive,
    /// WAL mode: reads from a snapshot.
    Read,
    /// WAL mode: the write lock.
    Write,
}

impl Lock {
    /// The lock's name as SQLite's documentation writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unlocked => "UNLOCKED",
            Self::Shared => "SHARED",
            Self::Reserved => "RESERVED",
            Self::Pending => "PENDING",
            Self::Exclusive => "EXCLUSIVE",
            Self::Read => "READ",
            Self::Write => "WRITE",
        }
    }

    /// True for the locks of which the file has one at a time.
    #[must_use]
    pub const fn keeps_writers_out(self) -> bool {
        !matches!(self, Self::Unlocked | Self::Shared | Self::Read)
    }
}

/// Something that happened, and when, and to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: SimTime,
    /// To which task; [`TaskId::LOOP`] for the event loop itself.
    pub task: TaskId,
    /// What.
    pub kind: EventKind,
}

/// What happened. Every variant but the loop's own belongs to one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// The coroutine's first step ran.
    TaskStarted,
    /// Its worker thread runs.
    ThreadStarted,
    /// The coroutine has its connection: the program prints "connected".
    Connected,
    /// The coroutine put a call into its worker's queue and awaits it.
    CallQueued {
        /// Which call.
        call: Call,
    },
    /// The worker has the answer to its call and posted it to the loop.
    CallReturned {
        /// Which call.
        call: Call,
        /// False if the answer is "database is locked".
        ok: bool,
    },
    /// SQLite asked for a lock.
    Attempt {
        /// At which point.
        statement: Statement,
        /// True if it got the lock, false for busy.
        granted: bool,
    },
    /// The busy handler sleeps before the next attempt (fact 3.2).
    Backoff {
        /// What it asks for, in milliseconds.
        asked_ms: u32,
        /// How long it really sleeps, in microseconds.
        sleeps_us: u32,
    },
    /// The connection's lock changed.
    Lock {
        /// From this.
        from: Lock,
        /// To this.
        to: Lock,
    },
    /// COMMIT begins to write and to wait for the disk.
    CommitIoBegins,
    /// COMMIT is done: the row is in the file.
    CommitIoEnds,
    /// The loop ran the coroutine on with the answer to its call, or after its sleep.
    Resumed {
        /// In this pass of the loop.
        pass: u32,
    },
    /// The coroutine awaits `asyncio.sleep`.
    Sleep {
        /// For so many microseconds.
        asked_us: u32,
    },
    /// The coroutine will try again after "database is locked".
    Retry,
    /// "database is locked" reached the coroutine.
    Failed {
        /// At which point SQLite gave up.
        statement: Statement,
    },
    /// The coroutine returned; its row is committed and its connection closed.
    Done,
    /// The loop began a pass.
    LoopPass {
        /// Counted from 1.
        number: u32,
        /// Callbacks that were ready when it began, and which are all that it runs (fact 7.2).
        ntodo: u32,
    },
    /// The gather ended, and the loop with it. What comes later nobody sees (fact 7.8).
    LoopStopped,
    /// The worker thread ended.
    ThreadEnded,
}

impl Event {
    /// When the sleep that begins here ends; none for other events.
    #[must_use]
    pub fn wakes(&self) -> Option<SimTime> {
        match self.kind {
            EventKind::Backoff { sleeps_us, .. } => Some(self.at + SimDuration::from_micros(sleeps_us.into())),
            _ => None,
        }
    }
}
