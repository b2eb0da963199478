//! A task gets the lock before tasks that asked earlier, because there is no queue.

use super::{Evidence, Finding, Highlight, Rule};
use crate::time::SimDuration;
use crate::trace::waits::{Hold, Wait};

/// The number of holds to check. Newcomers ask most often at the beginning of a run.
const FIRST_HOLDS: usize = 200;
/// The minimum number of overtaken tasks for a finding.
const MIN_OVERTAKEN: usize = 3;

/// See the module documentation.
pub(super) struct Overtaken;

impl Rule for Overtaken {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let stop = run.trace.stopped_at();
        let to_write = |wait: &&Wait| wait.statement.writes();
        let waits: Vec<&Wait> = run.index.waits.all().iter().filter(to_write).collect();
        let holds = run.index.holds.iter().filter(|hold| hold.from <= stop).take(FIRST_HOLDS);
        let (hold, passed) = holds.map(|hold| (hold, overtaken(run, hold, &waits))).max_by_key(|(_, passed)| *passed)?;
        // With a timeout of 0 there are no waiters: a refused task fails at once.
        if passed < MIN_OVERTAKEN || run.trace.scenario.timeout.is_zero() {
            return None;
        }
        Some(Finding {
            name: "overtaken",
            headline: format!("Task {} overtook {passed} tasks that had asked before it", hold.task),
            text: "There is no queue: a task that asks while the lock is free gets it. A newcomer \
                   asks after 1, 2, 5 and 10 ms. An old waiter asks only every 100 ms, so the \
                   newcomer has the better chance."
                .to_owned(),
            fact: "9.6",
            highlight: Highlight::around(hold.from, Some(hold.task), SimDuration::from_millis(100)),
        })
    }
}

/// The number of tasks that asked before the holder did, and were still waiting when it got the
/// lock.
fn overtaken(run: Evidence, hold: &Hold, waits: &[&Wait]) -> usize {
    let own = run.index.waits.of(hold.task).iter().filter(|wait| wait.statement.writes());
    let asked = own.map(|wait| wait.from).filter(|from| *from <= hold.from).max().unwrap_or(hold.from);
    waits.iter().filter(|wait| wait.from < asked && wait.to.is_none_or(|end| end > hold.from)).count()
}
