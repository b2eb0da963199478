//! Many rows but few COMMITs: what a shared connection or a single transaction saves.

use super::human_duration::HumanDuration;
use super::{Evidence, Finding, Highlight, Rule};
use crate::text::counted_in_words;
use crate::time::SimDuration;
use crate::trace::EventKind;

/// See the module documentation.
pub(super) struct OneCommit;

impl Rule for OneCommit {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let rows = run.index.outcome.inserted();
        let commits: Vec<_> =
            run.index.holds.iter().filter_map(|hold| Some((hold, hold.commit_from?, hold.commit_to?))).collect();
        let count = u32::try_from(commits.len()).unwrap_or(u32::MAX);
        let (hold, from, to) = *commits.first()?;
        if rows < 2 || count * 2 > rows || run.trace.events.iter().any(is_refused) {
            return None;
        }
        let saved = SimDuration::from_micros(to.since(from).micros() * u64::from(rows - count));
        let commits = counted_in_words(count, "COMMIT");
        Some(Finding {
            name: "one-commit",
            headline: format!("{rows} rows needed only {commits}, and no attempt was refused"),
            text: format!(
                "One connection with one worker thread did all the work, so no task competed for \
                 the lock. The rows of a transaction also share one COMMIT. A COMMIT for each row \
                 would have taken about {} more.",
                HumanDuration(saved)
            ),
            fact: "9.10",
            highlight: Highlight::around(from, Some(hold.task), SimDuration::from_millis(50)),
        })
    }
}

fn is_refused(event: &crate::trace::Event) -> bool {
    matches!(event.kind, EventKind::Attempt { granted: false, .. })
}
