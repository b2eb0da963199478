//! All rows within a second, which is possible only if they share COMMITs.

use super::{Attempt, Challenge, Condition, Solution, no_comparison};
use crate::scenario::Field;
use crate::time::SimTime;

/// The maximum time of the run.
const MAX_TIME: SimTime = SimTime::from_micros(1_000_000);

/// See the module documentation.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "quick",
    title: "All 1000 rows within a second",
    goal: "In the model of the asker's laptop a COMMIT takes 23 ms (a hypothesis). So 1000 of them \
           take 23 seconds, even if no task ever waits. Get all rows in within one second.",
    start: "strategy=semaphore&limit=1",
    fixed_fields: &[
        (Field::Tasks, "1000 tasks"),
        (Field::Machine, "The machine is the asker's laptop"),
        (Field::CommitTime, "The disk is as fast as before"),
    ],
    hint: "The COMMIT takes the time, and one COMMIT can include many rows.",
    solutions: &[
        Solution {
            change: "One connection for all tasks",
            query: "strategy=shared-connection",
            result: "1000 of 1000 rows, done after 0.6 s",
            why: "All calls go to one worker thread, so no task competes for the lock. All tasks \
                  are in one transaction: the first COMMIT includes every row that was inserted \
                  before it.",
            cost: "A task that commits also commits the unfinished work of others, and a rollback \
                   of one task is a rollback of all.",
            fact: "9.10",
        },
        Solution {
            change: "One transaction for all rows",
            query: "strategy=single-transaction",
            result: "1000 of 1000 rows, done after 0.3 s",
            why: "A loop of INSERTs and one COMMIT, as in the accepted answer: no other task, no \
                  other connection, one wait for the disk.",
            cost: "All or nothing: an error in row 999 loses all of them. And while the loop runs, \
                   no other connection can write.",
            fact: "9.10",
        },
    ],
    comparison: no_comparison,
    check,
};

fn check(run: &Attempt) -> Vec<Condition> {
    let took = run.outcome().elapsed;
    let tenths = (took.micros() + 50_000) / 100_000;
    let in_time =
        Condition::new(took <= MAX_TIME, format!("The run takes at most 1 s: it took {}.{} s.", tenths / 10, tenths % 10));
    vec![run.all_rows_in(), in_time]
}
