//! The waiters have come to ask together.

use super::words::Long;
use super::{Evidence, Finding, Rule, Show};
use crate::text::counted_in_words;
use crate::time::SimDuration;
use crate::time::SimTime;
use crate::trace::{Snapshot, bunches as in_bunches};

/// Fewer waiters are no crowd.
const FEWEST: usize = 12;

/// See the module.
pub(super) struct Bunches;

impl Rule for Bunches {
    fn find(&self, run: Evidence) -> Option<Finding> {
        // Where the holder sleeps for longer than a turn, that alone sets the rate.
        if run.trace.scenario.sleep > run.trace.turn {
            return None;
        }
        let now = Snapshot::at(run.trace, run.index, half_way(run)?);
        let found = in_bunches(now.waiters.iter().map(|waiter| waiter.next_poll), run.trace.turn);
        let members: usize = found.iter().map(|bunch| bunch.members).sum();
        // One bunch all around the dial is no bunch.
        let widest = found.iter().map(|bunch| bunch.extent.micros()).max()?;
        if members < FEWEST || members * 5 < now.waiters.len() * 4 || widest * 4 > run.trace.turn.micros() {
            return None;
        }
        let count = found.len();
        let places = counted_in_words(count, "moment");
        Some(Finding {
            name: "bunches",
            headline: format!("{members} of {} waiters asked together, at {places} of each turn", now.waiters.len()),
            text: format!(
                "All use the same table of sleeps, so those who once asked together come back together, {} later. One of \
                 them gets the lock and the others find it taken: {} rows a second by then.",
                Long(run.trace.turn),
                now.rate
            ),
            fact: "13.1",
            show: Show::around(now.at, None, SimDuration::from_millis(300)),
        })
    }
}

/// Between the first wait and the stop, where the start is over and the end not yet begun.
fn half_way(run: Evidence) -> Option<SimTime> {
    let first = run.index.waiting.first()?.0;
    let length = run.trace.stopped_at().since(first);
    Some(first + SimDuration::from_micros(length.micros() / 2))
}
