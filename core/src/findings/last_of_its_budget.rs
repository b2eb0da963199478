//! A task got in with hardly anything left of its timeout.

use super::words::Long;
use super::{Evidence, Finding, Rule, Show};
use crate::time::SimDuration;
use crate::trace::{Event, EventKind, TaskId};

/// See the module.
pub(super) struct LastOfItsBudget;

impl Rule for LastOfItsBudget {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let stop = run.trace.stopped_at();
        let before = run.index.holds.iter().filter(|hold| hold.from <= stop);
        let (hold, slept, asked) = before
            .filter_map(|hold| {
                let (slept, asked) = budget_used(run, hold.task, hold.from)?;
                Some((hold, slept, asked))
            })
            .max_by_key(|(_, slept, _)| *slept)?;
        let timeout = run.trace.scenario.timeout;
        // Nine tenths, and a timeout long enough to speak of.
        if timeout.millis() < 300 || slept.micros() * 10 < timeout.micros() * 9 {
            return None;
        }
        Some(Finding {
            name: "last-of-its-budget",
            headline: format!("Task {} got in with {} of its {} left", hold.task, Long(timeout - slept), Long(timeout)),
            text: format!(
                "It had asked {asked} times, and the lock was taken each time but the last. Whether a task starves is a matter of \
                 when it happens to ask, not of how long it has waited."
            ),
            fact: "3.4",
            show: Show::around(hold.from, Some(hold.task), SimDuration::from_millis(300)),
        })
    }
}

/// What the busy handler had counted before the INSERT was granted at `granted`, and the attempts.
fn budget_used(run: Evidence, task: TaskId, granted: crate::time::SimTime) -> Option<(SimDuration, u32)> {
    let events = run.index.events.of(task).iter().filter_map(|place| run.trace.events.get(*place as usize));
    let (mut asked_ms, mut attempts) = (0, 0);
    for event in events.take_while(|event| event.at <= granted) {
        match *event {
            Event { kind: EventKind::Attempt { statement, granted }, .. } if statement.writes() => {
                attempts += 1;
                if granted {
                    return Some((SimDuration::from_millis(asked_ms), attempts));
                }
            }
            Event { kind: EventKind::Backoff { asked_ms: asked, .. }, .. } if attempts > 0 => asked_ms += u64::from(asked),
            // A new try begins with a new budget.
            Event { kind: EventKind::Retry, .. } => (asked_ms, attempts) = (0, 0),
            _ => {}
        }
    }
    None
}
