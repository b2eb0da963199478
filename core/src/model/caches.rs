//! What has gone cold: the caches of cores, kernel and disk, which forget what nobody has used for a while.
//!
//! Late in a run nothing happens for most of a turn, and then the first poll, INSERT and sync take several times as long as where one follows
//! the other. All numbers here are read off the log of every poll: how long a failed poll takes, and how long from the granted poll
//! to the return of INSERT and COMMIT, by how long nobody had done the same. They are the same on a disk and on a RAM disk, with two
//! cores and with one.

use crate::time::{SimDuration, SimTime};

/// How much of the coldest: in ten thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Coldness(u32);

/// All of it.
const COLDEST: u32 = 10_000;
/// What the second poll after a rest finds, in percent of what the first did.
const AFTER_ONE_POLL_PERCENT: u32 = 35;
/// How cold a poll's way is after a rest: microseconds, and percent of the coldest, with straight lines between. It is
/// 1 - e^(-rest / 14 ms).
const POLL_TABLE: [(u64, u32); 7] = [(0, 0), (1_000, 7), (3_000, 19), (7_000, 39), (14_000, 63), (28_000, 86), (70_000, 100)];

/// When each was last used.
#[derive(Debug, Default)]
pub(super) struct Caches {
    polled: SimTime,
    /// How cold the last poll left its way.
    left: Coldness,
    inserted: SimTime,
    synced: SimTime,
}

impl Coldness {
    /// This much of what the coldest costs.
    pub(super) const fn of(self, coldest: SimDuration) -> SimDuration {
        SimDuration::from_micros(coldest.micros() * self.0 as u64 / COLDEST as u64)
    }

    /// As the square root of a rest, all of it from 100 ms on.
    fn after(rest: SimDuration) -> Self {
        const LONG_US: u64 = 100_000;
        let squared = rest.micros().min(LONG_US) * u64::from(COLDEST) * u64::from(COLDEST) / LONG_US;
        Self(u32::try_from(squared.isqrt()).unwrap_or(COLDEST))
    }
}

impl Caches {
    /// Somebody polls: how cold the way is. The next one finds it warmer.
    pub(super) fn poll(&mut self, now: SimTime) -> Coldness {
        let cold = poll_after(now.since(self.polled)).max(self.left);
        (self.polled, self.left) = (now, Coldness(cold.0 * AFTER_ONE_POLL_PERCENT / 100));
        cold
    }

    /// How cold an INSERT finds them.
    pub(super) fn insert(&self, now: SimTime) -> Coldness {
        Coldness::after(now.since(self.inserted))
    }

    /// An INSERT ends.
    pub(super) fn has_inserted(&mut self, now: SimTime) {
        self.inserted = now;
    }

    /// How cold a wait for the disk finds it.
    pub(super) fn disk(&self, now: SimTime) -> Coldness {
        Coldness::after(now.since(self.synced))
    }

    /// The disk has nothing more to do from `at` on.
    pub(super) fn has_synced(&mut self, at: SimTime) {
        self.synced = self.synced.max(at);
    }
}

fn poll_after(rest: SimDuration) -> Coldness {
    let rest = rest.micros();
    let percent = POLL_TABLE.windows(2).find(|pair| rest < pair[1].0).map_or(100, |pair| {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        u64::from(low) + u64::from(high - low) * (rest - from) / (to - from)
    });
    Coldness(u32::try_from(percent).unwrap_or(100) * (COLDEST / 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COSTS: SimDuration = SimDuration::from_micros(400);

    fn ms(millis: u64) -> SimTime {
        SimTime::from_micros(millis * 1000)
    }

    #[test]
    fn the_first_poll_after_a_rest_pays_most_and_each_further_one_about_a_third_of_the_one_before() {
        let mut caches = Caches::default();
        let costs = [100, 100, 100, 100].map(|at| caches.poll(ms(at)).of(COSTS).micros());
        assert_eq!(costs, [400, 140, 49, 17]);
        assert_eq!(caches.poll(ms(101)).of(COSTS).micros(), 28, "and so does one a millisecond later");
    }

    #[test]
    fn a_rest_of_a_hundred_milliseconds_or_more_is_the_coldest_and_a_quarter_of_it_costs_half() {
        let mut caches = Caches::default();
        caches.has_inserted(ms(100));
        let costs = [100, 101, 125, 200, 2000].map(|at| caches.insert(ms(at)).of(COSTS).micros());
        assert_eq!(costs, [0, 40, 200, 400, 400]);
    }

    #[test]
    fn the_disk_is_cold_by_its_own_last_use() {
        let mut caches = Caches::default();
        caches.has_synced(ms(200));
        caches.has_inserted(ms(210));
        assert_eq!(caches.disk(ms(225)).of(COSTS).micros(), 200);
    }
}
