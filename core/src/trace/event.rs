//! What a run can be seen to do: one variant for each observable fact, in the field's own terms.

use crate::scenario::Strategy;
use crate::time::{SimDuration, SimTime};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A coroutine under the gather, counted from 1 as the program prints it. What happens to a connection and in its worker thread
/// belongs to the task whose call is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TaskId(u32);

impl TaskId {
    /// Stands in events that belong to no task: the event loop's own, and those of the main coroutine, which awaits the gather.
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

    /// Place in a list of all connections of the one that this task's calls go to. The only connection of a strategy that has
    /// one is also the main coroutine's.
    #[must_use]
    pub const fn connection(self, strategy: Strategy) -> Option<usize> {
        if strategy.has_one_connection() { Some(0) } else { self.index() }
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A call that a coroutine awaits and its worker thread makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// `execute("BEGIN ...")`, where the program begins its transaction itself.
    Begin,
    /// `execute_fetchall(SELECT)`, read to its end.
    Select,
    /// `rollback()`.
    Rollback,
}

/// A point of a call at which SQLite asks for a lock, and may find it taken. Each has its own full timeout (fact 3.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// The first prepare reads the schema and needs SHARED.
    Prepare,
    /// The INSERT needs SHARED and RESERVED; in WAL mode the write lock.
    Insert,
    /// COMMIT needs EXCLUSIVE; in WAL mode it has all it needs.
    Commit,
    /// BEGIN IMMEDIATE needs SHARED and RESERVED; in WAL mode the write lock (fact 1.7).
    BeginImmediate,
    /// BEGIN EXCLUSIVE needs EXCLUSIVE too; in WAL mode the write lock, no more (fact 2.3).
    BeginExclusive,
    /// The SELECT needs SHARED; in WAL mode a snapshot, which it always gets.
    Select,
}

impl Statement {
    /// Granted, it lets its transaction write.
    #[must_use]
    pub const fn writes(self) -> bool {
        matches!(self, Self::Insert | Self::BeginImmediate | Self::BeginExclusive)
    }
}

/// A connection's lock on the database file. Ordered from weakest to strongest (fact 1.1); in WAL mode only the first,
/// [`Lock::Read`] and [`Lock::Write`] occur (fact 2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
    /// COMMIT is done: the transaction's rows are in the file.
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
    /// "database is locked" reached the coroutine, which will roll back, pause and try again.
    Retry,
    /// "database is locked" reached the coroutine, which will not try again.
    Failed {
        /// At which point SQLite gave up.
        statement: Statement,
    },
    /// The coroutine waits for the semaphore, which has no place free.
    SemaphoreAwaited,
    /// WAL mode: the connection begins to copy the log into the file (fact 2.5).
    CheckpointBegins,
    /// It has copied it.
    CheckpointEnds,
    /// The coroutine returned; what it inserted is committed, and its connection closed if it has one of its own.
    Done,
    /// The loop began a pass.
    LoopPass {
        /// Counted from 1.
        #[serde(rename = "pass")]
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
