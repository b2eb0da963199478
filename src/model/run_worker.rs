//! The worker threads at work: calls, lock attempts, sleeps, I/O, answers.

use super::database::{ConnectionId, Database};
use super::event_loop::Callback;
use super::simulation::{Simulation, connection_of, task_of, worker_thread};
use super::task;
use super::worker::{self, Action, Waiting, Work};
use crate::time::SimDuration;
use crate::trace::{EventKind, Lock, Statement};

impl Simulation<'_> {
    /// The worker takes its next call from the queue, or waits for one.
    pub(super) fn begin_call(&mut self, index: usize) {
        let worker = &mut self.workers[index];
        worker.call = worker.queue.pop_front();
        let Some(call) = worker.call else {
            worker.waiting = Waiting::Queue;
            return;
        };
        worker.actions = worker::actions(call, task::is_first_statement(call, self.scenario), self.machine.syncs).into();
        self.begin_action(index);
    }

    fn begin_action(&mut self, index: usize) {
        let thread = worker_thread(index);
        match self.workers[index].actions.front().copied() {
            None => self.begin_call(index),
            Some(Action::Python | Action::Answer) => {
                self.take_gil(thread);
            }
            Some(Action::Compute(work)) => self.compute(index, self.cost_of(work)),
            Some(Action::Ask(_)) => {
                self.workers[index].busy.reset();
                self.compute(index, self.machine.poll);
            }
            Some(Action::BeginCommit) => {
                self.recorder.record(self.now, task_of(index), EventKind::CommitIoBegins);
                self.action_is_done(index);
            }
            Some(Action::Disk) => self.write_to_disk(index),
            Some(Action::EndCommit) => {
                self.recorder.record(self.now, task_of(index), EventKind::CommitIoEnds);
                self.unlock(index, |database, connection| database.finish_commit(connection));
                self.action_is_done(index);
            }
            Some(Action::Close) => {
                self.unlock(index, |database, connection| database.close(connection));
                self.action_is_done(index);
            }
            Some(Action::End) => {
                self.workers[index].waiting = Waiting::Ended;
                self.recorder.record(self.now, task_of(index), EventKind::ThreadEnded);
            }
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
            Work::Insert => self.machine.insert,
            Work::Write => self.machine.write,
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
            _ => self.action_is_done(index),
        }
    }

    /// The answer goes to the loop; nobody listens once it has stopped.
    fn answer(&mut self, index: usize) {
        let worker = &self.workers[index];
        let Some(call) = worker.call else { return };
        let ok = worker.gave_up.is_none();
        self.recorder.record(self.now, task_of(index), EventKind::CallReturned { call, ok });
        self.post(Callback::SetResult(task_of(index)));
    }

    fn ask(&mut self, index: usize, statement: Statement) {
        let connection = connection_of(index);
        let from = self.database.lock(connection);
        let answer = self.database.ask(connection, statement);
        self.recorder.record(self.now, task_of(index), EventKind::Attempt { statement, granted: answer.is_ok() });
        self.record_lock(index, from);
        if answer.is_ok() {
            self.action_is_done(index);
        } else {
            self.wait_or_give_up(index, statement, answer.may_wait);
        }
    }

    fn wait_or_give_up(&mut self, index: usize, statement: Statement, may_wait: bool) {
        let worker = &mut self.workers[index];
        if let Some(asked) = may_wait.then(|| worker.busy.next_sleep()).flatten() {
            self.recorder.sleeps(self.now, index, task_of(index), asked);
            self.sleep(index, asked);
        } else {
            worker.give_up(statement);
            self.begin_action(index);
        }
    }

    /// The worker's connection gives its lock back, by `act`.
    fn unlock(&mut self, index: usize, act: fn(&mut (dyn Database + '_), ConnectionId)) {
        let connection = connection_of(index);
        let from = self.database.lock(connection);
        act(self.database, connection);
        self.record_lock(index, from);
    }

    fn record_lock(&mut self, index: usize, from: Lock) {
        let to = self.database.lock(connection_of(index));
        if from != to {
            self.recorder.record(self.now, task_of(index), EventKind::Lock { from, to });
        }
    }
}
