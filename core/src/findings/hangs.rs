//! The process would not end by itself.

use super::{Evidence, Finding, Highlight, Rule};
use crate::text::counted;
use crate::time::SimDuration;
use crate::trace::EventKind;

/// See the module documentation.
pub(super) struct Hangs;

impl Rule for Hangs {
    fn find(&self, run: Evidence) -> Option<Finding> {
        if !run.index.outcome.would_hang {
            return None;
        }
        let count = |wanted| run.trace.events.iter().filter(|event| event.kind == wanted).count();
        let left = count(EventKind::ThreadStarted) - count(EventKind::ThreadEnded);
        let threads = if left == 1 {
            "One worker thread is left. It".to_owned()
        } else {
            [&counted(left, "worker thread"), " are left. Each"].concat()
        };
        Some(Finding {
            name: "hangs",
            headline: "The process would not end by itself".to_owned(),
            text: format!(
                "{threads} waits for a call that never comes, because its connection was never \
                 closed. Python waits for every worker thread before it exits."
            ),
            fact: "7.9",
            highlight: Highlight::around(run.trace.stopped_at(), None, SimDuration::from_millis(300)),
        })
    }
}
