//! The lock lay free while others slept: half of the price of a row is the gap until somebody asks.

use super::words::Long;
use super::{Evidence, Finding, Rule, Show};
use crate::time::{SimDuration, SimTime};
use crate::trace::TaskId;

/// Fewer rows make no rate.
const FEWEST_HOLDS: usize = 10;

/// See the module.
pub(super) struct LockLayFree;

/// From a release to the next grant.
#[derive(Clone, Copy)]
struct Gap {
    from: SimTime,
    length: SimDuration,
    next: TaskId,
}

impl Gap {
    fn middle(&self) -> SimTime {
        self.from + SimDuration::from_micros(self.length.micros() / 2)
    }
}

impl Rule for LockLayFree {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let stop = run.trace.stopped_at();
        let holds: Vec<_> = run.index.holds.iter().filter(|hold| hold.to.is_some_and(|end| end <= stop)).collect();
        if holds.len() < FEWEST_HOLDS {
            return None;
        }
        let gaps = holds.windows(2).filter_map(|pair| {
            let from = pair[0].to?;
            let gap = Gap { from, length: pair[1].from.since(from), next: pair[1].task };
            (waiting(run, gap.middle()) > 0).then_some(gap)
        });
        let gaps: Vec<Gap> = gaps.collect();
        let longest = *gaps.iter().max_by_key(|gap| gap.length)?;
        let free = sum(gaps.iter().map(|gap| gap.length));
        let held = sum(holds.iter().filter_map(|hold| hold.to.map(|end| end.since(hold.from))));
        if free.micros() * 10 < held.micros() {
            return None;
        }
        let count = holds.len() as u64;
        Some(Finding {
            name: "lock-lay-free",
            headline: format!("The lock lay free for {} while others waited for it", Long(free)),
            text: format!(
                "A row cost {} of holding the lock and {} until somebody asked again: a release wakes nobody. The longest gap, {}, \
                 ended when task {} happened to ask.",
                Long(SimDuration::from_micros(held.micros() / count)),
                Long(SimDuration::from_micros(free.micros() / count)),
                Long(longest.length),
                longest.next
            ),
            fact: "3.10",
            show: Show::around(longest.middle(), Some(longest.next), longest.length + SimDuration::from_millis(50)),
        })
    }
}

fn sum(lengths: impl Iterator<Item = SimDuration>) -> SimDuration {
    lengths.fold(SimDuration::ZERO, |sum, length| sum + length)
}

/// How many waited at a moment.
fn waiting(run: Evidence, at: SimTime) -> u32 {
    let past = run.index.waiting.partition_point(|(since, _)| *since <= at);
    run.index.waiting[..past].last().map_or(0, |(_, waiting)| *waiting)
}
