//! One run: takes the next event from the event queue, advances the thread that it belongs to, and
//! records what is observable.
//!
//! Threads queue for three resources: the cores, the GIL and the database's locks. A thread
//! advances until it waits for one of them, for a timer, for a sync or for its queue.

use super::caches::Caches;
use super::cores::{Burst, Core, Cores};
use super::coroutines::Coroutines;
use super::database::{ConnectionId, Database};
use super::event_loop::{Callback, EventLoop, LoopState};
use super::event_queue::EventQueue;
use super::gil::Gil;
use super::log::Log;
use super::machine::{self, Machine};
use super::recorder::Recorder;
use super::rng::Rng;
use super::semaphore::Semaphore;
use super::task::Step;
use super::thread::ThreadId;
use super::timers::Timers;
use super::worker::{Worker, WorkerState};
use super::{MAX_EVENTS, RunError};
use crate::pieces::Pacer;
use crate::scenario::{Journal, Scenario, Strategy};
use crate::time::{SimDuration, SimTime};
use crate::trace::turn::turn_in_pieces;
use crate::trace::{TaskId, Trace};

/// An event in the event queue.
#[derive(Clone, Copy, Debug)]
pub(super) enum SimEvent {
    /// The burst on this core ends.
    BurstEnds(Core),
    /// The timer interrupt of this core.
    TimerInterrupt(Core),
    /// This core, which had halted, is awake and serves its timer interrupt.
    CoreAwake(Core),
    /// The sync of this worker ends.
    SyncEnds(ThreadId),
    /// The `asyncio.sleep` of this task ends.
    SleepEnds(TaskId),
}

/// The state of a run.
pub(super) struct Simulation<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) machine: Machine,
    pub(super) rng: Rng,
    pub(super) now: SimTime,
    event_queue: EventQueue<SimEvent>,
    cores: Cores,
    timers: Timers,
    gil: Gil,
    pub(super) event_loop: EventLoop,
    /// The core where the loop's thread ran last.
    loop_core: Core,
    pub(super) coroutines: Coroutines,
    /// Limits the tasks between connect and close, with the semaphore strategy.
    pub(super) semaphore: Option<Semaphore>,
    pub(super) workers: Vec<Worker>,
    pub(super) database: &'a mut dyn Database,
    /// The write-ahead log, in WAL mode.
    pub(super) log: Option<Log>,
    pub(super) recorder: Recorder,
    /// Tasks that have neither returned nor raised.
    pub(super) unfinished: u32,
    pub(super) caches: Caches,
    /// The gather's result or exception is set.
    pub(super) is_gather_done: bool,
    /// Events handled so far.
    simulated: u64,
    /// Whether readers' SHARED locks are simulated: a connection holds one while it reads the
    /// schema, and for a part of every lock attempt. This makes some 3 % of COMMITs wait for a
    /// millisecond (fact 1.10). It also makes BEGIN EXCLUSIVE block all other connections for its
    /// current back-off sleep.
    pub(super) simulates_readers: bool,
}

impl<'a> Simulation<'a> {
    pub(super) fn new(scenario: &'a Scenario, database: &'a mut dyn Database) -> Self {
        let mut rng = Rng::new(scenario.seed);
        let machine = Machine::for_run(scenario, &mut rng);
        Self {
            now: SimTime::ZERO,
            event_queue: EventQueue::new(),
            cores: Cores::new(machine.cores),
            timers: Timers::new(machine.timer, machine.cores),
            gil: Gil::new(machine.barging_percent),
            event_loop: EventLoop::new(),
            loop_core: Core(0),
            coroutines: Coroutines::new(scenario),
            semaphore: (scenario.strategy == Strategy::Semaphore).then(|| Semaphore::new(scenario.limit)),
            workers: vec![Worker::new(scenario.timeout); scenario.connections() as usize],
            recorder: Recorder::default(),
            unfinished: scenario.coroutines(),
            caches: Caches::default(),
            is_gather_done: false,
            simulated: 0,
            simulates_readers: machine.shared_percent > 0 && scenario.journal != Journal::Wal,
            log: (scenario.journal == Journal::Wal).then(Log::default),
            scenario,
            machine,
            rng,
            database,
        }
    }

