//! The lock was free while the waiters slept. The gap until the next attempt is a large part of the
//! time per row.

use super::human_duration::HumanDuration;
use super::{Evidence, Finding, Highlight, Rule};
use crate::time::{SimDuration, SimTime};
use crate::trace::TaskId;

/// The minimum number of holds for a meaningful average.
const MIN_HOLDS: usize = 10;

/// See the module documentation.
pub(super) struct LockLayFree;

/// The time from a release of the lock to the next grant.
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
        if holds.len() < MIN_HOLDS {
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
            headline: format!("The lock was free for {} in all, while tasks waited for it", HumanDuration(free)),
            text: format!(
                "Each row needed the lock for {} on average. After that the lock was free for {}, \
                 because a release wakes no waiter. The longest gap, {}, ended when task {} \
                 happened to ask.",
                HumanDuration(SimDuration::from_micros(held.micros() / count)),
                HumanDuration(SimDuration::from_micros(free.micros() / count)),
                HumanDuration(longest.length),
                longest.next
            ),
            fact: "3.10",
            highlight: Highlight::around(longest.middle(), Some(longest.next), longest.length + SimDuration::from_millis(50)),
        })
    }
}

fn sum(lengths: impl Iterator<Item = SimDuration>) -> SimDuration {
    lengths.fold(SimDuration::ZERO, |sum, length| sum + length)
}

/// The number of waiters at a time.
fn waiting(run: Evidence, at: SimTime) -> u32 {
    let past = run.index.waiting.partition_point(|(since, _)| *since <= at);
    run.index.waiting[..past].last().map_or(0, |(_, waiting)| *waiting)
}
