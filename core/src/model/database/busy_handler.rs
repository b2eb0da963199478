//! SQLite's default busy handler: how long a connection sleeps before it retries, and when it gives
//! up.
//!
//! Source: `sqliteDefaultBusyCallback` in main.c (facts 3.2-3.6). It counts the requested time, not
//! the actual time.

use crate::time::SimDuration;
use crate::trace::backoff::DELAYS_MS;

/// The sleeps of one connection within one call to SQLite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BusyHandler {
    timeout_ms: u64,
    sleeps: usize,
    requested_ms: u64,
}

impl BusyHandler {
    /// The handler that `sqlite3_busy_timeout` installs. With a timeout of zero there is no handler
    /// (fact 3.1).
    #[must_use]
    pub const fn new(timeout: SimDuration) -> Self {
        Self { timeout_ms: timeout.millis(), sleeps: 0, requested_ms: 0 }
    }

    /// The next sleep; `None` when the handler gives up.
    pub fn next_sleep(&mut self) -> Option<SimDuration> {
        let delay = u64::from(DELAYS_MS[self.sleeps.min(DELAYS_MS.len() - 1)]);
        let delay = delay.min(self.timeout_ms - self.requested_ms);
        if delay == 0 {
            return None;
        }
        self.sleeps += 1;
        self.requested_ms += delay;
        Some(SimDuration::from_millis(delay))
    }

    /// Resets the counters, as each `sqlite3_step` and the end of each prepare do (fact 3.6).
    pub const fn reset(&mut self) {
        self.sleeps = 0;
        self.requested_ms = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sleeps(timeout_ms: u64) -> Vec<u64> {
        let mut handler = BusyHandler::new(SimDuration::from_millis(timeout_ms));
        std::iter::from_fn(|| handler.next_sleep()).map(SimDuration::millis).collect()
    }

    #[test]
    fn five_seconds_are_59_sleeps_the_last_of_72_ms() {
        let sleeps = sleeps(5000);
        assert_eq!((sleeps.len(), sleeps.last(), sleeps.iter().sum()), (59, Some(&72), 5000));
    }

    #[test]
    fn the_counts_of_fact_3_4_hold_and_the_whole_timeout_is_always_used() {
        for (timeout, count) in [(300, 12), (1000, 19), (10_000, 109), (30_000, 309), (60_000, 609)] {
            assert_eq!(sleeps(timeout).len(), count, "timeout {timeout} ms");
            assert_eq!(sleeps(timeout).iter().sum::<u64>(), timeout);
        }
        assert!(sleeps(0).is_empty(), "no timeout, no sleep");
    }
}
