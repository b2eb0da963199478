//! The generated Python programs, for real: every one of them parses, and those of each form run, where this machine has Python and
//! aiosqlite, and do and print what the model says.
//!
//! [`measuring`] does so with the files that measure a real run.

mod measuring;
mod python;

use lockstep_core::model::run;
use lockstep_core::program::{Console, Source};
use lockstep_core::scenario::{Begin, Journal, Scenario, Strategy, Synchronous, query};
use lockstep_core::trace::TraceIndex;
use python::Python;
use std::collections::BTreeSet;

fn scenario(text: &str) -> Scenario {
    query::read_strictly(text, None).expect("a scenario")
}

/// One scenario for each way in which fields of the program can stand beside each other.
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
fn every_program_that_can_be_written_is_python() {
    let Some(python) = Python::find() else { return };
    let programs: Vec<String> = all_forms().iter().map(|form| Source::of(form).text()).collect();
    assert!(programs.len() > 90);
    assert_eq!(python.parse(&programs), "");
}

#[test]
fn a_program_of_each_form_runs_and_does_and_prints_what_the_model_says() {
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
        let trace = run(&scenario).expect("fits");
        let index = TraceIndex::of(&trace);
        assert_eq!(index.outcome.rows_in_file, scenario.tasks, "{text}: all get in");
        let ours = Console::of(&trace, &index).lines(trace.end(), 0..usize::MAX).into_iter().map(|(line, _)| line);
        let ran = python.run(&Source::of(&scenario).text());
        assert_eq!((ran.rows, ran.error.as_str()), (scenario.tasks, ""), "{text}");
        let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (ours.collect(), ran.lines.into_iter().collect());
        assert_eq!(theirs, ours, "{text}: the same lines, in whatever order");
    }
}

#[test]
fn a_program_that_goes_on_after_errors_ends_by_itself_with_a_row_for_each_commit_that_it_printed() {
    let Some(python) = Python::find().filter(Python::has_aiosqlite) else { return };
    for text in ["tasks=20&timeout=0&keep_going=1", "tasks=20&timeout=0&keep_going=1&retries=1&retry_pause=0&read_first=1"] {
        let ran = python.run(&Source::of(&scenario(text)).text());
        let committed = ran.lines.iter().filter(|line| line.starts_with("commit done")).count();
        assert_eq!((u32::try_from(committed), ran.error.as_str()), (Ok(ran.rows), ""), "{text}");
    }
}
