//! Challenges: goals that the user reaches by changing the settings of a run. A check reads the
//! trace, so every solution counts, not only the listed ones.
//!
//! Each challenge has one file, named after it: plain data and a function that checks a run.
//! The tests in `tests/challenges/` check that the listed solutions give the listed results.

mod breaks_the_lock_step;
mod challenge;
mod everybody_in;
mod fewest_rows;
mod goes_home;
mod quick;
mod reads_first;
mod wal_loses;

pub use challenge::{Challenge, Condition, Solution};

use crate::trace::{Outcome, Trace};
use challenge::{Attempt, no_comparison};

/// All challenges, from the easiest to the hardest.
pub const CHALLENGES: [&Challenge; 7] = [
    &fewest_rows::CHALLENGE,
    &everybody_in::CHALLENGE,
    &quick::CHALLENGE,
    &reads_first::CHALLENGE,
    &goes_home::CHALLENGE,
    &wal_loses::CHALLENGE,
    &breaks_the_lock_step::CHALLENGE,
];

/// Whether a run with these conditions reaches the goal.
#[must_use]
pub fn is_reached(conditions: &[Condition]) -> bool {
    conditions.iter().all(|condition| condition.met)
}

/// The result of a run in a few words: "169 of 1000 rows, stopped by an error after 5.8 s".
#[must_use]
pub fn result_text(trace: &Trace, outcome: &Outcome) -> String {
    let (rows, tasks) = (outcome.inserted(), trace.scenario.tasks);
    let tenths = (outcome.elapsed.micros() + 50_000) / 100_000;
    let ended = match (outcome.first_error, trace.scenario.keep_going) {
        (Some(_), false) => "stopped by an error after",
        _ => "done after",
    };
    format!("{rows} of {tasks} rows, {ended} {}.{} s", tenths / 10, tenths % 10)
}
