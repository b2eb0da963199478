//! The asker's wish: everybody in, with the program as it is.

use super::{Attempt, Challenge, Condition, Solution, alone};
use crate::scenario::Field;

/// See the module.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "everybody-in",
    title: "All 1000 rows in, with the same patience",
    goal: "Get all 1000 rows in on the asker's laptop. The busy timeout stays at 5 seconds, and each task keeps a connection of its own.",
    start: "",
    kept: &[
        (Field::Tasks, "1000 tasks"),
        (Field::Timeout, "The busy timeout is 5 s"),
        (Field::Machine, "The machine is the asker's laptop"),
        (Field::CommitTime, "Its disk is as fast as it was"),
    ],
    hint: "The first error ends the run after about 5 seconds, whoever makes it. Either nobody may be refused for so long, or an error \
           must not be the end of its task.",
    solutions: &[
        Solution {
            change: "A semaphore with one place",
            query: "strategy=semaphore&limit=1",
            result: "1000 of 1000 rows, done after 25.4 s",
            why: "Only one task is between connect and close at a time. The others wait in asyncio's queue, which is fair and wakes \
                  the next one at once; nobody ever finds the database locked.",
            cost: "The rows come one after the other, each with its own connection, thread and COMMIT. It keeps the peace within one \
                   program only: another process can still hold the lock.",
            fact: "9.10",
        },
        Solution {
            change: "Five retries",
            query: "retries=5",
            result: "1000 of 1000 rows, done after 32.7 s",
            why: "Who has waited in vain rolls back, pauses for a random time and begins again, with a new timeout and short sleeps \
                  at first.",
            cost: "It takes longer than the queue, and 5 is enough for 1000 tasks here, not for 2000. Whatever the transaction did \
                   before must be safe to do again.",
            fact: "9.10",
        },
    ],
    rival: alone,
    check,
};

fn check(run: &Attempt) -> Vec<Condition> {
    vec![run.a_connection_each(), run.all_rows_in()]
}
