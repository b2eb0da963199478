//! A run in which the waiters do not ask in bunches.

use super::{Attempt, Challenge, Condition, Solution, no_comparison};
use crate::scenario::{Field, Strategy};
use crate::time::SimTime;
use crate::trace::{Snapshot, bunches};

/// The run is divided into this many intervals and checked at each boundary between two.
const INTERVALS: u64 = 20;
/// The number of waiters in bunches has to stay below this.
const BUNCHED_LIMIT: usize = 12;

/// See the module documentation.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "breaks-the-lock-step",
    title: "Break the lock-step",
    goal: "All waiters use the same table of sleeps, so they come back together in every turn. Get \
           all 1000 rows in without that: at each check, fewer than 12 waiters are in bunches. Use \
           one connection per task and no semaphore.",
    start: "",
    fixed_fields: &[(Field::Tasks, "1000 tasks"), (Field::Strategy, "One connection per task, and no semaphore")],
    hint: "The table of sleeps belongs to SQLite, and SQLite uses it only while the busy timeout \
           lasts. Your own pauses can be random.",
    solutions: &[
        Solution {
            change: "No busy timeout; 100 retries with a random pause of about 0.5 s",
            query: "timeout=0&retries=100&retry_pause=0.5",
            result: "1000 of 1000 rows, done after 33.2 s",
            why: "SQLite does not wait at all. Each task pauses for a random time, from half to \
                  one and a half times the setting. So tasks that were refused together come back \
                  one by one.",
            cost: "1000 rows take some 30 000 refused attempts, and the last task is just unlucky. \
                   The usual solution is a pause that grows with every retry.",
            fact: "9.3",
        },
        Solution {
            change: "The same on Linux",
            query: "timeout=0&retries=100&retry_pause=0.5&machine=linux-vm",
            result: "1000 of 1000 rows, done after 4.7 s",
            why: "The settings are the same, but this machine has a fast disk and a precise timer.",
            cost: "Here SQLite's own table of sleeps works just as well. Random pauses are no \
                   faster than bunches if there are many bunches.",
            fact: "9.3",
        },
    ],
    comparison: no_comparison,
    check,
};

fn check(run: &Attempt) -> Vec<Condition> {
    let one_connection_each = run.scenario().strategy == Strategy::ConnectionPerTask;
    let most = (1..INTERVALS).map(|number| in_bunches(run, number)).max().unwrap_or(0);
    let text = format!(
        "Fewer than {BUNCHED_LIMIT} waiters are in bunches at each of {} evenly spaced moments: \
         the largest number was {most}.",
        INTERVALS - 1
    );
    vec![run.all_rows_in(), Condition::new(one_connection_each && most < BUNCHED_LIMIT, text)]
}

/// The number of waiters in bunches at the end of interval `number`.
fn in_bunches(run: &Attempt, number: u64) -> usize {
    let at = SimTime::from_micros(run.trace.stopped_at().micros() * number / INTERVALS);
    let now = Snapshot::at(run.trace, run.index, at);
    bunches(now.waiters.iter().map(|waiter| waiter.next_poll), run.trace.turn).iter().map(|bunch| bunch.members).sum()
}
