//! The machine's processors: threads that want to run queue for them, each core on its own.
//!
//! A woken thread runs where it ran last if that core is free, else on any free one, else it joins the queue of its own core: so a
//! bunch whose timers fire together on one core is served there one after another (fact 13.6; Linux' select_idle_sibling). A burst
//! is a short piece of work that is not interrupted. A thread with more to do than one burst joins the queue again after each, so
//! that a waking thread is never kept out for long, as under a fair scheduler.

use super::thread::ThreadId;
use crate::time::{SimDuration, SimTime};
use std::collections::VecDeque;

/// A core that has had nothing to do for so long has gone to sleep and takes a while to wake (Linux' haltpoll governor).
const HALTS_AFTER: SimDuration = SimDuration::from_micros(200);

/// One of the processors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Core(pub(super) u32);

/// A thread on a core, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Burst {
    pub(super) core: Core,
    pub(super) thread: ThreadId,
    pub(super) length: SimDuration,
}

/// Who runs where, and who waits.
#[derive(Debug)]
pub(super) struct Cores {
    running: Vec<Option<ThreadId>>,
    queues: Vec<VecDeque<(ThreadId, SimDuration)>>,
    /// Since when each core has had nothing to do; of no meaning while it runs somebody.
    idle_since: Vec<SimTime>,
}

impl Cores {
    pub(super) fn new(cores: u32) -> Self {
        Self {
            running: vec![None; cores as usize],
            queues: vec![VecDeque::new(); cores as usize],
            idle_since: vec![SimTime::ZERO; cores as usize],
        }
    }

    /// `thread` wants a core for `length`: the burst that starts now, if a core is free.
    pub(super) fn request(&mut self, thread: ThreadId, length: SimDuration, last: Core) -> Option<Burst> {
        let Some(core) = self.free_core(last) else {
            self.queues[last.0 as usize].push_back((thread, length));
            return None;
        };
        self.running[core.0 as usize] = Some(thread);
        Some(Burst { core, thread, length })
    }

    /// The burst on `core` ended: whose it was, and the one that starts there now.
    pub(super) fn finish(&mut self, core: Core, now: SimTime) -> (Option<ThreadId>, Option<Burst>) {
        let place = core.0 as usize;
        let ended = self.running[place].take();
        let next = self.queues[place].pop_front();
        self.idle_since[place] = now;
        self.running[place] = next.map(|(thread, _)| thread);
        (ended, next.map(|(thread, length)| Burst { core, thread, length }))
    }

    /// Whether `core` had gone to sleep when it was given something to do at `now`.
    pub(super) fn was_asleep(&self, core: Core, now: SimTime) -> bool {
        now.since(self.idle_since[core.0 as usize]) >= HALTS_AFTER
    }

    /// The core that the thread ran on last, where its cache is warm, or else any.
    fn free_core(&self, last: Core) -> Option<Core> {
        let is_free = |core: &u32| self.running[*core as usize].is_none();
        let all = 0..u32::try_from(self.running.len()).unwrap_or(u32::MAX);
        Some(last.0).filter(is_free).or_else(|| all.into_iter().find(is_free)).map(Core)
    }
}
