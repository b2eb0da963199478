//! The programs that measure a real run: each form is valid Python, and the page can read what it
//! prints.

use crate::python::Python;
use crate::{all_forms, scenario};
use lockstep_core::own_machine::{Imported, MeasuredRun, read};
use lockstep_core::program::measuring_program;
use lockstep_core::scenario::Scenario;
use lockstep_core::time::SimDuration;
use serde_json::Value;
use std::collections::BTreeSet;

/// Runs the measuring program of `scenario`. Returns its output as JSON and as the page reads it.
fn measure(python: &Python, scenario: &Scenario) -> (Value, MeasuredRun) {
    let printed = python.stdout_of(&measuring_program(scenario), &[]);
    let Ok(Imported::Runs(mut runs)) = read(&printed) else { panic!("{printed:.300}: {:?}", read(&printed)) };
    (serde_json::from_str(&printed).expect("JSON"), runs.remove(0))
}

/// Python with aiosqlite, if this machine has both.
fn python_with_aiosqlite() -> Option<Python> {
    Python::find().filter(Python::has_aiosqlite)
}

#[test]
fn every_form_of_the_measuring_program_is_valid_python() {
    let Some(python) = Python::find() else { return };
    let programs: Vec<String> = all_forms().iter().map(measuring_program).collect();
    assert_eq!(python.parse(&programs), "");
}

#[test]
fn the_page_reads_the_requested_run_from_the_output_of_every_form() {
    let Some(python) = python_with_aiosqlite() else { return };
    for form in all_forms() {
        // Few tasks and short sleeps, so that all forms can run in a test.
        let small = Scenario { tasks: 3, sleep: form.sleep.min(SimDuration::from_millis(1)), ..form };
        let (printed, run) = measure(&python, &small);
        assert!(run.has_program_of(&small), "the output is of {} instead of {small:?}", run.query());
        let [errors, rows] = ["errors", "inserted"].map(|name| printed[name].as_u64());
        assert_eq!(rows, u64::try_from(run.inserted()).ok());
        if !small.read_first && small.retries == 0 {
            assert_eq!((rows, errors), (Some(3), Some(0)), "{}: all three tasks insert their rows", run.query());
        }
    }
}

#[test]
fn the_first_error_ends_the_run_and_is_printed_with_the_rows_before_it() {
    let Some(python) = python_with_aiosqlite() else { return };
    let (printed, run) = measure(&python, &scenario("tasks=20&timeout=0.2&sleep=30"));
    let error = run.first_error_at.expect("the other tasks fail during a sleep of 30 s");
    assert_eq!((run.inserted(), printed["inserted_before_first_error"].as_u64()), (0, Some(0)));
    assert!(error <= run.elapsed && error.seconds() >= 0.2, "{error}");
}

#[test]
fn with_keep_going_each_task_counts_once_as_a_row_or_an_error() {
    let Some(python) = python_with_aiosqlite() else { return };
    let (printed, run) = measure(&python, &scenario("tasks=20&timeout=0.1&sleep=0.1&keep_going=1&retries=1&retry_pause=0"));
    let errors = printed["errors"].as_u64().expect("a count");
    assert_eq!(errors + run.inserted() as u64, 20);
    assert!(printed["retried"].as_u64() >= Some(errors));
}

#[test]
fn rows_of_a_shared_connection_count_as_committed_at_the_next_commit() {
    let Some(python) = python_with_aiosqlite() else { return };
    let (printed, run) = measure(&python, &scenario("tasks=8&strategy=single-transaction&sleep=0.05"));
    assert!(run.inserted() == 8 && run.committed_at.iter().all(|at| *at == run.committed_at[0]), "one COMMIT: {printed}");
    let (printed, run) = measure(&python, &scenario("tasks=8&strategy=shared-connection&sleep=0.05"));
    let mut order: Vec<u64> = printed["commit_order"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
    order.sort_unstable();
    assert_eq!((order, run.inserted()), ((1..=8).collect(), 8), "each row once");
}

#[test]
fn the_program_prints_the_same_fields_as_calibrate_real_run_py() {
    let Some(python) = python_with_aiosqlite() else { return };
    let keys = |text: &str| {
        let Ok(Value::Object(fields)) = serde_json::from_str(text) else { panic!("not an object: {text:.200}") };
        fields.into_iter().map(|(name, _)| name).collect::<BTreeSet<_>>()
    };
    let script = include_str!("../../calibrate/real_run.py");
    let script_keys = keys(&python.stdout_of(script, &["--tasks", "3"]));
    assert_eq!(keys(&python.stdout_of(&measuring_program(&scenario("tasks=3")), &[])), script_keys);
}
