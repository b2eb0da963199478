//! Out of the trap of reading first.

use super::{Attempt, Challenge, Condition, Solution, alone};
use crate::scenario::Field;

/// See the module.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "reads-first",
    title: "Read first, and still write",
    goal: "50 tasks read before they write, and not one row gets in, though there would be time enough for all. Get all 50 in; each \
           still reads first.",
    start: "tasks=50&read_first=1",
    kept: &[(Field::Tasks, "50 tasks"), (Field::ReadFirst, "Each reads before it writes")],
    hint: "A task that reads holds SHARED. When two of them want to write, one must give up. What if each said at once that it will write?",
    solutions: &[
        Solution {
            change: "BEGIN IMMEDIATE",
            query: "tasks=50&read_first=1&begin=immediate",
            result: "50 of 50 rows, done after 4.9 s",
            why: "The write lock is taken before the SELECT. Who finds it taken holds nothing yet, so it may wait for its turn.",
            cost: "Transactions that in the end only read stand in the queue of the writers too.",
            fact: "9.9",
        },
        Solution {
            change: "A semaphore with one place",
            query: "tasks=50&read_first=1&strategy=semaphore&limit=1",
            result: "50 of 50 rows, done after 1.3 s",
            why: "Nobody else reads while one task goes from its SELECT to its COMMIT.",
            cost: "Good within one program. With a limit of 2 the trap is open again.",
            fact: "9.9",
        },
    ],
    rival: alone,
    check,
};

fn check(run: &Attempt) -> Vec<Condition> {
    vec![run.all_rows_in()]
}
