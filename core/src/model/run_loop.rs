//! Execution of the event loop's thread: iterations, callbacks, coroutines.

use super::coroutines::Reaction;
use super::event_loop::{Callback, LoopState};
use super::semaphore::Semaphore;
use super::simulation::Simulation;
use super::task::Step;
use super::thread::ThreadId;
use super::worker::WorkerState;
use crate::scenario::Strategy;
use crate::time::SimDuration;
use crate::trace::{Call, EventKind, Statement, TaskId};

impl Simulation<'_> {
    /// Appends `callback` to the ready queue from outside the loop's thread, and wakes the loop if
    /// it waits in `select`.
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

    /// The loop's thread has the GIL: continues its iteration, or begins one.
    pub(super) fn continue_loop(&mut self) {
        if !self.event_loop.is_in_iteration() {
            let ntodo = self.event_loop.begin_iteration();
            let number = self.event_loop.iteration;
            self.recorder.record(self.now, TaskId::LOOP, EventKind::LoopIteration { number, ntodo });
        }
        self.begin_next_callback();
    }

    fn begin_next_callback(&mut self) {
        let Some(callback) = self.event_loop.next_callback() else {
            self.end_iteration();
            return;
        };
        self.event_loop.state = LoopState::Running(callback);
        let cost = self.callback_cost(callback);
        self.request_core(ThreadId::LOOP, cost);
    }

    /// Median duration of `callback`.
    fn callback_cost(&self, callback: Callback) -> SimDuration {
        let machine = &self.machine;
        match callback {
            _ if self.is_thread_start(callback) => machine.thread_start,
            Callback::FirstStep(task) | Callback::Resume(task) if task != TaskId::LOOP => machine.resume + self.print_cost(task),
            _ => machine.callback,
        }
    }

    /// Whether `callback` runs a coroutine that connects next, which starts a thread.
    fn is_thread_start(&self, callback: Callback) -> bool {
        let (Callback::FirstStep(task) | Callback::Resume(task)) = callback else { return false };
        match self.coroutines.next_step(task) {
            Some(Step::Call(Call::Connect)) => true,
            Some(Step::Acquire) => self.semaphore.as_ref().is_some_and(Semaphore::has_free_slot),
            _ => false,
        }
    }

    /// Duration of the prints when `task` is resumed. A task with its own connection prints one
    /// line after each of connect, execute, commit and close. On a shared connection it prints the
    /// last two lines after commit. The coroutine that inserts all rows prints one line per row.
    fn print_cost(&self, task: TaskId) -> SimDuration {
        let Some(Step::Call(call)) = self.coroutines.current_step(task) else { return SimDuration::ZERO };
        let lines = match (self.scenario.strategy, call) {
            (Strategy::SingleTransaction, Call::Execute) => 1,
            (Strategy::SingleTransaction, _) => 0,
            (Strategy::SharedConnection, Call::Commit) => 2,
            (_, Call::Connect | Call::Execute | Call::Commit | Call::Stop) => 1,
            _ => 0,
        };
        SimDuration::from_micros(lines * self.machine.print.micros())
    }

    /// The burst of the loop's thread on its core has ended.
    pub(super) fn end_loop_burst(&mut self) {
        match self.event_loop.state {
            LoopState::Waking | LoopState::WaitingForGil => self.take_gil(ThreadId::LOOP),
            LoopState::Running(callback) => {
                let started_thread = self.is_thread_start(callback);
                self.run_callback(callback);
                self.after_callback(started_thread);
            }
            LoopState::Selecting | LoopState::Stopped => {}
        }
    }

    /// Continues after a callback. Starting a thread releases the GIL and waits until the thread
    /// runs; otherwise the loop keeps the GIL until a drop is requested.
    fn after_callback(&mut self, started_thread: bool) {
        let yields = started_thread || self.is_gil_drop_requested();
        if yields && self.event_loop.is_in_iteration() {
            self.yield_gil();
        } else {
            self.begin_next_callback();
        }
    }

    fn end_iteration(&mut self) {
        self.event_loop.state = LoopState::Selecting;
        self.release_gil();
        if self.event_loop.is_stopping {
            self.event_loop.state = LoopState::Stopped;
            self.recorder.record(self.now, TaskId::LOOP, EventKind::LoopStopped);
        } else if self.event_loop.has_ready_callbacks() {
            self.take_gil(ThreadId::LOOP);
        }
    }

    fn run_callback(&mut self, callback: Callback) {
        match callback {
            Callback::FirstStep(task) => self.run_first_step(task),
            Callback::SetResult(task) => self.event_loop.call_soon(Callback::Resume(task)),
            Callback::Resume(task) => self.resume(task),
            Callback::GatherDone => self.event_loop.call_soon(Callback::Resume(TaskId::LOOP)),
            Callback::Stop => self.event_loop.is_stopping = true,
        }
    }

    fn run_first_step(&mut self, task: TaskId) {
        if task != TaskId::LOOP {
            self.recorder.record(self.now, task, EventKind::TaskStarted);
        }
        self.run_to_next_await(task);
    }

    /// Resumes the coroutine with the result that it awaited.
    fn resume(&mut self, task: TaskId) {
        if task != TaskId::LOOP {
            let iteration = self.event_loop.iteration;
            self.recorder.record(self.now, task, EventKind::Resumed { iteration });
        }
        if let Some(statement) = self.coroutines.take_locked_error(task) {
            self.handle_locked_error(task, statement);
        } else if self.coroutines.current_step(task) == Some(Step::Call(Call::Connect)) {
            self.recorder.record(self.now, task, EventKind::Connected);
        }
        self.run_to_next_await(task);
    }

    /// Handles "database is locked", with which `statement` failed, in `task`.
    fn handle_locked_error(&mut self, task: TaskId, statement: Statement) {
        let kind = match self.coroutines.handle_locked_error(task) {
            Reaction::Retry => EventKind::Retry,
            Reaction::Fail => EventKind::Failed { statement },
        };
        self.recorder.record(self.now, task, kind);
    }

    /// Runs the coroutine until it awaits something, returns or raises.
    pub(super) fn run_to_next_await(&mut self, task: TaskId) {
        match self.coroutines.begin_next_step(task) {
            Some(Step::Call(call)) => self.queue_call(task, call),
            Some(Step::Sleep(requested)) => self.await_sleep(task, requested),
            Some(Step::RetryPause(mean)) => {
                let requested = self.rng.jittered(mean);
                self.await_sleep(task, requested);
            }
            Some(Step::Acquire) => self.acquire(task),
            Some(Step::Gather) => {
                self.event_loop.call_all_soon((1..=self.unfinished).map(|task| Callback::FirstStep(TaskId::new(task))));
            }
            None => self.end_coroutine(task),
        }
    }

    fn queue_call(&mut self, task: TaskId, call: Call) {
        if call == Call::Connect {
            self.recorder.record(self.now, task, EventKind::ThreadStarted);
        }
        self.recorder.record(self.now, task, EventKind::CallQueued { call });
        let Some(index) = task.connection(self.scenario.strategy) else { return };
        self.workers[index].queue.push_back((task, call));
        if self.workers[index].state == WorkerState::WaitingForCall {
            self.wake_for_call(index);
        }
    }

    /// `asyncio.sleep`. A sleep of zero only yields to the other coroutines for one iteration.
    fn await_sleep(&mut self, task: TaskId, requested: SimDuration) {
        let asked_us = u32::try_from(requested.micros()).unwrap_or(u32::MAX);
        self.recorder.record(self.now, task, EventKind::Sleep { asked_us });
        if requested.is_zero() {
            self.event_loop.call_soon(Callback::Resume(task));
        } else {
            self.sleep_in_loop(task, requested);
        }
    }

    /// `async with semaphore`: the coroutine continues at once, or waits for a slot.
    fn acquire(&mut self, task: TaskId) {
        if self.semaphore.as_mut().is_none_or(|semaphore| semaphore.acquire(task)) {
            self.run_to_next_await(task);
        } else {
            self.recorder.record(self.now, task, EventKind::SemaphoreAwaited);
        }
    }

    /// The coroutine has returned or raised.
    fn end_coroutine(&mut self, task: TaskId) {
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
        if (self.unfinished == 0 || raises) && !self.is_gather_done {
            self.is_gather_done = true;
            self.event_loop.call_soon(Callback::GatherDone);
            if raises {
                self.coroutines.raise_in_main();
            }
        }
    }
}
