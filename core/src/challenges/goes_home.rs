//! An error, and yet a process that ends.

use super::{Attempt, Challenge, Condition, Solution, alone};
use crate::scenario::Field;

/// See the module.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "goes-home",
    title: "Fail, and still go home",
    goal: "After its first error the program prints a traceback, and then it hangs: worker threads are left that nobody stops. Let tasks \
           fail, and let the process end by itself.",
    start: "",
    kept: &[(Field::Tasks, "1000 tasks")],
    hint: "The gather gives up at the first error and leaves 800 connections open behind it. It can wait for all tasks, and a \
           failed task can close its connection.",
    solutions: &[
        Solution {
            change: "Go on after an error",
            query: "keep_going=1",
            result: "174 of 1000 rows, done after 6.1 s",
            why: "With return_exceptions=True the gather waits for every task. That alone would leave the failed connections open, so \
                  each failed task also closes its own. Then every worker thread is told to stop.",
            cost: "The errors come back as a list of results. Who does not look at it loses rows without a word.",
            fact: "7.12",
        },
        Solution {
            change: "Go on, and do not wait",
            query: "keep_going=1&timeout=0",
            result: "1 of 1000 rows, done after 1.0 s",
            why: "The same order to stop, after errors that come at once.",
            cost: "All but one of the rows are lost. But the program is home in a second.",
            fact: "7.9",
        },
    ],
    rival: alone,
    check,
};

fn check(run: &Attempt) -> Vec<Condition> {
    let (errors, hangs) = (run.outcome().errors, run.outcome().would_hang);
    let ends = if hangs { "it would hang" } else { "it does" };
    vec![
        Condition::new(errors > 0, format!("At least one task fails: {errors} did.")),
        Condition::new(!hangs, format!("The process ends by itself: {ends}.")),
    ]
}
