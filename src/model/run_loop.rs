//! The event loop's thread at work: passes, callbacks, and where they lead.

use super::event_loop::{Callback, LoopState};
use super::simulation::{Simulation, task_of};
use super::task::Step;
use super::thread::ThreadId;
use super::worker::Waiting;
use crate::time::SimDuration;
use crate::trace::{Call, EventKind, Statement, TaskId};

impl Simulation<'_> {
    /// Puts `callback` into the ready queue from outside of the loop's thread, and wakes the loop if it waits in `select`.
    pub(super) fn post(&mut self, callback: Callback) {
        if self.event_loop.state == LoopState::Stopped {
            return;
        }
        self.event_loop.call_soon(callback);
        if self.event_loop.state == LoopState::Selecting {
            self.event_loop.state = LoopState::Waking;
            self.request_core(ThreadId::LOOP, self.machine.wake);
        }
    }

    pub(super) fn post_end_of_sleep(&mut self, task: TaskId) {
        self.post(Callback::SetResult(task));
    }

    /// The loop's thread has the GIL: it goes on with its pass, or begins one.
    pub(super) fn loop_has_gil(&mut self) {
        if !self.event_loop.is_in_pass() {
            let ntodo = self.event_loop.begin_pass();
            let number = self.event_loop.pass;
            self.recorder.record(self.now, TaskId::LOOP, EventKind::LoopPass { number, ntodo });
        }
        self.run_next_callback();
    }

    fn run_next_callback(&mut self) {
        let Some(callback) = self.event_loop.next_callback() else {
            self.end_pass();
            return;
        };
        self.event_loop.state = LoopState::Running(callback);
        let cost = self.cost(callback);
        self.request_core(ThreadId::LOOP, cost);
    }

    fn cost(&self, callback: Callback) -> SimDuration {
        let machine = &self.machine;
        match callback {
            Callback::FirstStep(_) => machine.thread_start,
            Callback::Resume(task) => machine.resume + self.printing(task),
            _ => machine.callback,
        }
    }

    /// What the program prints when `task` is resumed: a line after connect and after execute, two after commit and close.
    fn printing(&self, task: TaskId) -> SimDuration {
        let awaited = task.index().and_then(|index| self.tasks[index].current(&self.steps));
        match awaited {
            Some(Step::Call(Call::Connect | Call::Execute | Call::Commit | Call::Stop)) => self.machine.print,
            _ => SimDuration::ZERO,
        }
    }

    pub(super) fn loop_burst_ends(&mut self) {
        match self.event_loop.state {
            LoopState::Waking | LoopState::WaitingForGil => self.take_gil(ThreadId::LOOP),
            LoopState::Running(callback) => {
                self.run_callback(callback);
                self.after_callback(callback);
            }
            LoopState::Selecting | LoopState::Stopped => {}
        }
    }

    /// Starting a thread waits for it to run, without the GIL; otherwise the loop keeps it as long as it may.
    fn after_callback(&mut self, callback: Callback) {
        let lets_go = matches!(callback, Callback::FirstStep(_)) || self.is_gil_drop_requested();
        if lets_go && self.event_loop.is_in_pass() {
            self.yield_gil();
        } else {
            self.run_next_callback();
        }
    }

    fn end_pass(&mut self) {
        self.event_loop.state = LoopState::Selecting;
        self.release_gil();
        if self.event_loop.is_stopping {
            self.event_loop.state = LoopState::Stopped;
            self.recorder.record(self.now, TaskId::LOOP, EventKind::LoopStopped);
        } else if self.event_loop.has_work() {
            self.take_gil(ThreadId::LOOP);
        }
    }

    fn run_callback(&mut self, callback: Callback) {
        match callback {
            Callback::FirstStep(task) => self.first_step(task),
            Callback::SetResult(task) => self.event_loop.call_soon(Callback::Resume(task)),
            Callback::Resume(task) => self.resume(task),
            Callback::GatherDone => self.event_loop.call_soon(Callback::MainEnds),
            Callback::MainEnds => self.event_loop.call_soon(Callback::Stop),
            Callback::Stop => self.event_loop.is_stopping = true,
        }
    }

    fn first_step(&mut self, task: TaskId) {
        let Some(index) = task.index() else { return };
        self.recorder.record(self.now, task, EventKind::TaskStarted);
        self.recorder.record(self.now, task, EventKind::ThreadStarted);
        self.go_on(index);
    }

    /// The coroutine runs on with what it awaited.
    fn resume(&mut self, task: TaskId) {
        let Some(index) = task.index() else { return };
        let pass = self.event_loop.pass;
        self.recorder.record(self.now, task, EventKind::Resumed { pass });
        if let Some(statement) = self.workers[index].gave_up.take() {
            self.fail(index, task, statement);
        } else if self.tasks[index].current(&self.steps) == Some(Step::Call(Call::Connect)) {
            self.recorder.record(self.now, task, EventKind::Connected);
        }
        self.go_on(index);
    }

    fn fail(&mut self, index: usize, task: TaskId, statement: Statement) {
        self.recorder.record(self.now, task, EventKind::Failed { statement });
        self.tasks[index].fail(statement);
    }

    /// The coroutine awaits its next step, or returns, or raises.
    fn go_on(&mut self, index: usize) {
        match self.tasks[index].next(&self.steps, self.scenario.keep_going) {
            Some(Step::Call(call)) => self.queue_call(index, call),
            Some(Step::Sleep(asked)) => self.await_sleep(index, asked),
            None => self.finish(index),
        }
    }

    fn queue_call(&mut self, index: usize, call: Call) {
        self.recorder.record(self.now, task_of(index), EventKind::CallQueued { call });
        self.workers[index].queue.push_back(call);
        if self.workers[index].waiting == Waiting::Queue {
            self.begin_call(index);
        }
    }

    fn await_sleep(&mut self, index: usize, asked: SimDuration) {
        let task = task_of(index);
        let asked_us = u32::try_from(asked.micros()).unwrap_or(u32::MAX);
        self.recorder.record(self.now, task, EventKind::Sleep { asked_us });
        self.sleep_in_loop(task, asked);
    }

    fn finish(&mut self, index: usize) {
        self.unfinished -= 1;
        let failed = self.tasks[index].failed.is_some();
        if !failed {
            self.recorder.record(self.now, task_of(index), EventKind::Done);
        }
        let is_decided = self.unfinished == 0 || (failed && !self.scenario.keep_going);
        if is_decided && !self.is_gathered {
            self.is_gathered = true;
            self.event_loop.call_soon(Callback::GatherDone);
        }
    }
}