    /// Handles up to `count` events. Returns whether the queue may hold more.
    pub(super) fn handle_events(&mut self, count: u64) -> Result<bool, RunError> {
        for _ in 0..count {
            let Some((at, event)) = self.event_queue.pop() else { return Ok(false) };
            self.simulated += 1;
            if self.simulated > MAX_EVENTS {
                return Err(RunError::too_large(self.scenario, self.now));
            }
            self.now = at;
            self.handle(event);
        }
        Ok(true)
    }

    /// The recorded trace.
    pub(super) async fn into_trace(self, pacer: &mut Pacer<'_>) -> Trace {
        let events = self.recorder.events(pacer).await;
        let turn = turn_in_pieces(&events, pacer).await;
        let turn = turn.map_or(self.machine.long_sleep, |sleep| self.machine.timer.round_up(sleep));
        Trace { scenario: self.scenario.clone(), events, turn, simulated: self.simulated }
    }

    /// Starts the run just before the gather, or before the main coroutine connects if it does so
    /// first.
    pub(super) fn start(&mut self) {
        if self.coroutines.next_step(TaskId::LOOP) == Some(Step::Gather) {
            self.run_to_next_await(TaskId::LOOP);
        } else {
            self.event_loop.call_soon(Callback::FirstStep(TaskId::LOOP));
        }
        self.take_gil(ThreadId::LOOP);
    }

    fn handle(&mut self, event: SimEvent) {
        match event {
            SimEvent::BurstEnds(core) => self.end_burst(core),
            SimEvent::TimerInterrupt(core) => self.handle_timer_interrupt(core),
            SimEvent::CoreAwake(core) => self.wake_due_sleepers(core),
            SimEvent::SyncEnds(thread) => self.end_sync(thread),
            SimEvent::SleepEnds(task) => self.post(Callback::SetResult(task)),
        }
    }

    /// Requests a core for `thread`, for a burst of about `median`. A core that is idle but has not
    /// halted yet starts it at once.
    pub(super) fn request_core(&mut self, thread: ThreadId, median: SimDuration) {
        self.request_core_halting_after(self.machine.halt_delay, thread, median);
    }

    /// Requests a core where a core that has been idle for longer than `halt_delay` has to wake
    /// first.
    fn request_core_halting_after(&mut self, halt_delay: SimDuration, thread: ThreadId, median: SimDuration) {
        let length = self.machine.burst(median, &mut self.rng);
        let Some(burst) = self.cores.request(thread, length, self.last_core(thread), self.now) else { return };
        let delay = self.wake_core(burst.core, halt_delay, self.machine.thread_exit_latency);
        self.start_burst(burst, delay);
    }

    fn wake_core(&mut self, core: Core, halt_delay: SimDuration, exit_latency: SimDuration) -> SimDuration {
        self.cores.wake(core, self.now, halt_delay, |idle| machine::exit_latency(exit_latency, idle, &mut self.rng))
    }

    /// The workers that run on a core now.
    pub(super) fn running_workers(&self) -> impl Iterator<Item = usize> {
        self.cores.running_threads().filter_map(ThreadId::worker_index)
    }

    fn last_core(&self, thread: ThreadId) -> Core {
        thread.worker_index().map_or(self.loop_core, |index| self.workers[index].core)
    }

    /// Starts `burst` after `delay`, in which its core wakes.
    fn start_burst(&mut self, burst: Burst, delay: SimDuration) {
        let Burst { core, thread, length } = burst;
        let begins = self.now + delay;
        match thread.worker_index() {
            None => self.loop_core = core,
            Some(index) => {
                let worker = &mut self.workers[index];
                worker.core = core;
                if worker.state == WorkerState::Sleeping {
                    worker.state = WorkerState::Runnable;
                    self.recorder.end_backoff(index, begins);
                }
            }
        }
        self.event_queue.push(begins + length, SimEvent::BurstEnds(core));
    }

    fn end_burst(&mut self, core: Core) {
        if let Some(thread) = self.cores.end_burst(core) {
            match thread.worker_index() {
                None => self.end_loop_burst(),
                Some(index) => self.end_worker_burst(index),
            }
        }
        if let Some(burst) = self.cores.release(core, self.now) {
            self.start_burst(burst, SimDuration::ZERO);
        }
    }

