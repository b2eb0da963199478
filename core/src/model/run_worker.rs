//! Execution of the worker threads: calls, lock attempts, sleeps, syncs, results.

use super::database::{ConnectionId, Database};
use super::event_loop::Callback;
use super::log::Log;
use super::simulation::{Simulation, connection_of, worker_thread};
use super::task;
use super::worker::{self, Action, ConnectionState, Work, WorkerState};
use crate::time::SimDuration;
use crate::trace::{Call, EventKind, Lock, Statement};

impl Simulation<'_> {
    /// Wakes the worker, which was waiting for a call.
    pub(super) fn wake_for_call(&mut self, index: usize) {
        self.workers[index].is_warm = false;
        self.begin_call(index);
    }

    /// Begins the next call in the worker's queue, or makes the worker wait for one.
    fn begin_call(&mut self, index: usize) {
        let Some((task, call)) = self.workers[index].queue.pop_front() else {
            self.workers[index].call = None;
            self.workers[index].state = WorkerState::WaitingForCall;
            return;
        };
        let actions = worker::actions(call, &self.connection_state(index, call)).into();
        let worker = &mut self.workers[index];
        (worker.task, worker.call, worker.actions) = (task, Some(call), actions);
        self.begin_action(index);
    }

    fn connection_state(&self, index: usize, call: Call) -> ConnectionState {
        let (worker, connection) = (&self.workers[index], connection_of(index));
        ConnectionState {
            begin: self.scenario.begin,
            reads_schema: task::needs_schema(call) && !worker.knows_schema,
            in_transaction: self.database.in_transaction(connection),
            lock: self.database.lock(connection),
            rows: worker.rows,
            commit_syncs: self.machine.commit_syncs,
        }
    }

    /// Begins the first remaining action of the worker's call, or the next call if no action
    /// remains.
    fn begin_action(&mut self, index: usize) {
        let Some(action) = self.workers[index].actions.front().copied() else {
            self.workers[index].is_warm = true;
            self.begin_call(index);
            return;
        };
        match action {
            Action::Python | Action::PostResult => self.take_gil(worker_thread(index)),
            Action::Compute(work) => self.compute(index, self.work_cost(work)),
            Action::Attempt(_) => {
                self.workers[index].busy.reset();
                self.workers[index].state = WorkerState::Runnable;
                self.poll(worker_thread(index));
            }
            Action::Sync => self.begin_sync(index, self.machine.commit_sync),
            Action::CheckpointSync => self.begin_sync(index, self.machine.checkpoint_sync),
            Action::EndThread => {
                self.workers[index].state = WorkerState::Ended;
                self.record_for_worker(index, EventKind::ThreadEnded);
            }
            _ => {
                self.run_instant_action(index, action);
                self.end_action(index);
            }
        }
    }

    /// Runs an action that takes no time.
    fn run_instant_action(&mut self, index: usize, action: Action) {
        match action {
            Action::Begin => self.database.begin(connection_of(index)),
            Action::Run(statement) => {
                self.database.attempt(connection_of(index), statement);
            }
            Action::BeginCommit => self.record_for_worker(index, EventKind::CommitIoBegins),
            Action::EndCommit => {
                self.record_for_worker(index, EventKind::CommitIoEnds);
                let needs_checkpoint = self.log.as_mut().is_some_and(|log| log.commit(self.workers[index].rows));
                self.end_transaction(index, |database, connection| database.finish_commit(connection));
                self.schedule_checkpoint(index, needs_checkpoint);
            }
            Action::BeginCheckpoint => self.record_for_worker(index, EventKind::CheckpointBegins),
            Action::EndCheckpoint => {
                self.record_for_worker(index, EventKind::CheckpointEnds);
                if let Some(log) = &mut self.log {
                    log.end_checkpoint();
                }
            }
            Action::Rollback => self.end_transaction(index, |database, connection| database.rollback(connection)),
            Action::Close => {
                self.end_transaction(index, |database, connection| database.close(connection));
                let has_read = self.workers[index].knows_schema;
                let needs_checkpoint = has_read && self.log.as_mut().is_some_and(Log::remove_connection);
                self.schedule_checkpoint(index, needs_checkpoint);
            }
            _ => {}
        }
    }

    /// Makes the worker run a checkpoint after its current action, if `is_needed`.
    fn schedule_checkpoint(&mut self, index: usize, is_needed: bool) {
        if is_needed {
            self.workers[index].insert_after_current(worker::checkpoint_actions(self.machine.checkpoint_syncs));
        }
    }

    fn compute(&mut self, index: usize, median: SimDuration) {
        self.workers[index].state = WorkerState::Runnable;
        self.request_core(worker_thread(index), median);
    }

    /// Median duration of `work` now.
    fn work_cost(&self, work: Work) -> SimDuration {
        match work {
            Work::Open => self.machine.open,
            Work::Schema => self.machine.schema,
            Work::FirstInsert => {
                self.machine.first_insert + self.machine.cold_insert_extra(self.caches.insert_coldness(self.now))
            }
            Work::LaterInsert => self.machine.later_insert,
            Work::CommitWrite => self.machine.commit_write,
            Work::CheckpointWrite => self.machine.checkpoint_write,
            Work::Rollback => self.machine.rollback,
            Work::Close => self.machine.close,
        }
    }

    /// Ends the worker's current action and begins the next one.
    pub(super) fn end_action(&mut self, index: usize) {
        self.workers[index].actions.pop_front();
        self.begin_action(index);
    }

    /// The worker's burst on its core has ended.
    pub(super) fn end_worker_burst(&mut self, index: usize) {
        if self.workers[index].state == WorkerState::WaitingForGil {
            self.take_gil(worker_thread(index));
            return;
        }
        match self.workers[index].actions.front().copied() {
            Some(Action::Python) => {
                self.release_gil();
                self.end_action(index);
            }
            Some(Action::PostResult) => {
                self.post_result(index);
                self.release_gil();
                self.end_action(index);
            }
            Some(Action::Attempt(statement)) => self.attempt(index, statement),
            Some(Action::Compute(work)) => {
                self.workers[index].record_work(work);
                if matches!(work, Work::FirstInsert | Work::LaterInsert) {
                    self.caches.record_insert(self.now);
                }
                if work == Work::Schema {
                    self.end_statement(index);
                    if let Some(log) = &mut self.log {
                        log.add_connection();
                    }
                }
                self.end_action(index);
            }
            _ => self.end_action(index),
        }
    }

    /// Posts the result of the worker's call to the loop. A stopped loop ignores it.
    fn post_result(&mut self, index: usize) {
        let worker = &mut self.workers[index];
        let Some(call) = worker.call else { return };
        let (task, locked_error) = (worker.task, worker.locked_error.take());
        self.coroutines.set_locked_error(task, locked_error);
        self.record_for_worker(index, EventKind::CallReturned { call, ok: locked_error.is_none() });
        self.post(Callback::SetResult(task));
    }

    /// Asks once for the lock that `statement` needs.
    fn attempt(&mut self, index: usize, statement: Statement) {
        let connection = connection_of(index);
        let from = self.database.lock(connection);
        let reader = self.lock_for_transient_reader(index, statement);
        let answer = self.database.attempt(connection, statement);
        if let Some(reader) = reader {
            self.database.end_statement(reader);
        }
        if statement == Statement::Prepare && !self.simulates_readers {
            self.database.end_statement(connection);
        }
        self.record_for_worker(index, EventKind::Attempt { statement, granted: answer.is_ok() });
        self.record_lock_change(index, from);
        if let (true, Some(log)) = (answer.is_ok() && statement.writes(), &mut self.log) {
            log.begin_write();
        }
        if answer.is_ok() {
            self.end_action(index);
        } else {
            self.back_off_or_fail(index, statement, answer.may_wait);
        }
    }

    /// Takes SHARED for a connection whose lock attempt, in progress on another core, holds SHARED
    /// at this instant (facts 1.8, 1.9). Returns the connection that holds it: an extra one,
    /// because an attempt that has not ended has not changed the lock of the worker's own
    /// connection yet.
    fn lock_for_transient_reader(&mut self, index: usize, statement: Statement) -> Option<ConnectionId> {
        if !self.simulates_readers || !matches!(statement, Statement::Commit | Statement::BeginExclusive) {
            return None;
        }
        let is_attempting = |other: &usize| *other != index && self.workers[*other].is_attempting();
        let holds_nothing = |other: &usize| self.database.lock(connection_of(*other)) == Lock::Unlocked;
        let others: Vec<usize> = self.running_workers().filter(is_attempting).filter(holds_nothing).collect();
        others.into_iter().find(|_| self.rng.below(100) < self.machine.shared_percent)?;
        let reader = connection_of(self.workers.len());
        self.database.attempt(reader, Statement::Prepare);
        Some(reader)
    }

    /// After a refused attempt: sleeps in the busy handler, or fails the statement if the handler
    /// gives up or is not asked.
    fn back_off_or_fail(&mut self, index: usize, statement: Statement, may_wait: bool) {
        let worker = &mut self.workers[index];
        if let Some(requested) = may_wait.then(|| worker.busy.next_sleep()).flatten() {
            self.recorder.begin_backoff(self.now, index, worker.task, requested);
            self.sleep(index, requested);
        } else {
            worker.fail_locked(statement);
            self.end_statement(index);
            self.begin_action(index);
        }
    }

    /// Ends a statement: its connection releases the locks that it no longer needs.
    fn end_statement(&mut self, index: usize) {
        self.release_locks(index, |database, connection| database.end_statement(connection));
    }

    /// Ends the transaction of the worker's connection with `operation`.
    fn end_transaction(&mut self, index: usize, operation: fn(&mut (dyn Database + '_), ConnectionId)) {
        self.workers[index].rows = 0;
        self.release_locks(index, operation);
    }

    /// Runs `operation`, which may release locks of the worker's connection, and records the
    /// change.
    fn release_locks(&mut self, index: usize, operation: fn(&mut (dyn Database + '_), ConnectionId)) {
        let connection = connection_of(index);
        let from = self.database.lock(connection);
        operation(self.database, connection);
        self.record_lock_change(index, from);
    }

    /// Records that the lock of the worker's connection is no longer `from`, if so.
    fn record_lock_change(&mut self, index: usize, from: Lock) {
        let to = self.database.lock(connection_of(index));
        if from != to {
            self.record_for_worker(index, EventKind::Lock { from, to });
        }
    }

    /// Records an event of the worker or its connection, for the task whose call it makes.
    fn record_for_worker(&mut self, index: usize, kind: EventKind) {
        self.recorder.record(self.now, self.workers[index].task, kind);
    }
}
