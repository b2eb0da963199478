//! Who gave up had waited for longer than the timeout says.

use super::words::Long;
use super::{Evidence, Finding, Rule, Show};
use crate::time::SimDuration;
use crate::trace::{EventKind, Statement};

/// See the module.
pub(super) struct WallTime;

impl Rule for WallTime {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let error = run.index.outcome.first_error?;
        let timeout = run.trace.scenario.timeout;
        let wait = run.index.waits.of(error.task).iter().rfind(|wait| wait.from <= error.at)?;
        let (from, end) = (wait.from, wait.to?);
        let attempts = run.index.events.of(error.task).iter().filter_map(|place| run.trace.events.get(*place as usize));
        let in_wait = attempts.filter(|event| (from..=end).contains(&event.at));
        let asked = in_wait.filter(|event| is_attempt(event.kind, wait.statement)).count();
        let lasted = end.since(from);
        // A refusal at once did not use its timeout at all; a fiftieth more is what any clock shows.
        if lasted.micros() * 50 <= timeout.micros() * 51 || timeout.is_zero() {
            return None;
        }
        Some(Finding {
            name: "wall-time",
            headline: format!("A timeout of {} lasted {} for task {}", Long(timeout), Long(lasted), error.task),
            text: format!(
                "It asked {asked} times and gave up. Only the sleeps that were asked for are counted; that each ended a little late, \
                 and the waiting for a processor, are not."
            ),
            fact: "3.5",
            show: Show::around(end, Some(error.task), SimDuration::from_millis(500)),
        })
    }
}

fn is_attempt(kind: EventKind, of: Statement) -> bool {
    matches!(kind, EventKind::Attempt { statement, .. } if statement == of)
}
