//! A task gave up after waiting for longer than its timeout.

use super::human_duration::HumanDuration;
use super::{Evidence, Finding, Highlight, Rule};
use crate::time::SimDuration;
use crate::trace::{EventKind, Statement};

/// See the module documentation.
pub(super) struct WallTime;

impl Rule for WallTime {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let error = run.index.outcome.first_error?;
        let timeout = run.trace.scenario.timeout;
        let wait = run.index.waits.of(error.task).iter().rfind(|wait| wait.from <= error.at)?;
        let (from, end) = (wait.from, wait.to?);
        let attempts = run.index.events.of(error.task).iter().filter_map(|index| run.trace.events.get(*index as usize));
        let in_wait = attempts.filter(|event| (from..=end).contains(&event.at));
        let asked = in_wait.filter(|event| is_attempt(event.kind, wait.statement)).count();
        let lasted = end.since(from);
        // A refusal at once did not use its timeout, and 2 % more than the timeout is nothing
        // special.
        if lasted.micros() * 50 <= timeout.micros() * 51 || timeout.is_zero() {
            return None;
        }
        Some(Finding {
            name: "wall-time",
            headline: format!("A timeout of {} lasted {} for task {}", HumanDuration(timeout), HumanDuration(lasted), error.task),
            text: format!(
                "It asked {asked} times and then gave up. SQLite counts only the sleep times that \
                 it requests. It does not count how late each sleep ends, or the waiting for a \
                 processor."
            ),
            fact: "3.5",
            highlight: Highlight::around(end, Some(error.task), SimDuration::from_millis(500)),
        })
    }
}

fn is_attempt(kind: EventKind, of: Statement) -> bool {
    matches!(kind, EventKind::Attempt { statement, .. } if statement == of)
}
