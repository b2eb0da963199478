//! A connection's worker thread: it takes calls from its queue and makes them one after another
//! (fact 6.1).
//!
//! A call is a short list of actions. Between two calls into SQLite the worker needs the GIL,
//! because `sqlite3` releases it around each of them (fact 5.5); lock attempts, sleeps and syncs do
//! not need it.

use super::cores::Core;
use super::database::BusyHandler;
use crate::scenario::Begin;
use crate::time::SimDuration;
use crate::trace::{Call, Lock, Statement, TaskId};
use std::collections::VecDeque;

/// One action of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Runs Python, with the GIL.
    Python,
    /// Runs Python, with the GIL, and then posts the call's result to the loop.
    PostResult,
    /// Runs SQLite's code, without the GIL.
    Compute(Work),
    /// Asks for a lock until it is granted or the busy handler gives up.
    Attempt(Statement),
    /// Runs a statement that needs no further lock.
    Run(Statement),
    /// BEGIN DEFERRED, which asks for no lock.
    Begin,
    /// COMMIT has its lock and begins to write.
    BeginCommit,
    /// A sync of a COMMIT.
    Sync,
    /// The rows are in the file, and the lock is released.
    EndCommit,
    /// The transaction is rolled back, and its locks are released.
    Rollback,
    /// A checkpoint begins to copy the log into the file. Only one connection does so at a time.
    BeginCheckpoint,
    /// A sync of a checkpoint.
    CheckpointSync,
    /// The log has been copied.
    EndCheckpoint,
    /// Closes the connection.
    Close,
    /// Ends the thread.
    EndThread,
}

/// Work whose duration [`Machine`](super::machine::Machine) gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// Opening the file.
    Open,
    /// Reading the schema.
    Schema,
    /// The first INSERT of a transaction, once it has its lock.
    FirstInsert,
    /// A later INSERT of the same transaction.
    LaterInsert,
    /// A COMMIT's work before or after a sync: writing pages, the kernel's file system.
    CommitWrite,
    /// A checkpoint's work before or after a sync: copying pages.
    CheckpointWrite,
    /// Rolling a transaction back.
    Rollback,
    /// Closing the file.
    Close,
}

/// The state of a connection at the start of a call, which determines the call's actions.
#[derive(Clone, Copy, Debug)]
pub(super) struct ConnectionState {
    /// The kind of BEGIN that opens a transaction.
    pub(super) begin: Begin,
    /// The call has to read the schema first.
    pub(super) reads_schema: bool,
    /// The connection is between BEGIN and COMMIT or ROLLBACK.
    pub(super) in_transaction: bool,
    /// The lock that it holds.
    pub(super) lock: Lock,
    /// Rows that the open transaction has inserted.
    pub(super) rows: u32,
    /// Syncs of a COMMIT.
    pub(super) commit_syncs: u32,
}

/// The actions of `call` on a connection in this `state`.
pub(super) fn actions(call: Call, state: &ConnectionState) -> Vec<Action> {
    use Action::{BeginCommit, Close, Compute, EndCommit, EndThread, PostResult, Python, Rollback, Sync};
    let mut actions = vec![Python];
    if state.reads_schema {
        actions.extend((state.lock == Lock::Unlocked).then_some(Action::Attempt(Statement::Prepare)));
        actions.push(Compute(Work::Schema));
    }
    match call {
        Call::Connect => actions.push(Compute(Work::Open)),
        Call::PragmaJournal | Call::PragmaSynchronous => actions.push(Python),
        Call::Begin => actions.extend([Python, begin(state.begin)]),
        Call::Select => actions.extend([Python, attempt_unless(state.lock != Lock::Unlocked, Statement::Select)]),
        Call::Execute => {
            actions.push(Python);
            if !state.in_transaction {
                // BEGIN is prepared and stepped between the INSERT's prepare and its step
                // (fact 5.3).
                actions.extend([begin(state.begin), Python]);
            }
            let may_write = state.lock.excludes_writers() || !state.in_transaction && state.begin != Begin::Deferred;
            let work = if state.rows > 0 { Work::LaterInsert } else { Work::FirstInsert };
            actions.extend([attempt_unless(may_write, Statement::Insert), Compute(work)]);
        }
        // With nothing to commit, Python does not call SQLite.
        Call::Commit if !state.in_transaction => {}
        Call::Commit => {
            actions.extend([Action::Attempt(Statement::Commit), BeginCommit]);
            actions.extend((0..state.commit_syncs).flat_map(|_| [Compute(Work::CommitWrite), Sync]));
            actions.extend([Compute(Work::CommitWrite), EndCommit]);
        }
        Call::Rollback if !state.in_transaction => {}
        Call::Rollback => actions.extend([Rollback, Compute(Work::Rollback)]),
        Call::Close => actions.extend([Close, Compute(Work::Close)]),
        Call::Stop => {}
    }
    actions.push(PostResult);
    actions.extend((call == Call::Stop).then_some(EndThread));
    actions
}

