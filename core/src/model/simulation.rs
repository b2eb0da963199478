//! One run: takes the next event from the agenda, lets its thread go on, records what can be seen.
//!
//! Three things are scarce and are queued for: the cores, the GIL, and the database's locks. A thread goes on until it waits for
//! one of them, for a timer, for the disk or for its queue.

use super::agenda::Agenda;
use super::caches::Caches;
use super::cores::{Burst, Core, Cores};
use super::coroutines::Coroutines;
use super::database::{ConnectionId, Database};
use super::event_loop::{Callback, EventLoop, LoopState};
use super::gil::Gil;
use super::log::Log;
use super::machine::{self, Machine};
use super::recorder::Recorder;
use super::rng::Rng;
use super::semaphore::Semaphore;
use super::task::Step;
use super::thread::ThreadId;
use super::timers::Timers;
use super::worker::{Waiting, Worker};
use super::{MOST_EVENTS, RunError};
use crate::pieces::Pacer;
use crate::scenario::{Journal, Scenario, Strategy};
use crate::time::{SimDuration, SimTime};
use crate::trace::turn::turn_in_pieces;
use crate::trace::{TaskId, Trace};

/// What the agenda holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Due {
    /// A thread's burst on this core ends.
    BurstEnds(Core),
    /// The timer interrupt of this core.
    Timer(Core),
    /// The core, which was asleep, has woken for its timer interrupt.
    Woken(Core),
    /// The disk has what this worker wrote.
    Disk(ThreadId),
    /// An `asyncio.sleep` of this task ends.
    Sleep(TaskId),
}

/// The state of a run.
pub(super) struct Simulation<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) machine: Machine,
    pub(super) rng: Rng,
    pub(super) now: SimTime,
    agenda: Agenda<Due>,
    cores: Cores,
    timers: Timers,
    gil: Gil,
    pub(super) event_loop: EventLoop,
    loop_core: Core,
    pub(super) coroutines: Coroutines,
    /// Who may be between connect and close, where that is limited.
    pub(super) semaphore: Option<Semaphore>,
    pub(super) workers: Vec<Worker>,
    pub(super) database: &'a mut dyn Database,
    /// The write-ahead log, in WAL mode.
    pub(super) log: Option<Log>,
    pub(super) recorder: Recorder,
    /// Tasks that have neither returned nor raised.
    pub(super) unfinished: u32,
    pub(super) caches: Caches,
    /// The gather's outcome is decided.
    pub(super) is_gathered: bool,
    /// Events so far.
    simulated: u64,
    /// SHARED is held for as long as reading the schema takes, and for some of every attempt. It makes some 3 % of COMMITs wait a
    /// millisecond (fact 1.10), and BEGIN EXCLUSIVE with everybody kept out for as long as its ladder has come to.
    pub(super) shows_readers: bool,
}

impl<'a> Simulation<'a> {
    pub(super) fn new(scenario: &'a Scenario, database: &'a mut dyn Database) -> Self {
        let mut rng = Rng::new(scenario.seed);
        let machine = Machine::in_run(scenario, &mut rng);
        Self {
            now: SimTime::ZERO,
            agenda: Agenda::new(),
            cores: Cores::new(machine.cores),
            timers: Timers::new(machine.timer, machine.cores),
            gil: Gil::new(machine.free_for_all_percent),
            event_loop: EventLoop::new(),
            loop_core: Core(0),
            coroutines: Coroutines::new(scenario),
            semaphore: (scenario.strategy == Strategy::Semaphore).then(|| Semaphore::new(scenario.limit)),
            workers: vec![Worker::new(scenario.timeout); scenario.connections() as usize],
            recorder: Recorder::default(),
            unfinished: scenario.coroutines(),
            caches: Caches::default(),
            is_gathered: false,
            simulated: 0,
            shows_readers: machine.shared_percent > 0 && scenario.journal != Journal::Wal,
            log: (scenario.journal == Journal::Wal).then(Log::default),
            scenario,
            machine,
            rng,
            database,
        }
    }

