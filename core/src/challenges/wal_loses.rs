//! The write-ahead log at its worst: a run in which the rollback journal does far better.

use super::{Attempt, Challenge, Condition, Solution};
use crate::scenario::{Field, Journal, Scenario};
use crate::trace::Outcome;

/// How many times as many rows the rollback journal has to let in.
const TIMES: u32 = 2;
/// Fewer rows are chance.
const FEWEST: u32 = 20;

/// See the module.
pub(super) const CHALLENGE: Challenge = Challenge {
    name: "wal-loses",
    title: "Make WAL lose",
    goal: "Everybody says: turn on WAL. Mostly they are right, with SQLite 3.51.3 or newer: before that WAL can, very rarely, \
           damage the file. Find settings with which journal_mode=DELETE lets in at least twice as many rows as \
           journal_mode=WAL, all else being equal.",
    start: "journal=wal",
    kept: &[(Field::Tasks, "1000 tasks"), (Field::Journal, "The journal mode is WAL, and its rival's is DELETE")],
    hint: "In WAL mode a reader sees the database as it was when it began to read. What becomes of a task that reads, and then wants \
           to write to a database that has changed since? Let the others go on after its error, and let a few in at a time.",
    solutions: &[
        Solution {
            change: "Read first, ten at a time, go on after errors",
            query: "journal=wal&read_first=1&keep_going=1&strategy=semaphore",
            result: "101 of 1000 rows, done after 1.3 s",
            why: "Ten tasks read the same snapshot, and one of them writes. While its transaction is open, the others get \
                  SQLITE_BUSY at once. After its COMMIT their snapshots are old: SQLITE_BUSY_SNAPSHOT, also at once. With the \
                  rollback journal they are refused only while two really are in each other's way.",
            cost: "The repair is BEGIN IMMEDIATE, in both modes. Or read outside of the transaction that writes.",
            fact: "14.7",
        },
        Solution {
            change: "Read first, ten retries, on the answerer\u{2019}s Mac",
            query: "journal=wal&read_first=1&keep_going=1&retries=10&machine=mac-laptop",
            result: "44 of 1000 rows, done after 4.7 s",
            why: "So many begin in each round of pauses that nearly all of them are refused at once: another transaction is open, \
                  or their snapshot is old.",
            cost: "Retries do not help who makes the same mistake each time. They only make it more often.",
            fact: "14.7",
        },
    ],
    rival,
    check,
};

/// The same with the rollback journal.
fn rival(scenario: &Scenario) -> Option<Scenario> {
    (scenario.journal == Journal::Wal).then(|| Scenario { journal: Journal::Delete, ..scenario.clone() })
}

fn check(run: &Attempt) -> Vec<Condition> {
    let rows = run.outcome().inserted();
    let text = match run.rival.map(Outcome::inserted) {
        Some(rival) => format!("DELETE lets in at least twice as many rows: {rival} against {rows}."),
        None => "DELETE lets in at least twice as many rows.".to_owned(),
    };
    let met = run.rival.is_some_and(|rival| rival.inserted() >= (TIMES * rows).max(FEWEST));
    vec![Condition::new(met, text)]
}
