//! The page's sentences about a run, as plain text.

pub mod difference;
pub mod task;

pub use crate::text::{counted, noun_for};

use crate::decimal::fixed;
use crate::scenario::{Field, MachineChoice, Scenario, Strategy};
use crate::time::SimTime;
use crate::trace::Outcome;

/// Above this number of tasks, the real program exceeds the default limit on open files (fact 1.6).
pub const MAX_TASKS_AT_DEFAULT_FILE_LIMIT: u32 = 1000;

/// `1 row`, `165 rows`, `no rows`.
#[must_use]
pub fn rows(count: u32) -> String {
    if count == 0 { "no rows".to_owned() } else { counted(count, "row") }
}

/// A time for a sentence, to a tenth of a second.
#[must_use]
pub fn about(time: SimTime) -> String {
    format!("{} s", fixed(time.seconds(), 1))
}

/// The text after the number of rows in the result: "rows got in. At 5.9 s task 412 failed:
/// database is locked."
#[must_use]
pub fn result_after_count(scenario: &Scenario, outcome: &Outcome) -> String {
    format!("{} got in. {}", noun_for(outcome.inserted(), "row"), ending(scenario, outcome))
}

fn ending(scenario: &Scenario, outcome: &Outcome) -> String {
    match outcome.first_error {
        None => format!("All tasks finished in {}.", about(outcome.elapsed)),
        Some(error) if scenario.keep_going && outcome.errors > 1 => {
            format!("{} tasks failed, task {} first, at {}: database is locked.", outcome.errors, error.task, about(error.at))
        }
        Some(error) => format!("At {} task {} failed: database is locked.", about(error.at), error.task),
    }
}

/// The announcement for screen readers during playback: the first error, then the end of the run.
#[must_use]
pub fn milestone(scenario: &Scenario, outcome: &Outcome, now: SimTime, end: SimTime) -> String {
    match outcome.first_error {
        _ if now >= end => format!("End of the run: {}.", rows(outcome.inserted())),
        Some(error) if now >= error.at => ending(scenario, outcome),
        _ => String::new(),
    }
}

/// The comparison of the user's guess with the result, if the guess was for this run.
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

/// The name of a strategy in the list.
#[must_use]
pub const fn strategy_name(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::ConnectionPerTask => "A connection per task (asker)",
        Strategy::Semaphore => "A connection per task, behind a semaphore",
        Strategy::SharedConnection => "One connection for all tasks",
        Strategy::SingleTransaction => "One task, one transaction (answerer)",
    }
}

/// The name of a machine in the list.
#[must_use]
pub const fn machine_name(machine: MachineChoice) -> &'static str {
    match machine {
        MachineChoice::WindowsLaptop => "Windows laptop (asker)",
        MachineChoice::MacLaptop => "Mac laptop (answerer)",
        MachineChoice::LinuxVm => "Linux machine",
        MachineChoice::Custom => "Your own",
    }
}

/// The name of a value on the page; `None` if the page shows the value itself.
#[must_use]
pub fn value_name(field: Field, word: &str) -> Option<&'static str> {
    match field {
        Field::Strategy => Strategy::from_word(word).map(strategy_name),
        Field::Machine => MachineChoice::from_word(word).map(machine_name),
        _ => None,
    }
}

/// The origin of a machine's numbers, in a sentence.
#[must_use]
pub const fn machine_origin(machine: MachineChoice) -> &'static str {
    match machine {
        MachineChoice::WindowsLaptop => "A hypothesis, not measured on Windows.",
        MachineChoice::MacLaptop => "A hypothesis, not measured on a Mac.",
        MachineChoice::LinuxVm => "Measured on a 2-core Linux virtual machine.",
        MachineChoice::Custom => "Measured by you.",
    }
}

/// The description of a machine.
#[must_use]
pub const fn machine_description(machine: MachineChoice) -> &'static str {
    match machine {
        MachineChoice::WindowsLaptop => {
            "Windows laptop: every sleep ends on a tick of Windows\u{2019} default timer, 15.6 ms apart, and a COMMIT takes \
             between one and two ticks. The time of a COMMIT is fitted to the one number in the question."
        }
        MachineChoice::MacLaptop => {
            "Mac laptop: the system fires timers in groups, so waiters soon wake in a few bunches. The size of the groups is fitted \
             to the one number in the answer. It assumes a raised limit on open files: with the default of 256 the program ends at connection 251."
        }
        MachineChoice::LinuxVm => {
            "Linux machine: CPython 3.11, aiosqlite 0.22, SQLite 3.40, timers with 50 \u{b5}s of slack, 0.7 ms for a COMMIT. The measured \
             program printed nothing."
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
    fn the_result_names_the_time_and_the_task_that_failed() {
        let text = result_after_count(&Scenario::default(), &outcome(165, Some(5_921_000)));
        assert_eq!(text, "rows got in. At 5.9 s task 412 failed: database is locked.");
    }

    #[test]
    fn one_row_is_singular_and_a_run_without_errors_says_how_long_it_took() {
        assert_eq!(result_after_count(&Scenario::default(), &outcome(1, None)), "row got in. All tasks finished in 3.6 s.");
    }

    #[test]
    fn only_the_first_error_and_the_end_are_announced() {
        let (scenario, outcome) = (Scenario::default(), outcome(165, Some(5_921_000)));
        let announced = |micros| milestone(&scenario, &outcome, SimTime::from_micros(micros), SimTime::from_micros(6_400_000));
        assert_eq!(announced(5_900_000), "");
        assert!(announced(5_921_000).contains("task 412"));
        assert_eq!(announced(6_400_000), "End of the run: 165 rows.");
    }

    #[test]
    fn a_guess_within_ten_percent_is_close() {
        assert_eq!(guessed(1000, 165, true), "You guessed 1000.");
        assert_eq!(guessed(160, 165, true), "You guessed 160: close.");
        assert_eq!(guessed(0, 0, true), "You guessed 0: exactly right.");
        assert_eq!(guessed(165, 165, false), "You guessed 165 for another run.");
    }
}
