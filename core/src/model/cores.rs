//! The machine's processors: threads that want to run queue for them, each core on its own.
//!
//! A woken thread runs where it ran last if that core is free, else on any free one, else it joins the queue of its own core: so a
//! bunch whose timers fire together on one core is served there one after another (fact 13.6; Linux' select_idle_sibling). A burst
//! is a piece of work that is not interrupted. A thread with more to do than one burst joins the queue again after each, so
//! that a waking thread is never kept out for long, as under a fair scheduler.
//!
//! A core that has nothing to do goes to sleep and takes a while to wake. Until then further timers come due, and fire together with
//! the one that woke it: this is what gathers waiters who were never close enough for the slack of one timer.

use super::thread::ThreadId;
use crate::time::{SimDuration, SimTime};
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
    queues: Vec<VecDeque<(ThreadId, SimDuration)>>,
    /// Since when each core has had nothing to do; of no meaning while it runs somebody.
    idle_since: Vec<SimTime>,
    /// When each core has woken, or will have.
    awake_at: Vec<SimTime>,
    /// The core whose thread decides right now what it does next.
    deciding: Option<Core>,
}

impl Cores {
    pub(super) fn new(cores: u32) -> Self {
        Self {
            running: vec![None; cores as usize],
            queues: vec![VecDeque::new(); cores as usize],
            idle_since: vec![SimTime::ZERO; cores as usize],
            awake_at: vec![SimTime::ZERO; cores as usize],
            deciding: None,
        }
    }

    /// `thread` wants a core for `length`: the burst that starts now, if a core is free.
    pub(super) fn request(&mut self, thread: ThreadId, length: SimDuration, last: Core, now: SimTime) -> Option<Burst> {
        if let Some(core) = self.keeps_core(thread) {
            self.deciding = None;
            self.idle_since[core.0 as usize] = now;
            return Some(Burst { core, thread, length });
        }
        let Some(core) = self.free_core(last) else {
            self.queues[last.0 as usize].push_back((thread, length));
            return None;
        };
        self.running[core.0 as usize] = Some(thread);
        Some(Burst { core, thread, length })
    }

    /// The core that `thread` runs on, if it may go on there: if nobody waits for it.
    fn keeps_core(&self, thread: ThreadId) -> Option<Core> {
        let core = self.deciding?;
        let place = core.0 as usize;
        (self.running[place] == Some(thread) && self.queues[place].is_empty()).then_some(core)
    }

    /// The burst on `core` ended. Whose it was; it still has the core until [`Cores::leave`], and may ask for more.
    pub(super) fn finish(&mut self, core: Core) -> Option<ThreadId> {
        self.deciding = Some(core);
        self.running[core.0 as usize]
    }

    /// The thread that ended its burst on `core` has decided: if it has not gone on, the burst that starts there now.
    pub(super) fn leave(&mut self, core: Core, now: SimTime) -> Option<Burst> {
        self.deciding.take()?;
        let place = core.0 as usize;
        let next = self.queues[place].pop_front();
        self.idle_since[place] = now;
        self.running[place] = next.map(|(thread, _)| thread);
        next.map(|(thread, length)| Burst { core, thread, length })
    }

    /// Whether `core` has nothing to do.
    pub(super) fn is_idle(&self, core: Core) -> bool {
        self.running[core.0 as usize].is_none()
    }

    /// An idle core gets something to do: how long it takes until it does it. One that has had nothing to do for longer than
    /// `halts_after` has gone to sleep, and waking takes what `exit` says of so long a rest.
    pub(super) fn wake(
        &mut self,
        core: Core,
        now: SimTime,
        halts_after: SimDuration,
        exit: impl FnOnce(SimDuration) -> SimDuration,
    ) -> SimDuration {
        let place = core.0 as usize;
        if self.awake_at[place] < now {
            let rest = now.since(self.idle_since[place]);
            self.awake_at[place] = if rest > halts_after { now + exit(rest) } else { now };
            self.idle_since[place] = self.awake_at[place];
        }
        self.awake_at[place].since(now)
    }

    /// Who runs on a core now.
    pub(super) fn running(&self) -> impl Iterator<Item = ThreadId> {
        self.running.iter().flatten().copied()
    }

    /// The core that the thread ran on last, where its cache is warm, or else any.
    fn free_core(&self, last: Core) -> Option<Core> {
        let is_free = |core: &u32| self.running[*core as usize].is_none();
        let all = 0..u32::try_from(self.running.len()).unwrap_or(u32::MAX);
        Some(last.0).filter(is_free).or_else(|| all.into_iter().find(is_free)).map(Core)
    }
}
