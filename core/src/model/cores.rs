//! The machine's cores. Each core has its own run queue of threads that wait for it.
//!
//! A woken thread runs on the core where it ran last if that core is free, otherwise on any free
//! core, otherwise it joins the run queue of its last core. So a bunch whose timers fire together
//! on one core is served there one thread after another (fact 13.6; Linux's `select_idle_sibling`).
//! A burst is a piece of work that is not interrupted. A thread with more work than one burst
//! rejoins the run queue after each, so a woken thread never waits long, as under a fair scheduler.
//!
//! A core without work halts, and waking it takes a while. Meanwhile more timers come due, and they
//! fire together with the one that woke the core. This is how waiters that were further apart than
//! the slack of one timer become a bunch.

use super::thread::ThreadId;
use crate::time::{SimDuration, SimTime};
use std::collections::VecDeque;

/// One core, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Core(pub(super) u32);

/// A piece of work of one thread on one core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Burst {
    pub(super) core: Core,
    pub(super) thread: ThreadId,
    pub(super) length: SimDuration,
}

/// All cores, the threads that run on them and their run queues. Each list is indexed by core.
#[derive(Debug)]
pub(super) struct Cores {
    running: Vec<Option<ThreadId>>,
    /// Waiting threads, each with the length of its next burst.
    run_queues: Vec<VecDeque<(ThreadId, SimDuration)>>,
    /// When each core became idle; meaningless while a thread runs on it.
    idle_since: Vec<SimTime>,
    /// When each core was last awake after a halt, or will be.
    awake_at: Vec<SimTime>,
    /// The core whose burst has just ended, until its thread either continues there or leaves it.
    between_bursts: Option<Core>,
}

impl Cores {
    pub(super) fn new(cores: u32) -> Self {
        Self {
            running: vec![None; cores as usize],
            run_queues: vec![VecDeque::new(); cores as usize],
            idle_since: vec![SimTime::ZERO; cores as usize],
            awake_at: vec![SimTime::ZERO; cores as usize],
            between_bursts: None,
        }
    }

    /// Requests a core for `thread`, for a burst of `length`. Returns the burst if it starts now;
    /// otherwise `thread` waits in the run queue of `last`, the core where it ran last.
    pub(super) fn request(&mut self, thread: ThreadId, length: SimDuration, last: Core, now: SimTime) -> Option<Burst> {
        if let Some(core) = self.core_to_keep(thread) {
            self.between_bursts = None;
            self.idle_since[core.0 as usize] = now;
            return Some(Burst { core, thread, length });
        }
        let Some(core) = self.free_core(last) else {
            self.run_queues[last.0 as usize].push_back((thread, length));
            return None;
        };
        self.running[core.0 as usize] = Some(thread);
        Some(Burst { core, thread, length })
    }

    /// The core on which `thread` has just ended a burst, if it may continue there: if that core's
    /// run queue is empty.
    fn core_to_keep(&self, thread: ThreadId) -> Option<Core> {
        let core = self.between_bursts?;
        let index = core.0 as usize;
        (self.running[index] == Some(thread) && self.run_queues[index].is_empty()).then_some(core)
    }

    /// Ends the burst on `core` and returns its thread. The thread keeps the core until
    /// [`Cores::release`], and may request another burst before that.
    pub(super) fn end_burst(&mut self, core: Core) -> Option<ThreadId> {
        self.between_bursts = Some(core);
        self.running[core.0 as usize]
    }

    /// Takes `core` from the thread that ended its burst there, unless that thread has started
    /// another one. Returns the burst from the run queue that starts there now.
    pub(super) fn release(&mut self, core: Core, now: SimTime) -> Option<Burst> {
        self.between_bursts.take()?;
        let index = core.0 as usize;
        let next = self.run_queues[index].pop_front();
        self.idle_since[index] = now;
        self.running[index] = next.map(|(thread, _)| thread);
        next.map(|(thread, length)| Burst { core, thread, length })
    }

    /// Whether no thread runs on `core`.
    pub(super) fn is_idle(&self, core: Core) -> bool {
        self.running[core.0 as usize].is_none()
    }

    /// Wakes `core` for new work and returns how long that takes. A core that has been idle for
    /// longer than `halt_delay` has halted, and waking it takes `exit_latency` of its idle time.
    pub(super) fn wake(
        &mut self,
        core: Core,
        now: SimTime,
        halt_delay: SimDuration,
        exit_latency: impl FnOnce(SimDuration) -> SimDuration,
    ) -> SimDuration {
        let index = core.0 as usize;
        if self.awake_at[index] < now {
            let idle = now.since(self.idle_since[index]);
            self.awake_at[index] = if idle > halt_delay { now + exit_latency(idle) } else { now };
            self.idle_since[index] = self.awake_at[index];
        }
        self.awake_at[index].since(now)
    }

    /// The threads that run on a core now.
    pub(super) fn running_threads(&self) -> impl Iterator<Item = ThreadId> {
        self.running.iter().flatten().copied()
    }

    /// A free core: `last` if it is free, because its caches are warm, otherwise any.
    fn free_core(&self, last: Core) -> Option<Core> {
        let is_free = |core: &u32| self.running[*core as usize].is_none();
        let all = 0..u32::try_from(self.running.len()).unwrap_or(u32::MAX);
        Some(last.0).filter(is_free).or_else(|| all.into_iter().find(is_free)).map(Core)
    }
}
