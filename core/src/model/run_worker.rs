//! The worker threads at work: calls, lock attempts, sleeps, I/O, answers.

use super::database::{ConnectionId, Database};
use super::event_loop::Callback;
use super::log::Log;
use super::simulation::{Simulation, connection_of, worker_thread};
use super::task;
use super::worker::{self, Action, Situation, Waiting, Work};
use crate::time::SimDuration;
use crate::trace::{Call, EventKind, Lock, Statement};

impl Simulation<'_> {
    /// The worker, which was told that there is a call, takes it from its queue.
    pub(super) fn wake_for_call(&mut self, index: usize) {
        self.workers[index].is_warm = false;
        self.begin_call(index);
    }

    /// The worker takes its next call from the queue, or waits for one.
    fn begin_call(&mut self, index: usize) {
        let Some((task, call)) = self.workers[index].queue.pop_front() else {
            self.workers[index].call = None;
            self.workers[index].waiting = Waiting::Queue;
            return;
        };
        let actions = worker::actions(call, &self.situation(index, call)).into();
        let worker = &mut self.workers[index];
        (worker.task, worker.call, worker.actions) = (task, Some(call), actions);
        self.begin_action(index);
    }

    fn situation(&self, index: usize, call: Call) -> Situation {
        let (worker, connection) = (&self.workers[index], connection_of(index));
        Situation {
            begin: self.scenario.begin,
            reads_schema: task::needs_schema(call) && !worker.knows_schema,
            in_transaction: self.database.in_transaction(connection),
            lock: self.database.lock(connection),
            rows: worker.rows,
            syncs: self.machine.syncs,
        }
    }

    fn begin_action(&mut self, index: usize) {
        let Some(action) = self.workers[index].actions.front().copied() else {
            self.workers[index].is_warm = true;
            self.begin_call(index);
            return;
        };
        match action {
            Action::Python | Action::Answer => self.take_gil(worker_thread(index)),
            Action::Compute(work) => self.compute(index, self.cost_of(work)),
            Action::Ask(_) => {
                self.workers[index].busy.reset();
                self.workers[index].waiting = Waiting::Core;
                self.poll(worker_thread(index));
            }
            Action::Disk => self.wait_for_disk(index, self.machine.disk),
            Action::CheckpointDisk => self.wait_for_disk(index, self.machine.checkpoint_disk),
            Action::End => {
                self.workers[index].waiting = Waiting::Ended;
                self.record_of(index, EventKind::ThreadEnded);
            }
            _ => {
                self.act_at_once(index, action);
                self.action_is_done(index);
            }
        }
    }

    /// What takes no time of its own.
    fn act_at_once(&mut self, index: usize, action: Action) {
        match action {
            Action::Begin => self.database.begin(connection_of(index)),
            Action::Run(statement) => {
                self.database.ask(connection_of(index), statement);
            }
            Action::BeginCommit => self.record_of(index, EventKind::CommitIoBegins),
            Action::EndCommit => {
                self.record_of(index, EventKind::CommitIoEnds);
                let has_checkpoint = self.log.as_mut().is_some_and(|log| log.commit(self.workers[index].rows));
                self.end_transaction(index, |database, connection| database.finish_commit(connection));
                self.checkpoint_next(index, has_checkpoint);
            }
            Action::BeginCheckpoint => self.record_of(index, EventKind::CheckpointBegins),
            Action::EndCheckpoint => {
                self.record_of(index, EventKind::CheckpointEnds);
                if let Some(log) = &mut self.log {
                    log.end_checkpoint();
                }
            }
            Action::Rollback => self.end_transaction(index, |database, connection| database.rollback(connection)),
            Action::Close => {
                self.end_transaction(index, |database, connection| database.close(connection));
                let has_read = self.workers[index].knows_schema;
                let has_checkpoint = has_read && self.log.as_mut().is_some_and(Log::detach);
                self.checkpoint_next(index, has_checkpoint);
            }
            _ => {}
        }
    }

    fn checkpoint_next(&mut self, index: usize, has_checkpoint: bool) {
        if has_checkpoint {
            self.workers[index].insert_next(worker::checkpoint(self.machine.checkpoint_syncs));
        }
    }

    fn compute(&mut self, index: usize, median: SimDuration) {
        self.workers[index].waiting = Waiting::Core;
        self.request_core(worker_thread(index), median);
    }

    fn cost_of(&self, work: Work) -> SimDuration {
        match work {
            Work::Open => self.machine.open,
            Work::Schema => self.machine.schema,
            Work::Insert => self.machine.insert + self.machine.cold_insert(self.caches.insert(self.now)),
            Work::InsertAgain => self.machine.insert_again,
            Work::Write => self.machine.write,
            Work::Copy => self.machine.checkpoint_write,
            Work::Rollback => self.machine.rollback,
            Work::Close => self.machine.close,
        }
    }

    pub(super) fn action_is_done(&mut self, index: usize) {
        self.workers[index].actions.pop_front();
        self.begin_action(index);
    }

    pub(super) fn worker_burst_ends(&mut self, index: usize) {
        if self.workers[index].waiting == Waiting::Gil {
            self.take_gil(worker_thread(index));
            return;
        }
        match self.workers[index].actions.front().copied() {
            Some(Action::Python) => {
                self.release_gil();
                self.action_is_done(index);
            }
            Some(Action::Answer) => {
                self.answer(index);
                self.release_gil();
                self.action_is_done(index);
            }
            Some(Action::Ask(statement)) => self.ask(index, statement),
            Some(Action::Compute(work)) => {
                self.workers[index].learns(work);
                if matches!(work, Work::Insert | Work::InsertAgain) {
                    self.caches.has_inserted(self.now);
                }
                if work == Work::Schema {
                    self.settle(index);
                    if let Some(log) = &mut self.log {
                        log.attach();
                    }
                }
                self.action_is_done(index);
            }
            _ => self.action_is_done(index),
        }
    }

    /// The answer goes to the loop; nobody listens once it has stopped.
    fn answer(&mut self, index: usize) {
        let worker = &mut self.workers[index];
        let Some(call) = worker.call else { return };
        let (task, refused) = (worker.task, worker.gave_up.take());
        self.coroutines.set_refused(task, refused);
        self.record_of(index, EventKind::CallReturned { call, ok: refused.is_none() });
        self.post(Callback::SetResult(task));
    }

    fn ask(&mut self, index: usize, statement: Statement) {
        let connection = connection_of(index);
        let from = self.database.lock(connection);
        let reader = self.reader_beside(index, statement);
        let answer = self.database.ask(connection, statement);
        if let Some(reader) = reader {
            self.database.settle(reader);
        }
        if statement == Statement::Prepare && !self.shows_readers {
            self.database.settle(connection);
        }
        self.record_of(index, EventKind::Attempt { statement, granted: answer.is_ok() });
        self.record_lock(index, from);
        if let (true, Some(log)) = (answer.is_ok() && statement.writes(), &mut self.log) {
            log.begin_write();
        }
        if answer.is_ok() {
            self.action_is_done(index);
        } else {
            self.wait_or_give_up(index, statement, answer.may_wait);
        }
    }

    /// Whoever has SHARED at this instant of an attempt that is under way on another core (facts 1.8, 1.9): a connection beside the
    /// workers' own stands for it, since an attempt that has not ended has left nothing in its own yet.
    fn reader_beside(&mut self, index: usize, statement: Statement) -> Option<ConnectionId> {
        if !self.shows_readers || !matches!(statement, Statement::Commit | Statement::BeginExclusive) {
            return None;
        }
        let is_asking = |other: &usize| *other != index && self.workers[*other].is_asking();
        let holds_nothing = |other: &usize| self.database.lock(connection_of(*other)) == Lock::Unlocked;
        let others: Vec<usize> = self.running_workers().filter(is_asking).filter(holds_nothing).collect();
        others.into_iter().find(|_| self.rng.below(100) < self.machine.shared_percent)?;
        let reader = connection_of(self.workers.len());
        self.database.ask(reader, Statement::Prepare);
        Some(reader)
    }

    fn wait_or_give_up(&mut self, index: usize, statement: Statement, may_wait: bool) {
        let worker = &mut self.workers[index];
        if let Some(asked) = may_wait.then(|| worker.busy.next_sleep()).flatten() {
            self.recorder.sleeps(self.now, index, worker.task, asked);
            self.sleep(index, asked);
        } else {
            worker.give_up(statement);
            self.settle(index);
            self.begin_action(index);
        }
    }

    /// A statement is over: its connection gives back what it no longer needs.
    fn settle(&mut self, index: usize) {
        self.unlock(index, |database, connection| database.settle(connection));
    }

    /// The worker's connection ends its transaction, by `act`.
    fn end_transaction(&mut self, index: usize, act: fn(&mut (dyn Database + '_), ConnectionId)) {
        self.workers[index].rows = 0;
        self.unlock(index, act);
    }

    /// The worker's connection gives back locks, by `act`.
    fn unlock(&mut self, index: usize, act: fn(&mut (dyn Database + '_), ConnectionId)) {
        let connection = connection_of(index);
        let from = self.database.lock(connection);
        act(self.database, connection);
        self.record_lock(index, from);
    }

    fn record_lock(&mut self, index: usize, from: Lock) {
        let to = self.database.lock(connection_of(index));
        if from != to {
            self.record_of(index, EventKind::Lock { from, to });
        }
    }

    /// Something happens to the worker or to its connection, in the call that it makes.
    fn record_of(&mut self, index: usize, kind: EventKind) {
        self.recorder.record(self.now, self.workers[index].task, kind);
    }
}
