//! Nobody asks together with others any more.

use super::{Attempt, Challenge, Condition, Solution, alone};
use crate::scenario::{Field, Strategy};
use crate::time::SimTime;
use crate::trace::{Snapshot, bunches};

/// How often one looks, evenly over the run.
const LOOKS: u64 = 20;
/// So many waiters that ask together are a crowd.
const CROWD: usize = 12;

/// See the module.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "breaks-the-lock-step",
    title: "Break the lock-step",
    goal: "All waiters use the same table of sleeps, so they come back together, turn after turn. Get all 1000 rows in without that: \
           whenever one looks, fewer than 12 waiters stand in bunches. No semaphore, and a connection each.",
    start: "",
    kept: &[(Field::Tasks, "1000 tasks"), (Field::Strategy, "A connection per task, and no semaphore")],
    hint: "The table of sleeps is SQLite's, and it is used only while the busy timeout lasts. Pauses of your own can be random.",
    solutions: &[
        Solution {
            change: "No busy timeout; 100 retries with a random pause of about 0.5 s",
            query: "timeout=0&retries=100&retry_pause=0.5",
            result: "1000 of 1000 rows, done after 33.2 s",
            why: "SQLite does not wait at all. Each task draws its own pause, half to one and a half times as long as the middle one, so \
                  those who were refused together come back one by one.",
            cost: "Some 30 000 refused attempts for 1000 rows, and it is luck who is last. Pauses that grow from try to try are the \
                   usual way out.",
            fact: "9.3",
        },
        Solution {
            change: "The same on Linux",
            query: "timeout=0&retries=100&retry_pause=0.5&machine=linux-vm",
            result: "1000 of 1000 rows, done after 4.7 s",
            why: "The same, on a machine whose disk is fast and whose timers are fine.",
            cost: "Here SQLite's own table does as well: chance is no faster than bunches while there are many of them.",
            fact: "9.3",
        },
    ],
    rival: alone,
    check,
};

fn check(run: &Attempt) -> Vec<Condition> {
    let own_pace = run.scenario().strategy == Strategy::ConnectionPerTask;
    let most = (1..LOOKS).map(|look| in_bunches(run, look)).max().unwrap_or(0);
    let text = format!(
        "At {} moments, evenly over the run, fewer than {CROWD} waiters stand in bunches: at most {most} did.",
        LOOKS - 1
    );
    vec![run.all_rows_in(), Condition::new(own_pace && most < CROWD, text)]
}

fn in_bunches(run: &Attempt, look: u64) -> usize {
    let at = SimTime::from_micros(run.trace.stopped_at().micros() * look / LOOKS);
    let now = Snapshot::at(run.trace, run.index, at);
    bunches(now.waiters.iter().map(|waiter| waiter.next_poll), run.trace.turn).iter().map(|bunch| bunch.members).sum()
}