/// The actions of a checkpoint with this number of syncs.
pub(super) fn checkpoint_actions(syncs: u32) -> Vec<Action> {
    use Action::{BeginCheckpoint, CheckpointSync, Compute, EndCheckpoint};
    let copy = (0..syncs).flat_map(|_| [Compute(Work::CheckpointWrite), CheckpointSync]);
    [BeginCheckpoint].into_iter().chain(copy).chain([Compute(Work::CheckpointWrite), EndCheckpoint]).collect()
}

const fn begin(kind: Begin) -> Action {
    match kind {
        Begin::Deferred => Action::Begin,
        Begin::Immediate => Action::Attempt(Statement::BeginImmediate),
        Begin::Exclusive => Action::Attempt(Statement::BeginExclusive),
    }
}

/// SQLite asks for a lock only if the connection does not have it.
const fn attempt_unless(has_lock: bool, statement: Statement) -> Action {
    if has_lock { Action::Run(statement) } else { Action::Attempt(statement) }
}

/// What a worker's thread is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WorkerState {
    /// Its queue is empty: it waits for a call.
    WaitingForCall,
    /// It runs on a core, or waits for one.
    Runnable,
    /// It waits for the GIL.
    WaitingForGil,
    /// It sleeps in the busy handler.
    Sleeping,
    /// It waits for a sync to end.
    Syncing,
    /// The thread has ended.
    Ended,
}

/// One worker thread and its connection.
#[derive(Clone, Debug)]
pub(super) struct Worker {
    pub(super) state: WorkerState,
    /// Calls that have not begun, each with the coroutine that awaits it.
    pub(super) queue: VecDeque<(TaskId, Call)>,
    /// The coroutine that awaits the current or the last call.
    pub(super) task: TaskId,
    /// The current call; none if there is none.
    pub(super) call: Option<Call>,
    /// Actions of the current call that have not ended; the first one is in progress.
    pub(super) actions: VecDeque<Action>,
    pub(super) busy: BusyHandler,
    /// The statement of the current call that failed with "database is locked".
    pub(super) locked_error: Option<Statement>,
    /// The connection has read the schema.
    pub(super) knows_schema: bool,
    /// Rows inserted in the open transaction.
    pub(super) rows: u32,
    /// The thread went from its previous call to this one without sleeping in between.
    pub(super) is_warm: bool,
    /// The core where it ran last.
    pub(super) core: Core,
}

impl Worker {
    pub(super) fn new(timeout: SimDuration) -> Self {
        Self {
            state: WorkerState::WaitingForCall,
            queue: VecDeque::new(),
            task: TaskId::LOOP,
            call: None,
            actions: VecDeque::new(),
            busy: BusyHandler::new(timeout),
            locked_error: None,
            knows_schema: false,
            rows: 0,
            is_warm: false,
            core: Core(0),
        }
    }

    /// Whether a lock attempt is in progress.
    pub(super) fn is_attempting(&self) -> bool {
        self.state == WorkerState::Runnable && matches!(self.actions.front(), Some(Action::Attempt(_)))
    }

    /// Records what `work` changed in the connection.
    pub(super) const fn record_work(&mut self, work: Work) {
        match work {
            Work::Schema => self.knows_schema = true,
            Work::FirstInsert | Work::LaterInsert => self.rows += 1,
            _ => {}
        }
    }

    /// Inserts `actions` directly after the action that is in progress.
    pub(super) fn insert_after_current(&mut self, actions: Vec<Action>) {
        let later = self.actions.split_off(1);
        self.actions.extend(actions.into_iter().chain(later));
    }

    /// Fails the current call because `statement` did not get its lock: the only remaining action
    /// is to post the result.
    pub(super) fn fail_locked(&mut self, statement: Statement) {
        self.locked_error = Some(statement);
        self.actions.retain(|action| *action == Action::PostResult);
    }
}
