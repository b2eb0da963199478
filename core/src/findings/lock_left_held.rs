//! The event loop has stopped, and a task still holds the lock.

use super::{Evidence, Finding, Highlight, Rule};
use crate::time::SimDuration;
use crate::trace::Statement;

/// See the module documentation.
pub(super) struct LockLeftHeld;

impl Rule for LockLeftHeld {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let stop = run.index.stop?.at;
        let hold = run.index.holds.iter().find(|hold| hold.to.is_none())?;
        // A COMMIT that waits for readers fails, and the stopped loop does not receive its error.
        let commit_waited = run.index.waits.of(hold.task).iter().any(|wait| wait.statement == Statement::Commit);
        let missing_step = if commit_waited { "learns that its COMMIT failed" } else { "sends its COMMIT" };
        Some(Finding {
            name: "lock-left-held",
            headline: format!("Task {} still holds the lock at the end", hold.task),
            text: format!(
                "The event loop has stopped, so the task never {missing_step}. Its row is never \
                 committed. Another program that wants to write finds the database locked until \
                 this process is killed."
            ),
            fact: "7.8",
            highlight: Highlight::around(hold.from.max(stop), Some(hold.task), SimDuration::from_millis(300)),
        })
    }
}
