//! A run with an error whose process still exits.

use super::{Attempt, Challenge, Condition, Solution, no_comparison};
use crate::scenario::Field;

/// See the module documentation.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "goes-home",
    title: "Fail, but still exit",
    goal: "After its first error the program prints a traceback, and then it hangs: its worker \
           threads are never stopped. Let tasks fail, but let the process end by itself.",
    start: "",
    fixed_fields: &[(Field::Tasks, "1000 tasks")],
    hint: "The gather stops at the first error and leaves more than 800 connections open. But it \
           can wait for all tasks, and a failed task can close its connection.",
    solutions: &[
        Solution {
            change: "Go on after an error",
            query: "keep_going=1",
            result: "174 of 1000 rows, done after 6.1 s",
            why: "With return_exceptions=True, the gather waits for every task. That alone would \
                  leave the failed connections open, so each failed task also closes its own. Then \
                  every worker thread is stopped.",
            cost: "The errors come back in a list of results. A program that does not check this \
                   list loses rows silently.",
            fact: "7.12",
        },
        Solution {
            change: "Go on, and do not wait",
            query: "keep_going=1&timeout=0",
            result: "1 of 1000 rows, done after 1.0 s",
            why: "The worker threads are stopped in the same way, but the errors come at once.",
            cost: "All rows but one are lost. But the program ends after about a second.",
            fact: "7.9",
        },
    ],
    comparison: no_comparison,
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
