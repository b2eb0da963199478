//! Many connections give up together, because they started to wait together.

use super::human_duration::HumanDuration;
use super::{Evidence, Finding, Highlight, Rule};
use crate::time::SimDuration;
use crate::trace::{Event, EventKind};

/// The maximum time from the first to the last of them.
const MAX_SPAN: SimDuration = SimDuration::from_millis(500);
/// The minimum number of connections for a finding.
const MIN_CONNECTIONS: usize = 3;

/// See the module documentation.
pub(super) struct Volley;

impl Rule for Volley {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let mut times = run.trace.events.iter().filter(|event| gave_up(run, event)).map(|event| event.at);
        let first = times.next()?;
        let together = 1 + times.take_while(|at| *at <= first + MAX_SPAN).count();
        // With a timeout of 0, every refusal is at once.
        if together < MIN_CONNECTIONS || run.trace.scenario.timeout.is_zero() {
            return None;
        }
        let raised = run.index.errors.iter().filter(|(at, _)| *at <= first + MAX_SPAN).count();
        Some(Finding {
            name: "volley",
            headline: format!("{together} connections gave up within {} of each other", HumanDuration(MAX_SPAN)),
            text: format!(
                "They had started to wait together, and all have the same timeout. {raised} of \
                 these errors reached the program before its event loop stopped."
            ),
            fact: "9.7",
            highlight: Highlight::around(first, run.index.outcome.first_error.map(|error| error.task), MAX_SPAN),
        })
    }
}

/// Whether the event is a call that failed after its full timeout, and not a refusal at once.
fn gave_up(run: Evidence, event: &Event) -> bool {
    let timeout = run.trace.scenario.timeout;
    let ended = run.index.waits.of(event.task).iter().find(|wait| wait.to == Some(event.at));
    matches!(event.kind, EventKind::CallReturned { ok: false, .. })
        && ended.is_some_and(|wait| event.at.since(wait.from) >= timeout)
}
