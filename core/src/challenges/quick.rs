//! Everybody in within a second: nobody may commit alone.

use super::{Attempt, Challenge, Condition, Solution, alone};
use crate::scenario::Field;
use crate::time::SimTime;

/// See the module.
const IN_TIME: SimTime = SimTime::from_micros(1_000_000);

/// See the module.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "quick",
    title: "All 1000 rows within a second",
    goal: "In the model of the asker's laptop a COMMIT takes 23 ms (a hypothesis). So 1000 of them take 23 seconds, even if no task \
           ever waits. Get all rows in within one second.",
    start: "strategy=semaphore&limit=1",
    kept: &[
        (Field::Tasks, "1000 tasks"),
        (Field::Machine, "The machine is the asker's laptop"),
        (Field::CommitTime, "Its disk is as fast as it was"),
    ],
    hint: "What takes the time is the COMMIT, and a COMMIT can take many rows at once.",
    solutions: &[
        Solution {
            change: "One connection for all tasks",
            query: "strategy=shared-connection",
            result: "1000 of 1000 rows, done after 0.6 s",
            why: "All calls go to one worker thread, so no task competes for the lock. All tasks are in one transaction: the first \
                  COMMIT takes along whatever was inserted before it.",
            cost: "A task that returns from commit has committed others' half-done work too, and a rollback of one is a rollback of all.",
            fact: "9.10",
        },
        Solution {
            change: "One transaction for all rows",
            query: "strategy=single-transaction",
            result: "1000 of 1000 rows, done after 0.3 s",
            why: "A loop of INSERTs and one COMMIT, as the accepted answer has it: no other task, no other connection, one wait for \
                  the disk.",
            cost: "All or nothing: an error in row 999 loses them all. And as long as the loop runs nobody else can write.",
            fact: "9.10",
        },
    ],
    rival: alone,
    check,
};

fn check(run: &Attempt) -> Vec<Condition> {
    let took = run.outcome().elapsed;
    let tenths = (took.micros() + 50_000) / 100_000;
    let in_time =
        Condition::new(took <= IN_TIME, format!("The run takes at most 1 s: it took {}.{} s.", tenths / 10, tenths % 10));
    vec![run.all_rows_in(), in_time]
}
