//! The delay table of SQLite's busy handler (facts 3.2, 3.3).

use crate::time::SimDuration;

/// Requested sleep before each retry, in milliseconds; the last entry repeats
/// (`sqliteDefaultBusyCallback` in main.c).
pub const DELAYS_MS: [u32; 12] = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100];

/// The requested sleeps of one wait until the timeout is used up, in milliseconds. The last one is
/// shortened to fit.
pub fn sleeps_ms(timeout: SimDuration) -> impl Iterator<Item = u32> {
    let mut left = u32::try_from(timeout.millis()).unwrap_or(u32::MAX);
    let longest = DELAYS_MS[DELAYS_MS.len() - 1];
    DELAYS_MS.into_iter().chain(std::iter::repeat(longest)).map_while(move |delay| {
        let asked = delay.min(left);
        left -= asked;
        (asked > 0).then_some(asked)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sleeps_add_up_to_the_timeout() {
        for timeout in [0, 1, 3, 327, 328, 329, 5_000, 60_000] {
            assert_eq!(sleeps_ms(SimDuration::from_millis(timeout)).map(u64::from).sum::<u64>(), timeout);
        }
    }
}