    /// Takes the GIL for `thread`, which runs. If the GIL is taken, the thread waits, is woken
    /// later and retries.
    pub(super) fn take_gil(&mut self, thread: ThreadId) {
        let has_gil = self.gil.take(thread, self.now);
        match thread.worker_index() {
            None if has_gil => self.continue_loop(),
            None => self.event_loop.state = LoopState::WaitingForGil,
            Some(index) if has_gil => {
                self.workers[index].state = WorkerState::Runnable;
                let length = if self.workers[index].is_warm { self.machine.callback } else { self.machine.python };
                self.request_core(thread, length);
            }
            Some(index) => self.workers[index].state = WorkerState::WaitingForGil,
        }
    }

    /// The holder releases the GIL, and a waiting thread is woken.
    pub(super) fn release_gil(&mut self) {
        if let Some(thread) = self.gil.release(&mut self.rng) {
            self.request_core(thread, self.machine.gil_wake(self.gil.waiters()));
        }
    }

    /// The loop's thread releases the GIL, so that others can run, and waits for it again.
    pub(super) fn yield_gil(&mut self) {
        self.release_gil();
        self.event_loop.state = LoopState::WaitingForGil;
        self.gil.wait(ThreadId::LOOP, self.now);
    }

    pub(super) fn is_gil_drop_requested(&self) -> bool {
        self.gil.is_drop_requested(self.now)
    }

    /// The worker begins a sleep of `requested` in its busy handler.
    pub(super) fn sleep(&mut self, index: usize, requested: SimDuration) {
        let (thread, core) = (worker_thread(index), self.workers[index].core);
        self.workers[index].state = WorkerState::Sleeping;
        if let Some(at) = self.timers.sleep(thread, core, self.now, requested) {
            self.event_queue.push(at, SimEvent::TimerInterrupt(core));
        }
    }

    /// The timer interrupt of `core`. An idle core has to wake first; meanwhile more timers may
    /// come due.
    fn handle_timer_interrupt(&mut self, core: Core) {
        if !self.timers.is_due(core, self.now) {
            return;
        }
        let delay = if self.cores.is_idle(core) {
            self.wake_core(core, SimDuration::ZERO, self.machine.timer_exit_latency)
        } else {
            SimDuration::ZERO
        };
        if delay.is_zero() {
            self.wake_due_sleepers(core);
        } else {
            self.event_queue.push(self.now + delay, SimEvent::CoreAwake(core));
        }
    }

    /// Wakes all threads whose timers on `core` are due.
    fn wake_due_sleepers(&mut self, core: Core) {
        let is_due = self.timers.is_due(core, self.now);
        while let Some(thread) = self.timers.wake_next(core, self.now, is_due) {
            self.poll(thread);
        }
        if is_due && let Some(at) = self.timers.next_interrupt(core) {
            self.event_queue.push(at, SimEvent::TimerInterrupt(core));
        }
    }

    /// Requests a core for a lock attempt of `thread`.
    pub(super) fn poll(&mut self, thread: ThreadId) {
        let cold = self.machine.cold_poll_extra(self.caches.record_poll(self.now), &mut self.rng);
        self.request_core_halting_after(SimDuration::ZERO, thread, self.machine.poll + cold);
    }

    /// The worker begins a sync of about `median`.
    pub(super) fn begin_sync(&mut self, index: usize, median: SimDuration) {
        let cold = self.machine.cold_sync_extra(self.caches.sync_coldness(self.now));
        let length = self.machine.sync(median, &mut self.rng) + cold;
        self.caches.record_sync(self.now + length);
        self.workers[index].state = WorkerState::Syncing;
        self.event_queue.push(self.now + length, SimEvent::SyncEnds(worker_thread(index)));
    }

    fn end_sync(&mut self, thread: ThreadId) {
        if let Some(index) = thread.worker_index() {
            self.end_action(index);
        }
    }

    /// `task` begins an `asyncio.sleep` of `requested`. The loop's `select` wakes for it as the
    /// machine's timers do.
    pub(super) fn sleep_in_loop(&mut self, task: TaskId, requested: SimDuration) {
        self.event_queue.push(self.machine.timer.hard_expiry(self.now + requested, requested), SimEvent::SleepEnds(task));
    }
}

/// The thread of the worker at `index`.
pub(super) fn worker_thread(index: usize) -> ThreadId {
    ThreadId::worker(u32::try_from(index).unwrap_or(u32::MAX - 1))
}

/// The connection of the worker at `index`; both have the same index.
pub(super) fn connection_of(index: usize) -> ConnectionId {
    ConnectionId(u32::try_from(index).unwrap_or(u32::MAX))
}
