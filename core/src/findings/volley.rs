//! Many give up together, because they began together.

use super::words::Long;
use super::{Evidence, Finding, Rule, Show};
use crate::time::SimDuration;
use crate::trace::{Event, EventKind};

/// How long a volley lasts.
const TOGETHER: SimDuration = SimDuration::from_millis(500);
/// Fewer are no volley.
const FEWEST: usize = 3;

/// See the module.
pub(super) struct Volley;

impl Rule for Volley {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let mut times = run.trace.events.iter().filter(|event| gave_up(run, event)).map(|event| event.at);
        let first = times.next()?;
        let together = 1 + times.take_while(|at| *at <= first + TOGETHER).count();
        // Without a timeout everybody gives up at once.
        if together < FEWEST || run.trace.scenario.timeout.is_zero() {
            return None;
        }
        let raised = run.index.errors.iter().filter(|(at, _)| *at <= first + TOGETHER).count();
        Some(Finding {
            name: "volley",
            headline: format!("{together} connections gave up within {} of each other", Long(TOGETHER)),
            text: format!(
                "They had begun to wait together, and had the same time to spend. The program heard of {raised} of these errors \
                 before its loop stopped."
            ),
            fact: "9.7",
            show: Show::around(first, run.index.outcome.first_error.map(|error| error.task), TOGETHER),
        })
    }
}

/// A call came back refused after its whole timeout; a refusal at once is another story.
fn gave_up(run: Evidence, event: &Event) -> bool {
    let timeout = run.trace.scenario.timeout;
    let ended = run.index.waits.of(event.task).iter().find(|wait| wait.to == Some(event.at));
    matches!(event.kind, EventKind::CallReturned { ok: false, .. })
        && ended.is_some_and(|wait| event.at.since(wait.from) >= timeout)
}
