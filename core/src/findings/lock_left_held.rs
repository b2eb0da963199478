//! After the loop has stopped somebody holds the lock, and nobody will tell it to commit.

use super::{Evidence, Finding, Rule, Show};
use crate::time::SimDuration;
use crate::trace::Statement;

/// See the module.
pub(super) struct LockLeftHeld;

impl Rule for LockLeftHeld {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let stop = run.index.stop?.at;
        let hold = run.index.holds.iter().find(|hold| hold.to.is_none())?;
        // A COMMIT that waits for readers is told to give up, and nobody hears of it.
        let bounced = run.index.waits.of(hold.task).iter().any(|wait| wait.statement == Statement::Commit);
        let why = if bounced { "heard of its refused COMMIT" } else { "told it to COMMIT" };
        Some(Finding {
            name: "lock-left-held",
            headline: format!("Task {} holds the lock to the very end", hold.task),
            text: format!(
                "The loop that would have {why} has stopped, so its row is never committed. Another program that wants to write \
                 finds the database locked until this process is killed."
            ),
            fact: "7.8",
            show: Show::around(hold.from.max(stop), Some(hold.task), SimDuration::from_millis(300)),
        })
    }
}