    /// Simulates up to `events` events. Returns whether there are more.
    pub(super) fn simulate(&mut self, events: u64) -> Result<bool, RunError> {
        for _ in 0..events {
            let Some((at, due)) = self.agenda.take() else { return Ok(false) };
            self.simulated += 1;
            if self.simulated > MOST_EVENTS {
                return Err(RunError::too_large(self.scenario, self.now));
            }
            self.now = at;
            self.happen(due);
        }
        Ok(true)
    }

    /// What was recorded.
    pub(super) async fn into_trace(self, pacer: &mut Pacer<impl AsyncFnMut()>) -> Trace {
        let events = self.recorder.events(pacer).await;
        let turn = turn_in_pieces(&events, pacer).await;
        let turn = turn.map_or(self.machine.long_sleep, |sleep| self.machine.timer.whole(sleep));
        Trace { scenario: self.scenario.clone(), events, turn, simulated: self.simulated }
    }

    /// The run begins just before the gather, or where the main coroutine connects before it.
    pub(super) fn begin(&mut self) {
        if self.coroutines.upcoming(TaskId::LOOP) == Some(Step::Gather) {
            self.go_on(TaskId::LOOP);
        } else {
            self.event_loop.call_soon(Callback::FirstStep(TaskId::LOOP));
        }
        self.take_gil(ThreadId::LOOP);
    }

    fn happen(&mut self, due: Due) {
        match due {
            Due::BurstEnds(core) => self.burst_ends(core),
            Due::Timer(core) => self.timer_fires(core),
            Due::Woken(core) => self.timers_end(core),
            Due::Disk(thread) => self.disk_is_done(thread),
            Due::Sleep(task) => self.post_end_of_sleep(task),
        }
    }

    /// `thread` wants a core for about `median`. An idle core that has not yet gone to sleep notices it at once.
    pub(super) fn request_core(&mut self, thread: ThreadId, median: SimDuration) {
        self.request_core_after(self.machine.halts_after, thread, median);
    }

    /// The same, where a core that has been idle for longer than `halts_after` has to wake first.
    fn request_core_after(&mut self, halts_after: SimDuration, thread: ThreadId, median: SimDuration) {
        let length = self.machine.burst(median, &mut self.rng);
        let Some(burst) = self.cores.request(thread, length, self.last_core(thread), self.now) else { return };
        let delay = self.wake_core(burst.core, halts_after, self.machine.wake_exit);
        self.start(burst, delay);
    }

    fn wake_core(&mut self, core: Core, halts_after: SimDuration, exit: SimDuration) -> SimDuration {
        self.cores.wake(core, self.now, halts_after, |rest| machine::idle_exit(exit, rest, &mut self.rng))
    }

    /// The workers that have a core now.
    pub(super) fn running_workers(&self) -> impl Iterator<Item = usize> {
        self.cores.running().filter_map(ThreadId::worker_index)
    }

    fn last_core(&self, thread: ThreadId) -> Core {
        thread.worker_index().map_or(self.loop_core, |index| self.workers[index].core)
    }

    fn start(&mut self, burst: Burst, delay: SimDuration) {
        let Burst { core, thread, length } = burst;
        let begins = self.now + delay;
        match thread.worker_index() {
            None => self.loop_core = core,
            Some(index) => {
                let worker = &mut self.workers[index];
                worker.core = core;
                if worker.waiting == Waiting::Timer {
                    worker.waiting = Waiting::Core;
                    self.recorder.wakes(index, begins);
                }
            }
        }
        self.agenda.add(begins + length, Due::BurstEnds(core));
    }

    fn burst_ends(&mut self, core: Core) {
        if let Some(thread) = self.cores.finish(core) {
            match thread.worker_index() {
                None => self.loop_burst_ends(),
                Some(index) => self.worker_burst_ends(index),
            }
        }
        if let Some(burst) = self.cores.leave(core, self.now) {
            self.start(burst, SimDuration::ZERO);
        }
    }

