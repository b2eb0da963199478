//! The page's sentences that depend on a run, as plain text, so that they can be tested.

pub mod difference;
pub mod task;

pub use crate::text::{counted, noun_for};

use crate::decimal::fixed;
use crate::scenario::{Field, MachineChoice, Scenario, Strategy};
use crate::time::SimTime;
use crate::trace::Outcome;

/// Tasks above which the real program meets the usual limit on open files (fact 1.6).
pub const MOST_TASKS_WITHOUT_A_HIGHER_LIMIT: u32 = 1000;

/// `1 row`, `165 rows`, `no rows`.
#[must_use]
pub fn rows(count: u32) -> String {
    if count == 0 { "no rows".to_owned() } else { counted(count, "row") }
}

/// A moment to a tenth of a second, as a sentence gives it.
#[must_use]
pub fn about(time: SimTime) -> String {
    format!("{} s", fixed(time.seconds(), 1))
}

/// What follows the number of rows in the result's sentence: "rows got in. At 5.9 s task 412 gave up: database is locked."
#[must_use]
pub fn result_after_the_number(scenario: &Scenario, outcome: &Outcome) -> String {
    format!("{} got in. {}", noun_for(outcome.inserted(), "row"), ending(scenario, outcome))
}

fn ending(scenario: &Scenario, outcome: &Outcome) -> String {
    match outcome.first_error {
        None => format!("Nobody gave up; it took {}.", about(outcome.elapsed)),
        Some(error) if scenario.keep_going && outcome.errors > 1 => {
            format!("{} tasks gave up, task {} first, at {}: database is locked.", outcome.errors, error.task, about(error.at))
        }
        Some(error) => format!("At {} task {} gave up: database is locked.", about(error.at), error.task),
    }
}

/// What a listener is told while the run plays: the first error, then the end, and nothing else.
#[must_use]
pub fn milestone(scenario: &Scenario, outcome: &Outcome, now: SimTime, end: SimTime) -> String {
    match outcome.first_error {
        _ if now >= end => format!("End of the run: {}.", rows(outcome.inserted())),
        Some(error) if now >= error.at => ending(scenario, outcome),
        _ => String::new(),
    }
}

/// The guess beside the result: how near it was, if it was for this run.
#[must_use]
pub fn guessed(guess: u32, inserted: u32, of_this: bool) -> String {
    if !of_this {
        return format!("You guessed {guess} for another run.");
    }
    match guess.abs_diff(inserted) {
        0 => format!("You guessed {guess}: exactly right."),
        off if off * 10 <= inserted.max(10) => format!("You guessed {guess}: close."),
        _ => format!("You guessed {guess}."),
    }
}

/// A strategy's name in the list.
#[must_use]
pub const fn strategy_name(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::ConnectionPerTask => "A connection per task (asker)",
        Strategy::Semaphore => "A connection per task, behind a semaphore",
        Strategy::SharedConnection => "One connection for all tasks",
        Strategy::SingleTransaction => "One task, one transaction (answerer)",
    }
}

/// A machine's name in the list.
#[must_use]
pub const fn machine_name(machine: MachineChoice) -> &'static str {
    match machine {
        MachineChoice::WindowsLaptop => "Windows laptop (asker)",
        MachineChoice::MacLaptop => "Mac laptop (answerer)",
        MachineChoice::LinuxVm => "Linux machine",
        MachineChoice::Custom => "Your own",
    }
}

/// What the page calls a word of a field, where it does not write the word itself.
#[must_use]
pub fn value_name(field: Field, word: &str) -> Option<&'static str> {
    match field {
        Field::Strategy => Strategy::from_word(word).map(strategy_name),
        Field::Machine => MachineChoice::from_word(word).map(machine_name),
        _ => None,
    }
}

/// Where a machine's numbers come from, in a line.
#[must_use]
pub const fn machine_origin(machine: MachineChoice) -> &'static str {
    match machine {
        MachineChoice::WindowsLaptop => "A hypothesis, not measured on Windows.",
        MachineChoice::MacLaptop => "A hypothesis, not measured on a Mac.",
        MachineChoice::LinuxVm => "Measured on a 2-core Linux virtual machine.",
        MachineChoice::Custom => "Measured by you.",
    }
}

/// What a machine is like.
#[must_use]
pub const fn machine_description(machine: MachineChoice) -> &'static str {
    match machine {
        MachineChoice::WindowsLaptop => {
            "Windows laptop: every sleep ends on a tick of a 15.6 ms timer, as Windows\u{2019} default timer has it, and a COMMIT takes \
             between one and two ticks. The second is fitted to the one number in the question."
        }
        MachineChoice::MacLaptop => {
            "Mac laptop: the system gathers timers coarsely, so that waiters soon wake in a few bunches. How coarsely is fitted \
             to the one number in the answer. It assumes a raised limit of open files: the usual 256 ends the program at connection 251."
        }
        MachineChoice::LinuxVm => {
            "Linux machine: CPython 3.11, aiosqlite 0.22, SQLite 3.40, timers with 50 \u{b5}s of slack, 0.7 ms for a COMMIT. Its program \
             prints nothing while it is measured."
        }
        MachineChoice::Custom => "Your own machine, as its profile describes it.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::outcome::FirstError;
    use crate::trace::{Statement, TaskId};

    fn outcome(inserted: usize, error_at: Option<u64>) -> Outcome {
        let first_error = error_at.map(|at| FirstError {
            at: SimTime::from_micros(at),
            task: TaskId::new(412),
            statement: Statement::Insert,
            inserted_before: 0,
        });
        Outcome {
            committed_at: vec![SimTime::ZERO; inserted],
            commit_order: Vec::new(),
            rows_in_file: 0,
            errors: u32::from(first_error.is_some()),
            retried: 0,
            first_error,
            elapsed: SimTime::from_micros(3_640_000),
            first_connected_at: None,
            last_connected_at: None,
            first_executed_at: None,
            would_hang: false,
            polls: 0,
            trace_end: SimTime::ZERO,
        }
    }

    #[test]
    fn the_result_names_the_moment_and_the_task_that_gave_up() {
        let text = result_after_the_number(&Scenario::default(), &outcome(165, Some(5_921_000)));
        assert_eq!(text, "rows got in. At 5.9 s task 412 gave up: database is locked.");
    }

    #[test]
    fn one_row_is_a_row_and_a_run_without_an_error_says_how_long_it_took() {
        assert_eq!(
            result_after_the_number(&Scenario::default(), &outcome(1, None)),
            "row got in. Nobody gave up; it took 3.6 s."
        );
    }

    #[test]
    fn a_listener_hears_nothing_before_the_first_error_and_the_end_last() {
        let (scenario, outcome) = (Scenario::default(), outcome(165, Some(5_921_000)));
        let heard = |micros| milestone(&scenario, &outcome, SimTime::from_micros(micros), SimTime::from_micros(6_400_000));
        assert_eq!(heard(5_900_000), "");
        assert!(heard(5_921_000).contains("task 412"));
        assert_eq!(heard(6_400_000), "End of the run: 165 rows.");
    }

    #[test]
    fn a_guess_is_called_close_within_a_tenth() {
        assert_eq!(guessed(1000, 165, true), "You guessed 1000.");
        assert_eq!(guessed(160, 165, true), "You guessed 160: close.");
        assert_eq!(guessed(0, 0, true), "You guessed 0: exactly right.");
        assert_eq!(guessed(165, 165, false), "You guessed 165 for another run.");
    }
}
