//! When a sleeping thread really wakes: the kernel's timers, core by core.
//!
//! Linux gives every timer some slack and fires together all whose time has come when the earliest *latest* moment arrives (fact
//! 13.6, kernel/time/hrtimer.c). Windows looks at its timers once a tick (fact 13.11). A laptop that saves its battery may
//! give long sleeps much slack and serve all cores together (hypothesis, fact 13.12).

use super::cores::Core;
use super::machine::Timer;
use super::thread::ThreadId;
use crate::time::{SimDuration, SimTime};
use std::collections::VecDeque;

/// Every sleeping thread, on the core where it went to sleep; or all in one place, where the rule looks at all cores together.
#[derive(Debug)]
pub(super) struct Timers {
    rule: Timer,
    sleepers: Vec<Sleepers>,
    added: u64,
}

/// The sleepers of one place, a queue for each length of sleep: of two sleeps of one length the one that began first also ends
/// first. The busy handler knows ten lengths, so that this is faster than a heap of thousands of sleepers.
#[derive(Debug, Default)]
struct Sleepers {
    queues: Vec<(SimDuration, VecDeque<Sleeper>)>,
    /// Who is to be served first, and in which queue.
    first: Option<(Sleeper, usize)>,
}

/// A thread that sleeps. Whose `latest` and `order` are least is served first.
#[derive(Clone, Copy, Debug)]
struct Sleeper {
    /// When it must wake at the latest.
    latest: SimTime,
    /// Its place among all who ever slept.
    order: u64,
    /// When it may wake.
    may_wake: SimTime,
    thread: ThreadId,
}

impl Sleepers {
    fn add(&mut self, asked: SimDuration, sleeper: Sleeper) {
        let place = self.queues.iter().position(|(length, _)| *length == asked).unwrap_or_else(|| {
            self.queues.push((asked, VecDeque::new()));
            self.queues.len() - 1
        });
        self.queues[place].1.push_back(sleeper);
        if self.first.is_none_or(|(first, _)| sleeper.key() < first.key()) {
            self.first = Some((sleeper, place));
        }
    }

    /// Takes who is to be served first, if it may wake by `now`.
    fn take(&mut self, now: SimTime) -> Option<ThreadId> {
        let (first, place) = self.first.filter(|(first, _)| first.may_wake <= now)?;
        self.queues[place].1.pop_front();
        let firsts = self.queues.iter().zip(0..).filter_map(|((_, queue), place)| Some((*queue.front()?, place)));
        self.first = firsts.min_by_key(|(sleeper, _)| sleeper.key());
        Some(first.thread)
    }
}

impl Sleeper {
    const fn key(&self) -> (SimTime, u64) {
        (self.latest, self.order)
    }
}

impl Timers {
    pub(super) fn new(rule: Timer, cores: u32) -> Self {
        let places = if matches!(rule, Timer::Coalesced { .. }) { 1 } else { cores };
        Self { rule, sleepers: (0..places).map(|_| Sleepers::default()).collect(), added: 0 }
    }

    fn place(&self, core: Core) -> usize {
        (core.0 as usize).min(self.sleepers.len() - 1)
    }

    /// `thread` sleeps on `core` for `asked`. When the core's interrupt is to be set, if it has to be set anew.
    pub(super) fn sleep(&mut self, thread: ThreadId, core: Core, now: SimTime, asked: SimDuration) -> Option<SimTime> {
        let before = self.interrupt_at(core);
        self.added += 1;
        let (place, may_wake) = (self.place(core), now + asked);
        let latest = self.rule.latest(may_wake, asked);
        self.sleepers[place].add(asked, Sleeper { latest, order: self.added, may_wake, thread });
        let after = self.interrupt_at(core);
        if after == before { None } else { after }
    }

    /// The next thread that the interrupt of `core` at `now` wakes; none if it is not the core's time, or nobody is left.
    pub(super) fn wake_next(&mut self, core: Core, now: SimTime, is_due: bool) -> Option<ThreadId> {
        let place = self.place(core);
        if is_due { self.sleepers[place].take(now) } else { None }
    }

    /// Whether the core's interrupt is really due at `now`: an earlier one may have served its sleepers.
    pub(super) fn is_due(&self, core: Core, now: SimTime) -> bool {
        self.interrupt_at(core).is_some_and(|at| at <= now)
    }

    /// When the core's interrupt comes: as late as the earliest of its sleepers allows.
    pub(super) fn interrupt_at(&self, core: Core) -> Option<SimTime> {
        self.sleepers[self.place(core)].first.map(|(first, _)| first.latest)
    }
}

impl Timer {
    /// A length of time as the machine's own sleeps have it: in whole ticks, where it ticks.
    pub(super) fn whole(self, length: SimDuration) -> SimDuration {
        match self {
            Self::Slack(_) | Self::Coalesced { .. } => length,
            Self::Tick(_) => self.latest(SimTime::ZERO + length, length).since(SimTime::ZERO),
        }
    }

    /// The latest moment at which a timer that was set for `asked` and may fire from `may_wake` on does fire.
    pub(super) fn latest(self, may_wake: SimTime, asked: SimDuration) -> SimTime {
        match self {
            Self::Slack(slack) => may_wake + slack,
            Self::Coalesced { long, slack, .. } if asked >= long => may_wake + slack,
            Self::Coalesced { short_slack, .. } => may_wake + short_slack,
            Self::Tick(tick) => SimTime::from_micros(may_wake.micros().div_ceil(tick.micros()) * tick.micros()),
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
        for (worker, asked) in [(0, 1000), (1, 1040), (2, 1060)] {
            timers.sleep(ThreadId::worker(worker), CORE, us(0), SimDuration::from_micros(asked));
        }
        assert_eq!(woken(&mut timers, 1049), [], "not before the earliest must");
        assert_eq!(woken(&mut timers, 1050), [ThreadId::worker(0), ThreadId::worker(1)]);
        assert_eq!(timers.interrupt_at(CORE), Some(us(1110)));
    }

    #[test]
    fn coalesced_long_sleeps_of_all_cores_end_together_and_short_ones_when_they_should() {
        let millis = SimDuration::from_millis;
        let rule = Timer::Coalesced { long: millis(100), slack: millis(50), short_slack: SimDuration::from_micros(50) };
        let mut timers = Timers::new(rule, 2);
        timers.sleep(ThreadId::worker(0), Core(0), us(0), millis(100));
        timers.sleep(ThreadId::worker(1), Core(1), us(40_000), millis(100));
        assert_eq!(timers.interrupt_at(CORE), Some(us(150_000)));
        timers.sleep(ThreadId::worker(2), Core(1), us(60_000), millis(50));
        assert_eq!(timers.interrupt_at(CORE), Some(us(110_050)), "who sleeps shorter is served first");
        assert_eq!(woken(&mut timers, 110_050), [ThreadId::worker(2), ThreadId::worker(0)], "and takes along who may wake");
        assert_eq!(woken(&mut timers, 190_000), [ThreadId::worker(1)]);
    }

    #[test]
    fn a_ticking_clock_ends_every_sleep_on_a_tick() {
        let mut timers = Timers::new(Timer::Tick(SimDuration::from_micros(15_625)), 1);
        timers.sleep(ThreadId::worker(0), CORE, us(15_625), SimDuration::from_millis(100));
        assert_eq!(timers.interrupt_at(CORE), Some(us(8 * 15_625)), "seven ticks of sleep: 109.375 ms");
    }
}
