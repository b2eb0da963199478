//! A connection's worker thread: it takes calls from its queue and makes them, one after another (fact 6.1).
//!
//! A call is a short list of actions. Between two calls of SQLite the worker needs the GIL, since `sqlite3` releases it around
//! each (fact 5.5); lock attempts, sleeps and disk need none.

use super::cores::Core;
use super::database::BusyHandler;
use crate::time::SimDuration;
use crate::trace::{Call, Statement};
use std::collections::VecDeque;

/// One action of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// A piece of Python, with the GIL.
    Python,
    /// A piece of Python that ends by posting the call's answer to the loop.
    Answer,
    /// SQLite's own work, without the GIL.
    Compute(Work),
    /// SQLite asks for a lock, and its busy handler waits for it.
    Ask(Statement),
    /// COMMIT has its lock and begins to write.
    BeginCommit,
    /// It waits for the disk.
    Disk,
    /// The row is in the file, the lock is given back.
    EndCommit,
    /// The connection is closed.
    Close,
    /// The thread ends.
    End,
}

/// Work whose length the machine knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// Opening the file.
    Open,
    /// Reading the schema.
    Schema,
    /// The INSERT, once it has its lock.
    Insert,
    /// COMMIT's own share of a sync: writing pages, the kernel's file system.
    Write,
    /// Closing the file.
    Close,
}

/// The actions of `call`. The connection's first statement also reads the schema; a COMMIT waits so often for the disk.
pub(super) fn actions(call: Call, reads_schema: bool, syncs: u32) -> Vec<Action> {
    use Action::{Answer, Ask, BeginCommit, Close, Compute, End, EndCommit, Python};
    let mut actions = vec![Python];
    if reads_schema {
        actions.extend([Ask(Statement::Prepare), Compute(Work::Schema)]);
    }
    match call {
        Call::Connect => actions.extend([Compute(Work::Open), Answer]),
        Call::PragmaJournal | Call::PragmaSynchronous => actions.extend([Python, Answer]),
        // BEGIN is prepared and stepped between the INSERT's prepare and its step (fact 5.3).
        Call::Execute => actions.extend([Python, Python, Ask(Statement::Insert), Compute(Work::Insert), Answer]),
        Call::Commit => {
            actions.extend([Ask(Statement::Commit), BeginCommit]);
            actions.extend((0..syncs).flat_map(|_| [Compute(Work::Write), Action::Disk]));
            actions.extend([Compute(Work::Write), EndCommit, Answer]);
        }
        Call::Close => actions.extend([Close, Compute(Work::Close), Answer]),
        Call::Stop => actions.extend([Answer, End]),
    }
    actions
}

/// What a worker waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waiting {
    /// Its queue is empty.
    Queue,
    /// A core for its action, or the end of its burst there.
    Core,
    /// The GIL.
    Gil,
    /// The end of a sleep of the busy handler.
    Timer,
    /// The disk.
    Disk,
    /// Nothing more: the thread has ended.
    Ended,
}

/// One worker thread and its connection.
#[derive(Clone, Debug)]
pub(super) struct Worker {
    pub(super) waiting: Waiting,
    /// Calls not begun.
    pub(super) queue: VecDeque<Call>,
    /// The call being made and its actions still to do.
    pub(super) call: Option<Call>,
    pub(super) actions: VecDeque<Action>,
    pub(super) busy: BusyHandler,
    /// Where SQLite gave up in this call.
    pub(super) gave_up: Option<Statement>,
    /// Where it ran last.
    pub(super) core: Core,
}

impl Worker {
    pub(super) fn new(timeout: SimDuration) -> Self {
        Self {
            waiting: Waiting::Queue,
            queue: VecDeque::new(),
            call: None,
            actions: VecDeque::new(),
            busy: BusyHandler::new(timeout),
            gave_up: None,
            core: Core(0),
        }
    }

    /// SQLite gives `statement` up: of the call's actions only the answer is left.
    pub(super) fn give_up(&mut self, statement: Statement) {
        self.gave_up = Some(statement);
        self.actions.retain(|action| *action == Action::Answer);
    }
}
