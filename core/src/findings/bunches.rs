//! Waiters that ask for the lock in bunches.

use super::human_duration::HumanDuration;
use super::{Evidence, Finding, Highlight, Rule};
use crate::text::counted_in_words;
use crate::time::SimDuration;
use crate::time::SimTime;
use crate::trace::{Snapshot, bunches as find_bunches};

/// The minimum number of waiters in bunches for a finding.
const MIN_MEMBERS: usize = 12;

/// See the module documentation.
pub(super) struct Bunches;

impl Rule for Bunches {
    fn find(&self, run: Evidence) -> Option<Finding> {
        // If the holder sleeps for longer than a turn, the rate depends only on that sleep.
        if run.trace.scenario.sleep > run.trace.turn {
            return None;
        }
        let now = Snapshot::at(run.trace, run.index, halfway(run)?);
        let bunches = find_bunches(now.waiters.iter().map(|waiter| waiter.next_poll), run.trace.turn);
        let members: usize = bunches.iter().map(|bunch| bunch.members).sum();
        // A bunch that covers a quarter of the dial or more is just evenly spread waiters.
        let widest = bunches.iter().map(|bunch| bunch.extent.micros()).max()?;
        if members < MIN_MEMBERS || members * 5 < now.waiters.len() * 4 || widest * 4 > run.trace.turn.micros() {
            return None;
        }
        let count = bunches.len();
        let moments = counted_in_words(count, "moment");
        Some(Finding {
            name: "bunches",
            headline: format!(
                "{members} of {} waiters asked for the lock together, at {moments} of each turn",
                now.waiters.len()
            ),
            text: format!(
                "All tasks use the same table of sleeps, so those that once asked together come \
                 back together, {} later. One of them gets the lock, and the others find it taken. \
                 The rate at this time is {} rows per second.",
                HumanDuration(run.trace.turn),
                now.rate
            ),
            fact: "13.1",
            highlight: Highlight::around(now.at, None, SimDuration::from_millis(300)),
        })
    }
}

/// The time halfway between the first wait and the stop of the event loop.
fn halfway(run: Evidence) -> Option<SimTime> {
    let first = run.index.waiting.first()?.0;
    let length = run.trace.stopped_at().since(first);
    Some(first + SimDuration::from_micros(length.micros() / 2))
}
