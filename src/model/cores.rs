//! The machine's processors: threads that want to run queue for them, first come, first served.
//!
//! A burst is a short piece of work that is not interrupted. A thread with more to do than one burst joins the queue again after
//! each, so that a waking thread is never kept out for long, as under a fair scheduler.

use super::thread::ThreadId;
use crate::time::SimDuration;
use std::collections::VecDeque;

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
    queue: VecDeque<(ThreadId, SimDuration)>,
    /// How long a core that had nothing to do takes to get going.
    idle_exit: SimDuration,
}

impl Cores {
    pub(super) fn new(cores: u32, idle_exit: SimDuration) -> Self {
        Self { running: vec![None; cores as usize], queue: VecDeque::new(), idle_exit }
    }

    /// `thread` wants a core for `length`: the burst that starts now, if a core is free.
    pub(super) fn request(&mut self, thread: ThreadId, length: SimDuration, last_core: Core) -> Option<Burst> {
        let Some(core) = self.free_core(last_core) else {
            self.queue.push_back((thread, length));
            return None;
        };
        self.running[core.0 as usize] = Some(thread);
        Some(Burst { core, thread, length: length + self.idle_exit })
    }

    /// The burst on `core` ended: whose it was, and the one that starts there now.
    pub(super) fn finish(&mut self, core: Core) -> (Option<ThreadId>, Option<Burst>) {
        let ended = self.running[core.0 as usize].take();
        let next = self.queue.pop_front();
        self.running[core.0 as usize] = next.map(|(thread, _)| thread);
        (ended, next.map(|(thread, length)| Burst { core, thread, length }))
    }

    /// The core that the thread ran on last, where its cache is warm, or else any.
    fn free_core(&self, last: Core) -> Option<Core> {
        let is_free = |core: &u32| self.running[*core as usize].is_none();
        let all = 0..u32::try_from(self.running.len()).unwrap_or(u32::MAX);
        Some(last.0).filter(is_free).or_else(|| all.into_iter().find(is_free)).map(Core)
    }
}