    /// `thread`, which runs, wants the GIL. If it is free it goes on at once; else it is woken one day and tries again.
    pub(super) fn take_gil(&mut self, thread: ThreadId) {
        let has_it = self.gil.take(thread, self.now);
        match thread.worker_index() {
            None if has_it => self.loop_has_gil(),
            None => self.event_loop.state = LoopState::WaitingForGil,
            Some(index) if has_it => {
                self.workers[index].waiting = Waiting::Core;
                let turn = if self.workers[index].is_warm { self.machine.callback } else { self.machine.turn };
                self.request_core(thread, turn);
            }
            Some(index) => self.workers[index].waiting = Waiting::Gil,
        }
    }

    /// The holder lets go, and a thread that waits is woken.
    pub(super) fn release_gil(&mut self) {
        if let Some(thread) = self.gil.release(&mut self.rng) {
            self.request_core(thread, self.machine.gil_wake(self.gil.waiters()));
        }
    }

    /// The loop's thread lets others run, and waits for its turn.
    pub(super) fn yield_gil(&mut self) {
        self.release_gil();
        self.event_loop.state = LoopState::WaitingForGil;
        self.gil.wait(ThreadId::LOOP, self.now);
    }

    pub(super) fn is_gil_drop_requested(&self) -> bool {
        self.gil.is_drop_requested(self.now)
    }

    /// The worker sleeps in its busy handler.
    pub(super) fn sleep(&mut self, index: usize, asked: SimDuration) {
        let (thread, core) = (worker_thread(index), self.workers[index].core);
        self.workers[index].waiting = Waiting::Timer;
        if let Some(at) = self.timers.sleep(thread, core, self.now, asked) {
            self.agenda.add(at, Due::Timer(core));
        }
    }

    /// The interrupt of `core` comes. An idle core has to wake first, and until then further timers come due.
    fn timer_fires(&mut self, core: Core) {
        if !self.timers.is_due(core, self.now) {
            return;
        }
        let delay = if self.cores.is_idle(core) {
            self.wake_core(core, SimDuration::ZERO, self.machine.timer_exit)
        } else {
            SimDuration::ZERO
        };
        if delay.is_zero() {
            self.timers_end(core);
        } else {
            self.agenda.add(self.now + delay, Due::Woken(core));
        }
    }

    /// Whose timers of `core` have come due are woken.
    fn timers_end(&mut self, core: Core) {
        let is_due = self.timers.is_due(core, self.now);
        while let Some(thread) = self.timers.wake_next(core, self.now, is_due) {
            self.poll(thread);
        }
        if is_due && let Some(at) = self.timers.interrupt_at(core) {
            self.agenda.add(at, Due::Timer(core));
        }
    }

    /// `thread` asks for its lock.
    pub(super) fn poll(&mut self, thread: ThreadId) {
        let cold = self.machine.cold_poll(self.caches.poll(self.now), &mut self.rng);
        self.request_core_after(SimDuration::ZERO, thread, self.machine.poll + cold);
    }

    /// The worker waits for the disk, for about `median`.
    pub(super) fn wait_for_disk(&mut self, index: usize, median: SimDuration) {
        let length = self.machine.disk_wait(median, &mut self.rng) + self.machine.cold_disk(self.caches.disk(self.now));
        self.caches.has_synced(self.now + length);
        self.workers[index].waiting = Waiting::Disk;
        self.agenda.add(self.now + length, Due::Disk(worker_thread(index)));
    }

    fn disk_is_done(&mut self, thread: ThreadId) {
        if let Some(index) = thread.worker_index() {
            self.action_is_done(index);
        }
    }

    /// `task` sleeps in `asyncio.sleep`: the loop's `select` wakes for it as the machine's timers do.
    pub(super) fn sleep_in_loop(&mut self, task: TaskId, asked: SimDuration) {
        self.agenda.add(self.machine.timer.latest(self.now + asked, asked), Due::Sleep(task));
    }
}

/// The thread of the worker at this place; a connection has its worker's place.
pub(super) fn worker_thread(index: usize) -> ThreadId {
    ThreadId::worker(u32::try_from(index).unwrap_or(u32::MAX - 1))
}

/// The connection of the worker at this place.
pub(super) fn connection_of(index: usize) -> ConnectionId {
    ConnectionId(u32::try_from(index).unwrap_or(u32::MAX))
}
