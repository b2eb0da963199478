//! Late starters overtake: there is no queue.

use super::{Evidence, Finding, Rule, Show};
use crate::time::SimDuration;
use crate::trace::waits::{Hold, Wait};

/// Holds that are looked at: in the first moments newcomers ask most often.
const FIRST_HOLDS: usize = 200;
/// Fewer than so many are not worth a sentence.
const FEWEST: usize = 3;

/// See the module.
pub(super) struct Overtaken;

impl Rule for Overtaken {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let stop = run.trace.stopped_at();
        let to_write = |wait: &&Wait| wait.statement.writes();
        let waits: Vec<&Wait> = run.index.waits.all().iter().filter(to_write).collect();
        let holds = run.index.holds.iter().filter(|hold| hold.from <= stop).take(FIRST_HOLDS);
        let (hold, passed) = holds.map(|hold| (hold, overtaken(run, hold, &waits))).max_by_key(|(_, passed)| *passed)?;
        // Without a timeout nobody waits: those who asked before have given up already.
        if passed < FEWEST || run.trace.scenario.timeout.is_zero() {
            return None;
        }
        Some(Finding {
            name: "overtaken",
            headline: format!("Task {} overtook {passed} that had asked before it", hold.task),
            text: "There is no queue: who asks while the lock is free gets it. A newcomer asks after 1, 2, 5 and 10 ms, an old \
                   waiter every 100 ms, so the newcomer has the better chances."
                .to_owned(),
            fact: "9.6",
            show: Show::around(hold.from, Some(hold.task), SimDuration::from_millis(100)),
        })
    }
}

/// How many first asked before this one did, and still waited when it got in.
fn overtaken(run: Evidence, hold: &Hold, waits: &[&Wait]) -> usize {
    let own = run.index.waits.of(hold.task).iter().filter(|wait| wait.statement.writes());
    let asked = own.map(|wait| wait.from).filter(|from| *from <= hold.from).max().unwrap_or(hold.from);
    waits.iter().filter(|wait| wait.from < asked && wait.to.is_none_or(|end| end > hold.from)).count()
}
