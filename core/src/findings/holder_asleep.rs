//! A task sleeps while it holds the lock.

use super::human_duration::HumanDuration;
use super::{Evidence, Finding, Highlight, Rule};
use crate::time::SimDuration;
use crate::trace::EventKind;

/// See the module documentation.
pub(super) struct HolderAsleep;

impl Rule for HolderAsleep {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let asleep = |kind: EventKind| matches!(kind, EventKind::Sleep { .. });
        let slept = run.trace.events.iter().filter(|event| asleep(event.kind));
        // The first sleep during which other tasks waited for the lock.
        let (event, waiting) = slept
            .filter(|event| run.index.hold_at(event.at).is_some_and(|hold| hold.task == event.task))
            .map(|event| (event, waiting_during(run, event.at, run.trace.scenario.sleep)))
            .find(|(_, waiting)| *waiting > 0)?;
        let sleep = run.trace.scenario.sleep;
        let middle = event.at + SimDuration::from_micros(sleep.micros() / 2);
        Some(Finding {
            name: "holder-asleep",
            headline: format!("Task {} slept for {} while it held the lock", event.task, HumanDuration(sleep)),
            text: format!(
                "Its INSERT took the lock. Its COMMIT, which releases the lock, came only after \
                 asyncio.sleep. Meanwhile its worker thread had nothing to do, and up to {waiting} \
                 other tasks waited for the lock."
            ),
            fact: "9.5",
            highlight: Highlight::around(middle, Some(event.task), sleep),
        })
    }
}

/// The maximum number of simultaneous waiters during a sleep.
fn waiting_during(run: Evidence, from: crate::time::SimTime, length: SimDuration) -> u32 {
    let curve = &run.index.waiting;
    let start = curve.partition_point(|(at, _)| *at <= from).saturating_sub(1);
    curve[start..].iter().take_while(|(at, _)| *at <= from + length).map(|(_, waiting)| *waiting).max().unwrap_or(0)
}
