//! The files that measure a real run: each of them is Python, and what one of each form prints is what the page reads.

use crate::python::Python;
use crate::{all_forms, scenario};
use lockstep_core::own_machine::{Brought, MeasuredRun, read};
use lockstep_core::program::measuring;
use lockstep_core::scenario::Scenario;
use lockstep_core::time::SimDuration;
use serde_json::Value;
use std::collections::BTreeSet;

fn measured(python: &Python, scenario: &Scenario) -> (Value, MeasuredRun) {
    let printed = python.print(&measuring(scenario), &[]);
    let Ok(Brought::Runs(mut runs)) = read(&printed) else { panic!("{printed:.300}: {:?}", read(&printed)) };
    (serde_json::from_str(&printed).expect("JSON"), runs.remove(0))
}

fn runnable() -> Option<Python> {
    Python::find().filter(Python::has_aiosqlite)
}

#[test]
fn every_file_that_can_be_downloaded_is_python() {
    let Some(python) = Python::find() else { return };
    let files: Vec<String> = all_forms().iter().map(measuring).collect();
    assert_eq!(python.parse(&files), "");
}

#[test]
fn the_file_of_every_form_runs_and_the_page_reads_the_run_that_was_asked_for() {
    let Some(python) = runnable() else { return };
    for form in all_forms() {
        // Small and quick, so that all of them can run; who retries needs a little time to get through.
        let small = Scenario { tasks: 3, sleep: form.sleep.min(SimDuration::from_millis(1)), ..form };
        let (printed, run) = measured(&python, &small);
        assert!(run.is_of(&small), "{} instead of {small:?}", run.query());
        let [errors, rows] = ["errors", "inserted"].map(|name| printed[name].as_u64());
        assert_eq!(rows, u64::try_from(run.inserted()).ok());
        if !small.read_first && small.retries == 0 {
            assert_eq!((rows, errors), (Some(3), Some(0)), "{}: three tasks have time enough", run.query());
        }
    }
}

#[test]
fn the_first_error_ends_the_run_and_is_told_with_the_rows_before_it() {
    let Some(python) = runnable() else { return };
    let (printed, run) = measured(&python, &scenario("tasks=20&timeout=0.2&sleep=30"));
    let error = run.first_error_at.expect("nobody gets in beside a sleep of 30 s");
    assert_eq!((run.inserted(), printed["inserted_before_first_error"].as_u64()), (0, Some(0)));
    assert!(error <= run.elapsed && error.seconds() >= 0.2, "{error}");
}

#[test]
fn who_goes_on_after_errors_tells_of_each_task_once() {
    let Some(python) = runnable() else { return };
    let (printed, run) = measured(&python, &scenario("tasks=20&timeout=0.1&sleep=0.1&keep_going=1&retries=1&retry_pause=0"));
    let errors = printed["errors"].as_u64().expect("a count");
    assert_eq!(errors + run.inserted() as u64, 20);
    assert!(printed["retried"].as_u64() >= Some(errors));
}

#[test]
fn a_shared_connections_rows_are_in_when_the_first_commit_after_them_returns() {
    let Some(python) = runnable() else { return };
    let (printed, run) = measured(&python, &scenario("tasks=8&strategy=single-transaction&sleep=0.05"));
    assert!(run.inserted() == 8 && run.committed_at.iter().all(|at| *at == run.committed_at[0]), "one COMMIT: {printed}");
    let (printed, run) = measured(&python, &scenario("tasks=8&strategy=shared-connection&sleep=0.05"));
    let mut order: Vec<u64> = printed["commit_order"].as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
    order.sort_unstable();
    assert_eq!((order, run.inserted()), ((1..=8).collect(), 8), "each row once");
}

#[test]
fn the_file_prints_the_fields_of_the_measuring_script_of_the_project() {
    let Some(python) = runnable() else { return };
    let keys = |text: &str| {
        let Ok(Value::Object(fields)) = serde_json::from_str(text) else { panic!("{text:.200} is an object") };
        fields.into_iter().map(|(name, _)| name).collect::<BTreeSet<_>>()
    };
    let script = include_str!("../../calibrate/real_run.py");
    let theirs = keys(&python.print(script, &["--tasks", "3"]));
    assert_eq!(keys(&python.print(&measuring(&scenario("tasks=3")), &[])), theirs);
}
