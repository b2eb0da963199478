//! The events of a run: one variant for each observable step, in the terms of SQLite and asyncio.

use crate::scenario::Strategy;
use crate::time::{SimDuration, SimTime};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A coroutine under the gather, numbered from 1 as the program prints it. An event of a connection
/// or of its worker thread belongs to the task that made the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TaskId(u32);

impl TaskId {
    /// Used for events that belong to no task: those of the event loop and of the main coroutine,
    /// which awaits the gather.
    pub const LOOP: Self = Self(0);

    /// The task with this number, from 1.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number that the program prints.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Index into a list of all tasks; `None` for [`TaskId::LOOP`].
    #[must_use]
    pub const fn index(self) -> Option<usize> {
        if self.0 == 0 { None } else { Some(self.0 as usize - 1) }
    }

    /// Index of this task's connection in a list of all connections. If all tasks share one
    /// connection, the main coroutine uses it too.
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

/// A call that a coroutine awaits and that a worker thread executes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// `aiosqlite.connect`: takes no lock (fact 1.7).
    Connect,
    /// `PRAGMA journal_mode`, if the mode is a setting of the connection.
    PragmaJournal,
    /// `PRAGMA synchronous`.
    PragmaSynchronous,
    /// `execute(INSERT)`: prepare, BEGIN, step (fact 5.3).
    Execute,
    /// `commit()`.
    Commit,
    /// `close()`, first half: the connection is closed.
    Close,
    /// `close()`, second half: the worker thread stops (fact 6.4).
    Stop,
    /// `execute("BEGIN ...")`, if the program itself begins the transaction.
    Begin,
    /// `execute_fetchall(SELECT)`, which reads all rows.
    Select,
    /// `rollback()`.
    Rollback,
}

/// A point at which SQLite requests a lock and may find it busy. Each has its own full timeout
/// (fact 3.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// The first prepare reads the schema and needs SHARED.
    Prepare,
    /// The INSERT needs SHARED and RESERVED; in WAL mode the write lock.
    Insert,
    /// COMMIT needs EXCLUSIVE; in WAL mode it already has the write lock.
    Commit,
    /// BEGIN IMMEDIATE needs SHARED and RESERVED; in WAL mode the write lock (fact 1.7).
    BeginImmediate,
    /// BEGIN EXCLUSIVE also needs EXCLUSIVE; in WAL mode only the write lock (fact 2.3).
    BeginExclusive,
    /// The SELECT needs SHARED; in WAL mode a snapshot, which is always granted.
    Select,
}

impl Statement {
    /// Whether its transaction may write after it was granted.
    #[must_use]
    pub const fn writes(self) -> bool {
        matches!(self, Self::Insert | Self::BeginImmediate | Self::BeginExclusive)
    }

    /// Its name in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prepare => "reading the schema",
            Self::Insert => "INSERT",
            Self::Commit => "COMMIT",
            Self::BeginImmediate => "BEGIN IMMEDIATE",
            Self::BeginExclusive => "BEGIN EXCLUSIVE",
            Self::Select => "SELECT",
        }
    }
}

/// A connection's lock on the database file. Ordered from weakest to strongest (fact 1.1); in WAL
/// mode only the first, [`Lock::Read`] and [`Lock::Write`] occur (fact 2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Lock {
    /// No lock.
    #[default]
    Unlocked,
    /// The connection may read.
    Shared,
    /// The connection prepares to write; others may still read.
    Reserved,
    /// The connection waits for readers to finish; no new reader may start.
    Pending,
    /// The connection writes to the file.
    Exclusive,
    /// WAL mode: the connection reads from a snapshot.
    Read,
    /// WAL mode: the connection has the write lock.
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

    /// Whether this lock excludes other writers: one connection at a time can have it.
    #[must_use]
    pub const fn excludes_writers(self) -> bool {
        !matches!(self, Self::Unlocked | Self::Shared | Self::Read)
    }
}

/// One event of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// When it happened.
    pub at: SimTime,
    /// The task that it belongs to; [`TaskId::LOOP`] for the event loop itself.
    pub task: TaskId,
    /// What happened.
    pub kind: EventKind,
}

/// The kind of an event. Every variant except those of the loop belongs to one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum EventKind {
    /// The coroutine's first step ran.
    TaskStarted,
    /// The task's worker thread started to run.
    ThreadStarted,
    /// The coroutine got its connection: the program prints "connected".
    Connected,
    /// The coroutine put a call into its worker's queue and awaits it.
    CallQueued {
        /// Which call.
        call: Call,
    },
    /// The worker has the result of its call and posted it to the loop.
    CallReturned {
        /// Which call.
        call: Call,
        /// False if the result is "database is locked".
        ok: bool,
    },
    /// SQLite requested a lock.
    Attempt {
        /// Which request it was.
        statement: Statement,
        /// True if the lock was granted, false if it was busy.
        granted: bool,
    },
    /// The busy handler sleeps before the next attempt (fact 3.2).
    Backoff {
        /// The length of sleep that it requests, in milliseconds.
        asked_ms: u32,
        /// The actual length of the sleep, in microseconds.
        sleeps_us: u32,
    },
    /// The connection's lock changed.
    Lock {
        /// The lock before.
        from: Lock,
        /// The lock after.
        to: Lock,
    },
    /// COMMIT begins to write to the file and to sync.
    CommitIoBegins,
    /// COMMIT is done: the transaction's rows are in the file.
    CommitIoEnds,
    /// The loop resumed the coroutine with the result of its call, or after its sleep.
    Resumed {
        /// The iteration of the loop that resumed it.
        #[serde(rename = "pass")]
        iteration: u32,
    },
    /// The coroutine awaits `asyncio.sleep`.
    Sleep {
        /// How long, in microseconds.
        asked_us: u32,
    },
    /// "database is locked" reached the coroutine, which will roll back, pause and retry.
    Retry,
    /// "database is locked" reached the coroutine, which will not retry.
    Failed {
        /// The statement that returned the error.
        statement: Statement,
    },
    /// The coroutine waits for the semaphore, whose counter is zero.
    SemaphoreAwaited,
    /// WAL mode: the connection begins to copy the log into the file (fact 2.5).
    CheckpointBegins,
    /// WAL mode: the checkpoint is complete.
    CheckpointEnds,
    /// The coroutine returned. Its row is committed, and its connection is closed if it has its
    /// own.
    Done,
    /// The loop began an iteration.
    #[serde(rename = "loop_pass")]
    LoopIteration {
        /// Counted from 1.
        #[serde(rename = "pass")]
        number: u32,
        /// Number of callbacks that this iteration runs: those that were ready when it began (fact
        /// 7.2).
        ntodo: u32,
    },
    /// The gather ended and the event loop stopped. The program does not see later events (fact
    /// 7.8).
    LoopStopped,
    /// The worker thread ended.
    ThreadEnded,
}

impl Event {
    /// When the back-off sleep that begins with this event ends; `None` for other events.
    #[must_use]
    pub fn wakes(&self) -> Option<SimTime> {
        match self.kind {
            EventKind::Backoff { sleeps_us, .. } => Some(self.at + SimDuration::from_micros(sleeps_us.into())),
            _ => None,
        }
    }
}
