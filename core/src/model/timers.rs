//! When a sleeping thread wakes: the kernel's timers, per core.
//!
//! Linux gives every timer some slack. A timer may fire from its soft expiry on and must fire at
//! its hard expiry. When the earliest hard expiry is reached, all timers that are past their soft
//! expiry fire together (fact 13.6, kernel/time/hrtimer.c). Windows checks its timers once per tick
//! (fact 13.11). A laptop that saves power may give long sleeps much slack and serve all cores
//! together (hypothesis, fact 13.12).

use super::cores::Core;
use super::machine::Timer;
use super::thread::ThreadId;
use crate::time::{SimDuration, SimTime};
use std::collections::VecDeque;

/// All sleeping threads.
#[derive(Debug)]
pub(super) struct Timers {
    rule: Timer,
    /// One entry per core where the thread went to sleep, or a single entry if the rule serves all
    /// cores together.
    sleepers: Vec<Sleepers>,
    /// Sleeps ever begun.
    added: u64,
}

/// The sleepers of one core, with one queue per length of sleep: of two sleeps of equal length the
/// one that began first ends first. The busy handler uses ten lengths, so this is faster than a
/// heap of thousands of sleepers.
#[derive(Debug, Default)]
struct Sleepers {
    queues: Vec<(SimDuration, VecDeque<Sleeper>)>,
    /// The sleeper that wakes first, and the index of its queue.
    first: Option<(Sleeper, usize)>,
}

/// A sleeping thread. Sleepers wake in order of (`hard_expiry`, `sequence`).
#[derive(Clone, Copy, Debug)]
struct Sleeper {
    /// The latest time at which it may wake.
    hard_expiry: SimTime,
    /// Number of this sleep among all sleeps ever begun, from 1.
    sequence: u64,
    /// The earliest time at which it may wake.
    soft_expiry: SimTime,
    thread: ThreadId,
}

impl Sleepers {
    fn add(&mut self, requested: SimDuration, sleeper: Sleeper) {
        let index = self.queues.iter().position(|(length, _)| *length == requested).unwrap_or_else(|| {
            self.queues.push((requested, VecDeque::new()));
            self.queues.len() - 1
        });
        self.queues[index].1.push_back(sleeper);
        if self.first.is_none_or(|(first, _)| sleeper.key() < first.key()) {
            self.first = Some((sleeper, index));
        }
    }

    /// Removes the sleeper that wakes first and returns its thread, if it may wake by `now`.
    fn pop(&mut self, now: SimTime) -> Option<ThreadId> {
        let (first, index) = self.first.filter(|(first, _)| first.soft_expiry <= now)?;
        self.queues[index].1.pop_front();
        let fronts = self.queues.iter().zip(0..).filter_map(|((_, queue), index)| Some((*queue.front()?, index)));
        self.first = fronts.min_by_key(|(sleeper, _)| sleeper.key());
        Some(first.thread)
    }
}

impl Sleeper {
    const fn key(&self) -> (SimTime, u64) {
        (self.hard_expiry, self.sequence)
    }
}

impl Timers {
    pub(super) fn new(rule: Timer, cores: u32) -> Self {
        let groups = if matches!(rule, Timer::Coalesced { .. }) { 1 } else { cores };
        Self { rule, sleepers: (0..groups).map(|_| Sleepers::default()).collect(), added: 0 }
    }

    /// Index of the sleepers of `core`.
    fn index(&self, core: Core) -> usize {
        (core.0 as usize).min(self.sleepers.len() - 1)
    }

    /// Begins a sleep of `requested` for `thread` on `core`. Returns the time of the core's next
    /// interrupt if that has changed.
    pub(super) fn sleep(&mut self, thread: ThreadId, core: Core, now: SimTime, requested: SimDuration) -> Option<SimTime> {
        let before = self.next_interrupt(core);
        self.added += 1;
        let (index, soft_expiry) = (self.index(core), now + requested);
        let hard_expiry = self.rule.hard_expiry(soft_expiry, requested);
        self.sleepers[index].add(requested, Sleeper { hard_expiry, sequence: self.added, soft_expiry, thread });
        let after = self.next_interrupt(core);
        if after == before { None } else { after }
    }

