//! The generated Python programs: each form parses, and representative ones run and print what the
//! model says. Without Python or aiosqlite on this machine the tests are skipped.
//!
//! [`measuring`] tests the programs that measure a real run.

mod measuring;
mod python;

use lockstep_core::link;
use lockstep_core::model::run;
use lockstep_core::program::{Console, Source};
use lockstep_core::scenario::{Begin, Journal, Scenario, Strategy, Synchronous};
use lockstep_core::trace::TraceIndex;
use python::Python;
use std::collections::BTreeSet;

fn scenario(text: &str) -> Scenario {
    link::read_strictly(text, None).expect("a scenario")
}

/// One scenario for each combination of fields that changes the structure of the program.
fn all_forms() -> Vec<Scenario> {
    let mut forms = Vec::new();
    for (strategy, strategy_word) in Strategy::ALL {
        for (_, begin) in Begin::ALL {
            for (read_first, keep_going, retries) in (0..8).map(|bits| (bits & 1, bits >> 1 & 1, (bits >> 2) * 3)) {
                if read_first == 0 || !strategy.has_one_connection() {
                    forms.push(format!(
                        "strategy={strategy_word}&begin={begin}&read_first={read_first}&keep_going={keep_going}&retries={retries}"
                    ));
                }
            }
        }
        for ((_, journal), (_, synchronous)) in Journal::ALL.iter().zip(Synchronous::ALL.iter().cycle()) {
            forms.push(format!("strategy={strategy_word}&journal={journal}&synchronous={synchronous}&sleep=0.5&timeout=1.5"));
        }
    }
    forms.iter().map(|form| scenario(form)).collect()
}

#[test]
fn every_form_of_the_program_is_valid_python() {
    let Some(python) = Python::find() else { return };
    let programs: Vec<String> = all_forms().iter().map(|form| Source::of(form).text()).collect();
    assert!(programs.len() > 90);
    assert_eq!(python.parse(&programs), "");
}

#[test]
fn programs_insert_the_rows_and_print_the_lines_of_the_model() {
    let Some(python) = Python::find().filter(Python::has_aiosqlite) else { return };
    for text in [
        "tasks=8",
        "tasks=8&strategy=semaphore&limit=3",
        "tasks=8&strategy=semaphore&limit=2&begin=exclusive&retries=2&keep_going=1",
        "tasks=8&strategy=shared-connection&sleep=0.01",
        "tasks=8&strategy=shared-connection&keep_going=1&begin=immediate&journal=truncate",
        "tasks=8&strategy=single-transaction&sleep=0.01",
        "tasks=8&strategy=single-transaction&journal=wal&synchronous=normal",
        "tasks=8&begin=immediate&read_first=1",
        "tasks=8&begin=immediate&read_first=1&journal=wal",
        "tasks=4&read_first=1&retries=100&retry_pause=0.02",
        "tasks=8&journal=memory&synchronous=off&keep_going=1&sleep=0.01",
    ] {
        let scenario = scenario(text);
        let trace = run(&scenario).expect("a run within the limits");
        let index = TraceIndex::of(&trace);
        assert_eq!(index.outcome.rows_in_file, scenario.tasks, "{text}: all rows are inserted");
        let model_lines = Console::of(&trace, &index).lines(trace.end(), 0..usize::MAX).into_iter().map(|(line, _)| line);
        let result = python.run(&Source::of(&scenario).text());
        assert_eq!((result.rows, result.error.as_str()), (scenario.tasks, ""), "{text}");
        let (expected, printed): (BTreeSet<_>, BTreeSet<_>) = (model_lines.collect(), result.lines.into_iter().collect());
        assert_eq!(printed, expected, "{text}: the lines differ");
    }
}

#[test]
fn a_program_that_continues_after_errors_ends_with_one_row_per_printed_commit() {
    let Some(python) = Python::find().filter(Python::has_aiosqlite) else { return };
    for text in ["tasks=20&timeout=0&keep_going=1", "tasks=20&timeout=0&keep_going=1&retries=1&retry_pause=0&read_first=1"] {
        let result = python.run(&Source::of(&scenario(text)).text());
        let committed = result.lines.iter().filter(|line| line.starts_with("commit done")).count();
        assert_eq!((u32::try_from(committed), result.error.as_str()), (Ok(result.rows), ""), "{text}");
    }
}
