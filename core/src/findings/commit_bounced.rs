//! A COMMIT that had to wait for readers.

use super::human_duration::HumanDuration;
use super::{Evidence, Finding, Highlight, Rule};
use crate::text::counted;
use crate::time::SimDuration;
use crate::trace::Statement;

/// See the module documentation.
pub(super) struct CommitBounced;

impl Rule for CommitBounced {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let commits = || run.index.waits.all().iter().filter(|wait| wait.statement == Statement::Commit);
        let longest = commits().max_by_key(|wait| wait.to.unwrap_or(run.trace.end()).since(wait.from))?;
        let length = longest.to.unwrap_or(run.trace.end()).since(longest.from);
        let (task, long) = (longest.task, HumanDuration(length));
        let headline = match commits().count() {
            1 => format!("The COMMIT of task {task} had to wait {long} for readers"),
            many => format!("{} had to wait for readers; that of task {task} waited longest: {long}", counted(many, "COMMIT")),
        };
        let (readers, fact) = if run.trace.scenario.read_first {
            (
                "A connection that has read in its transaction keeps SHARED until the transaction \
                 ends.",
                "1.11",
            )
        } else {
            (
                "Here the readers were other tasks that tried their INSERT: each attempt holds \
                 SHARED for some microseconds.",
                "1.10",
            )
        };
        Some(Finding {
            name: "commit-bounced",
            headline,
            text: format!(
                "It had PENDING, which keeps new readers out. It could get EXCLUSIVE only after \
                 the last reader had left. {readers}"
            ),
            fact,
            highlight: Highlight::around(longest.from, Some(task), length + SimDuration::from_millis(20)),
        })
    }
}