    /// Removes and returns the next thread that the interrupt of `core` at `now` wakes; none if the
    /// interrupt is not due or no further sleeper may wake.
    pub(super) fn wake_next(&mut self, core: Core, now: SimTime, is_due: bool) -> Option<ThreadId> {
        let index = self.index(core);
        if is_due { self.sleepers[index].pop(now) } else { None }
    }

    /// Whether the interrupt of `core` is still due at `now`: an earlier interrupt may have woken
    /// its sleepers.
    pub(super) fn is_due(&self, core: Core, now: SimTime) -> bool {
        self.next_interrupt(core).is_some_and(|at| at <= now)
    }

    /// Time of the core's next interrupt: the earliest hard expiry of its sleepers.
    pub(super) fn next_interrupt(&self, core: Core) -> Option<SimTime> {
        self.sleepers[self.index(core)].first.map(|(first, _)| first.hard_expiry)
    }
}

impl Timer {
    /// Rounds `length` up to whole ticks on a machine that ticks; leaves it unchanged on others.
    pub(super) fn round_up(self, length: SimDuration) -> SimDuration {
        match self {
            Self::Slack(_) | Self::Coalesced { .. } => length,
            Self::Tick(_) => self.hard_expiry(SimTime::ZERO + length, length).since(SimTime::ZERO),
        }
    }

    /// The latest time at which a timer fires that was set for `requested` and may fire from
    /// `soft_expiry` on.
    pub(super) fn hard_expiry(self, soft_expiry: SimTime, requested: SimDuration) -> SimTime {
        match self {
            Self::Slack(slack) => soft_expiry + slack,
            Self::Coalesced { long, slack, .. } if requested >= long => soft_expiry + slack,
            Self::Coalesced { short_slack, .. } => soft_expiry + short_slack,
            Self::Tick(tick) => SimTime::from_micros(soft_expiry.micros().div_ceil(tick.micros()) * tick.micros()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORE: Core = Core(0);

    fn us(micros: u64) -> SimTime {
        SimTime::from_micros(micros)
    }

    fn woken(timers: &mut Timers, at: u64) -> Vec<ThreadId> {
        let is_due = timers.is_due(CORE, us(at));
        std::iter::from_fn(|| timers.wake_next(CORE, us(at), is_due)).collect()
    }

    #[test]
    fn timers_within_one_slack_of_the_earliest_fire_together() {
        let mut timers = Timers::new(Timer::Slack(SimDuration::from_micros(50)), 1);
        for (worker, requested) in [(0, 1000), (1, 1040), (2, 1060)] {
            timers.sleep(ThreadId::worker(worker), CORE, us(0), SimDuration::from_micros(requested));
        }
        assert_eq!(woken(&mut timers, 1049), [], "no timer fires before the earliest hard expiry");
        assert_eq!(woken(&mut timers, 1050), [ThreadId::worker(0), ThreadId::worker(1)]);
        assert_eq!(timers.next_interrupt(CORE), Some(us(1110)));
    }

    #[test]
    fn coalesced_long_sleeps_of_all_cores_end_together_and_short_sleeps_end_on_time() {
        let millis = SimDuration::from_millis;
        let rule = Timer::Coalesced { long: millis(100), slack: millis(50), short_slack: SimDuration::from_micros(50) };
        let mut timers = Timers::new(rule, 2);
        timers.sleep(ThreadId::worker(0), Core(0), us(0), millis(100));
        timers.sleep(ThreadId::worker(1), Core(1), us(40_000), millis(100));
        assert_eq!(timers.next_interrupt(CORE), Some(us(150_000)));
        timers.sleep(ThreadId::worker(2), Core(1), us(60_000), millis(50));
        assert_eq!(timers.next_interrupt(CORE), Some(us(110_050)), "the short sleep has the earliest hard expiry");
        let expected = [ThreadId::worker(2), ThreadId::worker(0)];
        assert_eq!(woken(&mut timers, 110_050), expected, "the long sleep past its soft expiry ends too");
        assert_eq!(woken(&mut timers, 190_000), [ThreadId::worker(1)]);
    }

    #[test]
    fn a_ticking_clock_ends_every_sleep_on_a_tick() {
        let mut timers = Timers::new(Timer::Tick(SimDuration::from_micros(15_625)), 1);
        timers.sleep(ThreadId::worker(0), CORE, us(15_625), SimDuration::from_millis(100));
        assert_eq!(timers.next_interrupt(CORE), Some(us(8 * 15_625)), "seven ticks of sleep: 109.375 ms");
    }
}
