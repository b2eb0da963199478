//! A task got the lock with at most a tenth of its timeout left.

use super::human_duration::HumanDuration;
use super::{Evidence, Finding, Highlight, Rule};
use crate::time::SimDuration;
use crate::trace::{Event, EventKind, TaskId};

/// See the module documentation.
pub(super) struct LastOfItsBudget;

impl Rule for LastOfItsBudget {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let stop = run.trace.stopped_at();
        let holds = run.index.holds.iter().filter(|hold| hold.from <= stop);
        let (hold, slept, asked) = holds
            .filter_map(|hold| {
                let (slept, asked) = budget_used(run, hold.task, hold.from)?;
                Some((hold, slept, asked))
            })
            .max_by_key(|(_, slept, _)| *slept)?;
        let timeout = run.trace.scenario.timeout;
        // At least nine tenths of the timeout are used, and the timeout is not trivially short.
        if timeout.millis() < 300 || slept.micros() * 10 < timeout.micros() * 9 {
            return None;
        }
        Some(Finding {
            name: "last-of-its-budget",
            headline: format!(
                "Task {} got the lock with {} of its timeout of {} left",
                hold.task,
                HumanDuration(timeout - slept),
                HumanDuration(timeout)
            ),
            text: format!(
                "It asked {asked} times, and the lock was free only the last time. Whether a task \
                 starves depends on when it happens to ask, not on how long it has waited."
            ),
            fact: "3.4",
            highlight: Highlight::around(hold.from, Some(hold.task), SimDuration::from_millis(300)),
        })
    }
}

/// The sleep time that the busy handler had counted when the INSERT got the lock at `granted`, and
/// the number of attempts.
fn budget_used(run: Evidence, task: TaskId, granted: crate::time::SimTime) -> Option<(SimDuration, u32)> {
    let events = run.index.events.of(task).iter().filter_map(|index| run.trace.events.get(*index as usize));
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
            // A retry starts with the full timeout again.
            Event { kind: EventKind::Retry, .. } => (asked_ms, attempts) = (0, 0),
            _ => {}
        }
    }
    None
}
