//! A connection's worker thread: it takes calls from its queue and makes them, one after another (fact 6.1).
//!
//! A call is a short list of actions. Between two calls of SQLite the worker needs the GIL, since `sqlite3` releases it around
//! each (fact 5.5); lock attempts, sleeps and disk need none.

use super::cores::Core;
use super::database::BusyHandler;
use crate::scenario::Begin;
use crate::time::SimDuration;
use crate::trace::{Call, Lock, Statement, TaskId};
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
    /// A statement that needs no lock but those that the connection has.
    Run(Statement),
    /// BEGIN DEFERRED, which asks for nothing.
    Begin,
    /// COMMIT has its lock and begins to write.
    BeginCommit,
    /// It waits for the disk.
    Disk,
    /// The rows are in the file, the lock is given back.
    EndCommit,
    /// The transaction is undone, its locks are given back.
    Rollback,
    /// The log is copied into the file, by one connection at a time.
    BeginCheckpoint,
    /// A checkpoint waits for the disk.
    CheckpointDisk,
    /// The log has been copied.
    EndCheckpoint,
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
    /// The first INSERT of a transaction, once it has its lock.
    Insert,
    /// A later INSERT of the same transaction.
    InsertAgain,
    /// COMMIT's own share of a sync: writing pages, the kernel's file system.
    Write,
    /// A checkpoint's own share of a sync: copying pages.
    Copy,
    /// Undoing a transaction.
    Rollback,
    /// Closing the file.
    Close,
}

/// What a connection finds when it begins a call: what the call's actions depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Situation {
    /// What opens a transaction.
    pub(super) begin: Begin,
    /// The schema has still to be read.
    pub(super) reads_schema: bool,
    /// Between BEGIN and COMMIT or ROLLBACK.
    pub(super) in_transaction: bool,
    /// The lock that it holds.
    pub(super) lock: Lock,
    /// Rows that this transaction has inserted.
    pub(super) rows: u32,
    /// How often a COMMIT waits for the disk.
    pub(super) syncs: u32,
}

/// The actions of `call`.
pub(super) fn actions(call: Call, found: &Situation) -> Vec<Action> {
    use Action::{Answer, BeginCommit, Close, Compute, Disk, End, EndCommit, Python, Rollback};
    let mut actions = vec![Python];
    if found.reads_schema {
        actions.extend((found.lock == Lock::Unlocked).then_some(Action::Ask(Statement::Prepare)));
        actions.push(Compute(Work::Schema));
    }
    match call {
        Call::Connect => actions.push(Compute(Work::Open)),
        Call::PragmaJournal | Call::PragmaSynchronous => actions.push(Python),
        Call::Begin => actions.extend([Python, begin(found.begin)]),
        Call::Select => actions.extend([Python, ask_unless(found.lock != Lock::Unlocked, Statement::Select)]),
        Call::Execute => {
            actions.push(Python);
            if !found.in_transaction {
                // BEGIN is prepared and stepped between the INSERT's prepare and its step (fact 5.3).
                actions.extend([begin(found.begin), Python]);
            }
            let may_write = found.lock.keeps_writers_out() || !found.in_transaction && found.begin != Begin::Deferred;
            let work = if found.rows > 0 { Work::InsertAgain } else { Work::Insert };
            actions.extend([ask_unless(may_write, Statement::Insert), Compute(work)]);
        }
        // With nothing to commit, Python calls nothing.
        Call::Commit if !found.in_transaction => {}
        Call::Commit => {
            actions.extend([Action::Ask(Statement::Commit), BeginCommit]);
            actions.extend((0..found.syncs).flat_map(|_| [Compute(Work::Write), Disk]));
            actions.extend([Compute(Work::Write), EndCommit]);
        }
        Call::Rollback if !found.in_transaction => {}
        Call::Rollback => actions.extend([Rollback, Compute(Work::Rollback)]),
        Call::Close => actions.extend([Close, Compute(Work::Close)]),
        Call::Stop => {}
    }
    actions.push(Answer);
    actions.extend((call == Call::Stop).then_some(End));
    actions
}

/// What a connection does that has to copy the log: it waits so often for the disk.
pub(super) fn checkpoint(syncs: u32) -> Vec<Action> {
    let copy = (0..syncs).flat_map(|_| [Action::Compute(Work::Copy), Action::CheckpointDisk]);
    [Action::BeginCheckpoint].into_iter().chain(copy).chain([Action::Compute(Work::Copy), Action::EndCheckpoint]).collect()
}

const fn begin(kind: Begin) -> Action {
    match kind {
        Begin::Deferred => Action::Begin,
        Begin::Immediate => Action::Ask(Statement::BeginImmediate),
        Begin::Exclusive => Action::Ask(Statement::BeginExclusive),
    }
}

/// SQLite asks for a lock only if the connection has not got it.
const fn ask_unless(has_lock: bool, statement: Statement) -> Action {
    if has_lock { Action::Run(statement) } else { Action::Ask(statement) }
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
    /// Calls not begun, each with the coroutine that awaits it.
    pub(super) queue: VecDeque<(TaskId, Call)>,
    /// Whose call is being made, or was made last.
    pub(super) task: TaskId,
    /// The call being made and its actions still to do.
    pub(super) call: Option<Call>,
    pub(super) actions: VecDeque<Action>,
    pub(super) busy: BusyHandler,
    /// Where SQLite gave up in this call.
    pub(super) gave_up: Option<Statement>,
    /// The connection has read the schema.
    pub(super) knows_schema: bool,
    /// Rows inserted in the transaction that is open.
    pub(super) rows: u32,
    /// It came to its call straight from another one, without a sleep.
    pub(super) is_warm: bool,
    /// Where it ran last.
    pub(super) core: Core,
}

impl Worker {
    pub(super) fn new(timeout: SimDuration) -> Self {
        Self {
            waiting: Waiting::Queue,
            queue: VecDeque::new(),
            task: TaskId::LOOP,
            call: None,
            actions: VecDeque::new(),
            busy: BusyHandler::new(timeout),
            gave_up: None,
            knows_schema: false,
            rows: 0,
            is_warm: false,
            core: Core(0),
        }
    }

    /// An attempt to get a lock is under way.
    pub(super) fn is_asking(&self) -> bool {
        self.waiting == Waiting::Core && matches!(self.actions.front(), Some(Action::Ask(_)))
    }

    /// What its connection knows after `work`.
    pub(super) const fn learns(&mut self, work: Work) {
        match work {
            Work::Schema => self.knows_schema = true,
            Work::Insert | Work::InsertAgain => self.rows += 1,
            _ => {}
        }
    }

    /// After the action that it is at, it does these first.
    pub(super) fn insert_next(&mut self, actions: Vec<Action>) {
        let later = self.actions.split_off(1);
        self.actions.extend(actions.into_iter().chain(later));
    }

    /// SQLite gives `statement` up: of the call's actions only the answer is left.
    pub(super) fn give_up(&mut self, statement: Statement) {
        self.gave_up = Some(statement);
        self.actions.retain(|action| *action == Action::Answer);
    }
}
