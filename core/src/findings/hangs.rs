//! The process would not end by itself.

use super::{Evidence, Finding, Rule, Show};
use crate::text::counted;
use crate::time::SimDuration;
use crate::trace::EventKind;

/// See the module.
pub(super) struct Hangs;

impl Rule for Hangs {
    fn find(&self, run: Evidence) -> Option<Finding> {
        if !run.index.outcome.would_hang {
            return None;
        }
        let count = |wanted| run.trace.events.iter().filter(|event| event.kind == wanted).count();
        let left = count(EventKind::ThreadStarted) - count(EventKind::ThreadEnded);
        let threads =
            if left == 1 { "One worker thread is".to_owned() } else { [&counted(left, "worker thread"), " are"].concat() };
        Some(Finding {
            name: "hangs",
            headline: "The process would not end by itself".to_owned(),
            text: format!(
                "{threads} left, each waiting in its queue for a call that never comes, because their connections were never closed. \
                 Python waits for all of them before it exits."
            ),
            fact: "7.9",
            show: Show::around(run.trace.stopped_at(), None, SimDuration::from_millis(300)),
        })
    }
}
