//! A run that commits far fewer rows in WAL mode than with the rollback journal.

use super::{Attempt, Challenge, Condition, Solution};
use crate::scenario::{Field, Journal, Scenario};
use crate::trace::Outcome;

/// The rollback journal has to commit this many times as many rows.
const MIN_FACTOR: u32 = 2;
/// The rollback journal has to commit at least this many rows; fewer could be chance.
const MIN_ROWS: u32 = 20;

/// See the module documentation.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "wal-loses",
    title: "Make WAL lose",
    goal: "The usual advice is: turn on WAL. It is mostly right, with SQLite 3.51.3 or newer. \
           Before that, WAL can, very rarely, damage the file. Find settings with which \
           journal_mode=DELETE commits at least twice as many rows as journal_mode=WAL. Everything \
           else has to be equal.",
    start: "journal=wal",
    fixed_fields: &[(Field::Tasks, "1000 tasks"), (Field::Journal, "The journal mode is WAL, and DELETE in the comparison")],
    hint: "In WAL mode a reader sees the database as it was when it began to read. What happens to \
           a task that reads, and then wants to write to a database that has changed since? Let \
           the others go on after its error, and let in only a few at a time.",
    solutions: &[
        Solution {
            change: "Read first, ten at a time, go on after errors",
            query: "journal=wal&read_first=1&keep_going=1&strategy=semaphore",
            result: "101 of 1000 rows, done after 1.3 s",
            why: "Ten tasks read the same snapshot, and one of them writes. While its transaction \
                  is open, the others get SQLITE_BUSY at once. After its COMMIT their snapshots \
                  are old: they get SQLITE_BUSY_SNAPSHOT, also at once. With the rollback journal, \
                  tasks are refused only while two of them really block each other.",
            cost: "The fix is BEGIN IMMEDIATE, in both modes. Or read outside the transaction that \
                   writes.",
            fact: "14.7",
        },
        Solution {
            change: "Read first, ten retries, on the answerer\u{2019}s Mac",
            query: "journal=wal&read_first=1&keep_going=1&retries=10&machine=mac-laptop",
            result: "44 of 1000 rows, done after 4.7 s",
            why: "So many tasks begin in each round of pauses that nearly all of them are refused \
                  at once: another transaction is open, or their snapshot is old.",
            cost: "Retries do not help a task that makes the same mistake each time. It only makes \
                   that mistake more often.",
            fact: "14.7",
        },
    ],
    comparison,
    check,
};

/// The same scenario with the rollback journal.
fn comparison(scenario: &Scenario) -> Option<Scenario> {
    (scenario.journal == Journal::Wal).then(|| Scenario { journal: Journal::Delete, ..scenario.clone() })
}

fn check(run: &Attempt) -> Vec<Condition> {
    let rows = run.outcome().inserted();
    let text = match run.comparison.map(Outcome::inserted) {
        Some(rival) => format!("DELETE commits at least twice as many rows: {rival} against {rows}."),
        None => "DELETE commits at least twice as many rows.".to_owned(),
    };
    let met = run.comparison.is_some_and(|rival| rival.inserted() >= (MIN_FACTOR * rows).max(MIN_ROWS));
    vec![Condition::new(met, text)]
}
