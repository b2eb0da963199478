//! Cold caches: the first poll, INSERT or sync after a pause is slower, because the caches of
//! cores, kernel and disk have lost their entries.
//!
//! Late in a run nothing happens for most of a turn. The first poll, INSERT and sync after such a
//! pause take several times as long as when they follow each other without one. All numbers here
//! were read from the log of every poll: how long a failed poll takes, and how much time passes
//! from the granted poll to the return of INSERT and of COMMIT, by the time since the last
//! operation of the same kind. The numbers are the same on a disk and on a RAM disk, and with two
//! cores and with one.

use crate::time::{SimDuration, SimTime};

/// Share of the extra cost with fully cold caches that an operation pays, in ten-thousandths: 0 to
/// 10 000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Coldness(u32);

/// The caches hold nothing.
const FULLY_COLD: u32 = 10_000;
/// Coldness of the second poll after a pause, in percent of the first one's.
const AFTER_ONE_POLL_PERCENT: u32 = 35;
/// Coldness of a poll by the length of the pause before it: microseconds, percent of fully cold.
/// Values between are interpolated linearly. The table is 1 - e^(-pause / 14 ms).
const POLL_TABLE: [(u64, u32); 7] = [(0, 0), (1_000, 7), (3_000, 19), (7_000, 39), (14_000, 63), (28_000, 86), (70_000, 100)];

/// When each kind of operation was last done.
#[derive(Debug, Default)]
pub(super) struct Caches {
    last_poll: SimTime,
    /// Minimum coldness of the next poll: one poll does not warm the caches completely.
    remaining: Coldness,
    last_insert: SimTime,
    last_sync: SimTime,
}

impl Coldness {
    /// This share of `full`, the extra cost with fully cold caches.
    pub(super) const fn of(self, full: SimDuration) -> SimDuration {
        SimDuration::from_micros(full.micros() * self.0 as u64 / FULLY_COLD as u64)
    }

    /// Grows with the square root of `pause`; fully cold from 100 ms on.
    fn after(pause: SimDuration) -> Self {
        const FULLY_COLD_US: u64 = 100_000;
        let squared = pause.micros().min(FULLY_COLD_US) * u64::from(FULLY_COLD) * u64::from(FULLY_COLD) / FULLY_COLD_US;
        Self(u32::try_from(squared.isqrt()).unwrap_or(FULLY_COLD))
    }
}

impl Caches {
    /// Records a poll at `now`, which warms the caches for the next one. Returns the coldness of
    /// this poll.
    pub(super) fn record_poll(&mut self, now: SimTime) -> Coldness {
        let coldness = poll_coldness(now.since(self.last_poll)).max(self.remaining);
        (self.last_poll, self.remaining) = (now, Coldness(coldness.0 * AFTER_ONE_POLL_PERCENT / 100));
        coldness
    }

    /// Coldness of an INSERT at `now`.
    pub(super) fn insert_coldness(&self, now: SimTime) -> Coldness {
        Coldness::after(now.since(self.last_insert))
    }

    /// Records that an INSERT ended at `now`.
    pub(super) fn record_insert(&mut self, now: SimTime) {
        self.last_insert = now;
    }

    /// Coldness of a sync at `now`.
    pub(super) fn sync_coldness(&self, now: SimTime) -> Coldness {
        Coldness::after(now.since(self.last_sync))
    }

    /// Records that a sync ends at `at`.
    pub(super) fn record_sync(&mut self, at: SimTime) {
        self.last_sync = self.last_sync.max(at);
    }
}

/// Coldness of a poll after `pause`.
fn poll_coldness(pause: SimDuration) -> Coldness {
    let pause = pause.micros();
    let percent = POLL_TABLE.windows(2).find(|pair| pause < pair[1].0).map_or(100, |pair| {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        u64::from(low) + u64::from(high - low) * (pause - from) / (to - from)
    });
    Coldness(u32::try_from(percent).unwrap_or(100) * (FULLY_COLD / 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL_COST: SimDuration = SimDuration::from_micros(400);

    fn ms(millis: u64) -> SimTime {
        SimTime::from_micros(millis * 1000)
    }

    #[test]
    fn the_first_poll_after_a_pause_costs_most_and_each_further_poll_about_a_third_of_the_one_before() {
        let mut caches = Caches::default();
        let costs = [100, 100, 100, 100].map(|at| caches.record_poll(ms(at)).of(FULL_COST).micros());
        assert_eq!(costs, [400, 140, 49, 17]);
        assert_eq!(caches.record_poll(ms(101)).of(FULL_COST).micros(), 28, "a poll one millisecond later is cheap too");
    }

    #[test]
    fn an_insert_is_fully_cold_after_100_ms_and_costs_half_the_extra_time_after_25_ms() {
        let mut caches = Caches::default();
        caches.record_insert(ms(100));
        let costs = [100, 101, 125, 200, 2000].map(|at| caches.insert_coldness(ms(at)).of(FULL_COST).micros());
        assert_eq!(costs, [0, 40, 200, 400, 400]);
    }

    #[test]
    fn the_coldness_of_a_sync_depends_on_the_last_sync_only() {
        let mut caches = Caches::default();
        caches.record_sync(ms(200));
        caches.record_insert(ms(210));
        assert_eq!(caches.sync_coldness(ms(225)).of(FULL_COST).micros(), 200);
    }
}
