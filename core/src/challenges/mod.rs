//! Challenges: goals that a reader reaches by changing a run's settings. Each has a check that reads the trace, so every way to the
//! goal counts, also one that nobody has thought of.
//!
//! One file a challenge: plain data, and a function that looks at a run. What a stated solution says of itself is proved by
//! `tests/challenges`.

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
use challenge::{Attempt, alone};

/// All challenges, the plainest first.
pub const CHALLENGES: [&Challenge; 7] = [
    &fewest_rows::CHALLENGE,
    &everybody_in::CHALLENGE,
    &quick::CHALLENGE,
    &reads_first::CHALLENGE,
    &goes_home::CHALLENGE,
    &wal_loses::CHALLENGE,
    &breaks_the_lock_step::CHALLENGE,
];

/// Whether a run that fulfils these has reached its goal.
#[must_use]
pub fn is_reached(conditions: &[Condition]) -> bool {
    conditions.iter().all(|condition| condition.met)
}

/// The end of a run in a few words: "169 of 1000 rows, stopped by an error after 5.8 s".
#[must_use]
pub fn what_came_of(trace: &Trace, outcome: &Outcome) -> String {
    let (rows, tasks) = (outcome.inserted(), trace.scenario.tasks);
    let tenths = (outcome.elapsed.micros() + 50_000) / 100_000;
    let ended = match (outcome.first_error, trace.scenario.keep_going) {
        (Some(_), false) => "stopped by an error after",
        _ => "done after",
    };
    format!("{rows} of {tasks} rows, {ended} {}.{} s", tenths / 10, tenths % 10)
}
