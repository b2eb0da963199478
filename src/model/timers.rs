//! When a sleeping thread really wakes: the kernel's timers, core by core.
//!
//! Linux gives every timer some slack and fires together all whose time has come when the earliest *latest* moment arrives (fact
//! 13.6, kernel/time/hrtimer.c). Windows looks at its timers once a tick (fact 13.11).

use super::cores::Core;
use super::machine::Timer;
use super::thread::ThreadId;
use crate::time::{SimDuration, SimTime};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Every sleeping thread, on the core where it went to sleep.
#[derive(Debug)]
pub(super) struct Timers {
    rule: Timer,
    sleepers: Vec<BinaryHeap<Reverse<Sleeper>>>,
    added: u64,
}

/// When the thread may wake, its place among all sleepers, and who it is.
type Sleeper = (SimTime, u64, ThreadId);

impl Timers {
    pub(super) fn new(rule: Timer, cores: u32) -> Self {
        Self { rule, sleepers: (0..cores).map(|_| BinaryHeap::new()).collect(), added: 0 }
    }

    /// `thread` sleeps on `core` for `asked`. When the core's interrupt is to be set, if it has to be set anew.
    pub(super) fn sleep(&mut self, thread: ThreadId, core: Core, now: SimTime, asked: SimDuration) -> Option<SimTime> {
        let before = self.interrupt_at(core);
        self.added += 1;
        self.sleepers[core.0 as usize].push(Reverse((now + asked, self.added, thread)));
        let after = self.interrupt_at(core);
        if after == before { None } else { after }
    }

    /// The next thread that the interrupt of `core` at `now` wakes; none if it is not the core's time, or nobody is left.
    pub(super) fn wake_next(&mut self, core: Core, now: SimTime, is_due: bool) -> Option<ThreadId> {
        let sleepers = &mut self.sleepers[core.0 as usize];
        let Reverse((may_wake, _, thread)) = *sleepers.peek()?;
        if !is_due || may_wake > now {
            return None;
        }
        sleepers.pop();
        Some(thread)
    }

    /// Whether the core's interrupt is really due at `now`: an earlier one may have served its sleepers.
    pub(super) fn is_due(&self, core: Core, now: SimTime) -> bool {
        self.interrupt_at(core).is_some_and(|at| at <= now)
    }

    /// When the core's interrupt comes: as late as the earliest of its sleepers allows.
    pub(super) fn interrupt_at(&self, core: Core) -> Option<SimTime> {
        let Reverse((may_wake, _, _)) = self.sleepers[core.0 as usize].peek()?;
        Some(self.rule.latest(*may_wake))
    }
}

impl Timer {
    /// A length of time as the machine's own sleeps have it: in whole ticks, where it ticks.
    pub(super) fn whole(self, length: SimDuration) -> SimDuration {
        match self {
            Self::Slack(_) => length,
            Self::Tick(_) => self.latest(SimTime::ZERO + length).since(SimTime::ZERO),
        }
    }

    /// The latest moment at which a timer that may fire from `may_wake` on does fire.
    pub(super) fn latest(self, may_wake: SimTime) -> SimTime {
        match self {
            Self::Slack(slack) => may_wake + slack,
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
    fn a_ticking_clock_ends_every_sleep_on_a_tick() {
        let mut timers = Timers::new(Timer::Tick(SimDuration::from_micros(15_625)), 1);
        timers.sleep(ThreadId::worker(0), CORE, us(15_625), SimDuration::from_millis(100));
        assert_eq!(timers.interrupt_at(CORE), Some(us(8 * 15_625)), "seven ticks of sleep: 109.375 ms");
    }
}
