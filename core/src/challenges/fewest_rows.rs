//! At most one row, without the sleep that the asker tried.

use super::{Attempt, Challenge, Condition, Solution, no_comparison};
use crate::scenario::Field;

/// The maximum number of rows.
const MAX_ROWS: u32 = 1;

/// See the module documentation.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "fewest-rows",
    title: "Fewest rows, without a sleep",
    goal: "With a sleep of two seconds before the commit, only two rows get in. Do worse: commit \
           at most one of 1000 rows, without a sleep.",
    start: "",
    fixed_fields: &[(Field::Tasks, "1000 tasks"), (Field::Sleep, "No sleep before the commit")],
    hint: "A task that finds the database locked waits for a while. What if no task may wait? Or \
           what if waiting could not help, so that SQLite does not even try?",
    solutions: &[
        Solution {
            change: "Busy timeout 0",
            query: "timeout=0",
            result: "1 of 1000 rows, stopped by an error after 0.7 s",
            why: "With a timeout of 0, a task that finds the lock taken does not ask again. One \
                  task gets the lock, and the others are refused at once.",
            cost: "Nobody sets this on purpose. But SQLite's C API and node:sqlite have no busy \
                   timeout unless you set one. Python's sqlite3 and Rust's rusqlite set 5 seconds.",
            fact: "3.1",
        },
        Solution {
            change: "Read first, then write",
            query: "read_first=1",
            result: "0 of 1000 rows, stopped by an error after 1.2 s",
            why: "Each task holds SHARED from its SELECT and then wants to write. If two of them \
                  waited for each other to stop reading, they would wait forever. So SQLite \
                  refuses at once, whatever the timeout is.",
            cost: "This happens in real programs: in any transaction that begins with a SELECT and \
                   then writes. BEGIN IMMEDIATE fixes it.",
            fact: "9.9",
        },
    ],
    comparison: no_comparison,
    check,
};

fn check(run: &Attempt) -> Vec<Condition> {
    let rows = run.outcome().inserted();
    vec![Condition::new(rows <= MAX_ROWS, format!("At most {MAX_ROWS} row gets in: {rows} did."))]
}
