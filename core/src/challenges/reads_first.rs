//! All rows of tasks that read before they write.

use super::{Attempt, Challenge, Condition, Solution, no_comparison};
use crate::scenario::Field;

/// See the module documentation.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "reads-first",
    title: "Read first, and still write",
    goal: "50 tasks read before they write, and not one row gets in, although there is enough time \
           for all. Get all 50 rows in. Each task still reads first.",
    start: "tasks=50&read_first=1",
    fixed_fields: &[(Field::Tasks, "50 tasks"), (Field::ReadFirst, "Each reads before it writes")],
    hint: "A task that reads holds SHARED. When two of them want to write, one has to be refused. \
           What if each task announced from the start that it will write?",
    solutions: &[
        Solution {
            change: "BEGIN IMMEDIATE",
            query: "tasks=50&read_first=1&begin=immediate",
            result: "50 of 50 rows, done after 4.9 s",
            why: "The write lock is taken before the SELECT. A task that finds it taken holds no \
                  lock yet, so it may wait.",
            cost: "Transactions that turn out to only read also have to wait for the write lock.",
            fact: "9.9",
        },
        Solution {
            change: "A semaphore with a limit of 1",
            query: "tasks=50&read_first=1&strategy=semaphore&limit=1",
            result: "50 of 50 rows, done after 1.3 s",
            why: "No other task reads while one task goes from its SELECT to its COMMIT.",
            cost: "It works within one program. With a limit of 2 the problem is back.",
            fact: "9.9",
        },
    ],
    comparison: no_comparison,
    check,
};

fn check(run: &Attempt) -> Vec<Condition> {
    vec![run.all_rows_in()]
}
