//! The event loop's thread at work: passes, callbacks, and where they lead.

use super::coroutines::Reaction;
use super::event_loop::{Callback, LoopState};
use super::semaphore::Semaphore;
use super::simulation::Simulation;
use super::task::Step;
use super::thread::ThreadId;
use super::worker::Waiting;
use crate::scenario::Strategy;
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
            _ if self.starts_thread(callback) => machine.thread_start,
            Callback::FirstStep(task) | Callback::Resume(task) if task != TaskId::LOOP => machine.resume + self.printing(task),
            _ => machine.callback,
        }
    }

    /// Whether `callback` runs a coroutine that goes on to connect.
    fn starts_thread(&self, callback: Callback) -> bool {
        let (Callback::FirstStep(task) | Callback::Resume(task)) = callback else { return false };
        match self.coroutines.upcoming(task) {
            Some(Step::Call(Call::Connect)) => true,
            Some(Step::Acquire) => self.semaphore.as_ref().is_some_and(Semaphore::is_free),
            _ => false,
        }
    }

    /// What the program prints when `task` is resumed. On its own connection a task prints a line after connect, execute, commit
    /// and close; on a shared one the last two after commit; the coroutine that inserts all rows a line a row.
    fn printing(&self, task: TaskId) -> SimDuration {
        let Some(Step::Call(call)) = self.coroutines.current(task) else { return SimDuration::ZERO };
        let lines = match (self.scenario.strategy, call) {
            (Strategy::SingleTransaction, Call::Execute) => 1,
            (Strategy::SingleTransaction, _) => 0,
            (Strategy::SharedConnection, Call::Commit) => 2,
            (_, Call::Connect | Call::Execute | Call::Commit | Call::Stop) => 1,
            _ => 0,
        };
        SimDuration::from_micros(lines * self.machine.print.micros())
    }

    pub(super) fn loop_burst_ends(&mut self) {
        match self.event_loop.state {
            LoopState::Waking | LoopState::WaitingForGil => self.take_gil(ThreadId::LOOP),
            LoopState::Running(callback) => {
                let starts_thread = self.starts_thread(callback);
                self.run_callback(callback);
                self.after_callback(starts_thread);
            }
            LoopState::Selecting | LoopState::Stopped => {}
        }
    }

    /// Starting a thread waits for it to run, without the GIL; otherwise the loop keeps it as long as it may.
    fn after_callback(&mut self, started_thread: bool) {
        let lets_go = started_thread || self.is_gil_drop_requested();
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
            Callback::GatherDone => self.event_loop.call_soon(Callback::Resume(TaskId::LOOP)),
            Callback::Stop => self.event_loop.is_stopping = true,
        }
    }

    fn first_step(&mut self, task: TaskId) {
        if task != TaskId::LOOP {
            self.recorder.record(self.now, task, EventKind::TaskStarted);
        }
        self.go_on(task);
    }

    /// The coroutine runs on with what it awaited.
    fn resume(&mut self, task: TaskId) {
        if task != TaskId::LOOP {
            let pass = self.event_loop.pass;
            self.recorder.record(self.now, task, EventKind::Resumed { pass });
        }
        if let Some(statement) = self.coroutines.take_refused(task) {
            self.refuse(task, statement);
        } else if self.coroutines.current(task) == Some(Step::Call(Call::Connect)) {
            self.recorder.record(self.now, task, EventKind::Connected);
        }
        self.go_on(task);
    }

    fn refuse(&mut self, task: TaskId, statement: Statement) {
        let kind = match self.coroutines.refuse(task) {
            Reaction::Retry => EventKind::Retry,
            Reaction::Fail => EventKind::Failed { statement },
        };
        self.recorder.record(self.now, task, kind);
    }

    /// The coroutine runs to its next await, or returns, or raises.
    pub(super) fn go_on(&mut self, task: TaskId) {
        match self.coroutines.next(task) {
            Some(Step::Call(call)) => self.queue_call(task, call),
            Some(Step::Sleep(asked)) => self.await_sleep(task, asked),
            Some(Step::Pause(middle)) => {
                let asked = self.rng.around(middle);
                self.await_sleep(task, asked);
            }
            Some(Step::Acquire) => self.acquire(task),
            Some(Step::Gather) => {
                self.event_loop.call_all((1..=self.unfinished).map(|task| Callback::FirstStep(TaskId::new(task))));
            }
            None => self.finish(task),
        }
    }

    fn queue_call(&mut self, task: TaskId, call: Call) {
        if call == Call::Connect {
            self.recorder.record(self.now, task, EventKind::ThreadStarted);
        }
        self.recorder.record(self.now, task, EventKind::CallQueued { call });
        let Some(index) = task.connection(self.scenario.strategy) else { return };
        self.workers[index].queue.push_back((task, call));
        if self.workers[index].waiting == Waiting::Queue {
            self.wake_for_call(index);
        }
    }

    /// `asyncio.sleep`; one of no length only gives the others a pass.
    fn await_sleep(&mut self, task: TaskId, asked: SimDuration) {
        let asked_us = u32::try_from(asked.micros()).unwrap_or(u32::MAX);
        self.recorder.record(self.now, task, EventKind::Sleep { asked_us });
        if asked.is_zero() {
            self.event_loop.call_soon(Callback::Resume(task));
        } else {
            self.sleep_in_loop(task, asked);
        }
    }

    /// `async with semaphore`: the coroutine goes on at once, or waits to be let in.
    fn acquire(&mut self, task: TaskId) {
        if self.semaphore.as_mut().is_none_or(|semaphore| semaphore.acquire(task)) {
            self.go_on(task);
        } else {
            self.recorder.record(self.now, task, EventKind::SemaphoreAwaited);
        }
    }

    /// The coroutine has returned, or its error leaves it.
    fn finish(&mut self, task: TaskId) {
        if task == TaskId::LOOP {
            self.event_loop.call_soon(Callback::Stop);
            return;
        }
        self.unfinished -= 1;
        let failed = self.coroutines.has_failed(task);
        if !failed {
            self.recorder.record(self.now, task, EventKind::Done);
        }
        if let Some(next) = self.semaphore.as_mut().and_then(Semaphore::release) {
            self.event_loop.call_soon(Callback::Resume(next));
        }
        let raises = failed && !self.scenario.keep_going;
        if (self.unfinished == 0 || raises) && !self.is_gathered {
            self.is_gathered = true;
            self.event_loop.call_soon(Callback::GatherDone);
            if raises {
                self.coroutines.raise_in_main();
            }
        }
    }
}
