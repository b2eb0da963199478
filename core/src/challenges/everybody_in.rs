//! All rows of the asker's program, with the same timeout and one connection per task.

use super::{Attempt, Challenge, Condition, Solution, no_comparison};
use crate::scenario::Field;

/// See the module documentation.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "everybody-in",
    title: "All 1000 rows in, with the same timeout",
    goal: "Get all 1000 rows in on the asker's laptop. The busy timeout stays at 5 seconds, and \
           each task keeps its own connection.",
    start: "",
    fixed_fields: &[
        (Field::Tasks, "1000 tasks"),
        (Field::Timeout, "The busy timeout is 5 s"),
        (Field::Machine, "The machine is the asker's laptop"),
        (Field::CommitTime, "The disk is as fast as before"),
    ],
    hint: "The first error ends the run after about 5 seconds. Either no task has to wait that \
           long, or a task must not end with its first error.",
    solutions: &[
        Solution {
            change: "A semaphore with a limit of 1",
            query: "strategy=semaphore&limit=1",
            result: "1000 of 1000 rows, done after 25.4 s",
            why: "Only one task at a time is between connect and close. The others wait in \
                  asyncio's queue. It is fair and wakes the next task at once, so no task ever \
                  finds the database locked.",
            cost: "The rows are inserted one by one, each with its own connection, thread and \
                   COMMIT. And it works only within one program: another process may still hold \
                   the lock.",
            fact: "9.10",
        },
        Solution {
            change: "Five retries",
            query: "retries=5",
            result: "1000 of 1000 rows, done after 32.7 s",
            why: "A task whose timeout is over rolls back, pauses for a random time and tries \
                  again. It gets a new timeout, and its first sleeps are short again.",
            cost: "It takes longer than the semaphore. And 5 retries are enough for 1000 tasks \
                   here, but not for 2000. Everything that the transaction did before must be safe \
                   to repeat.",
            fact: "9.10",
        },
    ],
    comparison: no_comparison,
    check,
};

fn check(run: &Attempt) -> Vec<Condition> {
    vec![run.a_connection_each(), run.all_rows_in()]
}
