//! A COMMIT found readers in the file, and had to wait for them.

use super::words::Long;
use super::{Evidence, Finding, Rule, Show};
use crate::text::counted;
use crate::time::SimDuration;
use crate::trace::Statement;

/// See the module.
pub(super) struct CommitBounced;

impl Rule for CommitBounced {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let commits = || run.index.waits.all().iter().filter(|wait| wait.statement == Statement::Commit);
        let longest = commits().max_by_key(|wait| wait.to.unwrap_or(run.trace.end()).since(wait.from))?;
        let length = longest.to.unwrap_or(run.trace.end()).since(longest.from);
        let (task, long) = (longest.task, Long(length));
        let headline = match commits().count() {
            1 => format!("The COMMIT of task {task} had to wait {long} for readers"),
            many => format!("{} had to wait for readers, longest that of task {task}: {long}", counted(many, "COMMIT")),
        };
        let (who, fact) = if run.trace.scenario.read_first {
            ("A connection that has read in its transaction keeps SHARED until it ends it.", "1.11")
        } else {
            ("Here these were others that asked for their INSERT: each attempt holds SHARED for some microseconds.", "1.10")
        };
        Some(Finding {
            name: "commit-bounced",
            headline,
            text: format!("It had PENDING, which lets no new reader in, but EXCLUSIVE needs the last one to leave. {who}"),
            fact,
            show: Show::around(longest.from, Some(task), length + SimDuration::from_millis(20)),
        })
    }
}
