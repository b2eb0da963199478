//! As few rows as possible without the sleep that the question tried.

use super::{Attempt, Challenge, Condition, Solution, alone};
use crate::scenario::Field;

/// More are too many.
const MOST: u32 = 1;

/// See the module.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "fewest-rows",
    title: "Fewest rows, without a sleep",
    goal: "With a sleep of two seconds before the commit only two rows get in. Do worse: one row of 1000 at most, and no sleep.",
    start: "",
    kept: &[(Field::Tasks, "1000 tasks"), (Field::Sleep, "No sleep before the commit")],
    hint: "Who finds the database locked waits for a while. What if nobody may wait? Or if waiting could not help, so that SQLite \
           does not even try?",
    solutions: &[
        Solution {
            change: "Busy timeout 0",
            query: "timeout=0",
            result: "1 of 1000 rows, stopped by an error after 0.7 s",
            why: "A timeout of nothing: the first poll that finds the lock taken is the last. One task gets the lock, the others \
                  are refused at once.",
            cost: "Nobody means to set it. But SQLite's C API and node:sqlite have no busy timeout unless you set one. Python's sqlite3 and \
                   Rust's rusqlite set 5 seconds.",
            fact: "3.1",
        },
        Solution {
            change: "Read first, then write",
            query: "read_first=1",
            result: "0 of 1000 rows, stopped by an error after 1.2 s",
            why: "Each task holds SHARED from its SELECT and now wants to write. If two of them waited for each other to stop \
                  reading, they would wait for ever, so SQLite refuses at once, whatever the timeout.",
            cost: "This happens in real programs: any transaction that begins with a SELECT and then writes. BEGIN IMMEDIATE is \
                   the repair.",
            fact: "9.9",
        },
    ],
    rival: alone,
    check,
};

fn check(run: &Attempt) -> Vec<Condition> {
    let rows = run.outcome().inserted();
    vec![Condition::new(rows <= MOST, format!("At most {MOST} row gets in: {rows} did."))]
}
