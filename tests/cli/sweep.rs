//! What `lockstep-cli sweep` accepts, prints and refuses.

use crate::program::{PROFILE, assert_refused, json_lines_of};
use serde_json::Value;

#[track_caller]
fn sweep(arguments: &[&str]) -> Vec<Value> {
    json_lines_of(&[&["sweep"], arguments].concat())
}

#[track_caller]
fn assert_sweep_refused(arguments: &[&str], parts: &[&str]) {
    assert_refused(&[&["sweep"], arguments].concat(), parts);
}

#[test]
fn one_point_is_printed_per_value_with_the_scenario_as_used() {
    let points =
        sweep(&["--axis", "timeout", "--from", "0.5", "--to", "1.5", "--values", "3", "--seeds", "4", "tasks=30&seed=7"]);
    assert_eq!(points.iter().map(|point| point["value"].as_f64()).collect::<Vec<_>>(), [Some(0.5), Some(1.0), Some(1.5)]);
    for point in points {
        assert_eq!((&point["axis"], &point["timeout"]), (&"timeout".into(), &point["value"]));
        assert_eq!((&point["tasks"], &point["seed"], &point["runs"]), (&30.into(), &7.into(), &4.into()));
        for name in ["inserted", "elapsed"] {
            let number = |part: &str| point[format!("{name}_{part}")].as_f64().expect("a number");
            assert!(number("low") <= number("median") && number("median") <= number("high"), "{point}");
        }
        assert!((7..11).contains(&point["median_seed"].as_u64().expect("a seed")));
    }
}

#[test]
fn a_point_of_one_seed_has_the_numbers_that_simulate_prints() {
    for (axis, to, scenario) in
        [("tasks", "40", "machine=linux-vm&seed=5"), ("sleep", "0.1", "tasks=20"), ("commit_time", "0.03", "tasks=20")]
    {
        for point in sweep(&["--axis", axis, "--to", to, "--values", "3", "--seeds", "1", scenario]) {
            let run = &json_lines_of(&[
                "simulate",
                &format!("{scenario}&{axis}={}", point["value"]).replace("tasks=20&tasks", "tasks"),
            ])[0];
            for name in ["inserted", "elapsed"] {
                for part in ["low", "median", "high"] {
                    assert_eq!(point[format!("{name}_{part}")], run[name], "{point}");
                }
            }
            assert_eq!((&point["median_seed"], &point["tasks"]), (&run["seed"], &run["tasks"]));
        }
    }
}

#[test]
fn a_profile_replaces_the_machine() {
    let points = sweep(&["--axis", "tasks", "--to", "30", "--values", "2", "--seeds", "1", "--machine-profile", PROFILE]);
    assert!(points.len() == 2 && points.iter().all(|point| point["machine"] == "custom"), "{points:?}");
}

#[test]
fn invalid_options_are_refused_with_the_allowed_values() {
    assert_sweep_refused(&["tasks=5"], &["--axis"]);
    assert_sweep_refused(&["--axis", "seed"], &["'seed'", "tasks, timeout, sleep, commit_time"]);
    assert_sweep_refused(&["--axis", "tasks", "--from", "0"], &["--from", "tasks", "1 to 10000"]);
    assert_sweep_refused(&["--axis", "sleep", "--to", "soon"], &["--to", "sleep", "0 to 60"]);
    assert_sweep_refused(&["--axis", "sleep", "--from", "-1"], &["--from", "'-1'", "0 to 60"]);
    assert_sweep_refused(&["--axis", "tasks", "--from", "30", "--to", "30"], &["--from", "30", "--to"]);
    assert_sweep_refused(&["--axis", "tasks", "--values", "1"], &["--values", "2 to 40"]);
    assert_sweep_refused(&["--axis", "tasks", "--seeds", "101"], &["--seeds", "1 to 100"]);
    assert_sweep_refused(&["--axis", "tasks", "journal=floppy"], &["journal", "delete"]);
}

#[test]
fn the_first_value_whose_run_is_too_large_is_named() {
    let sweep = ["--axis", "tasks", "--from", "999", "--to", "1000", "--values", "2", "--seeds", "1"];
    assert_sweep_refused(&[&sweep[..], &["timeout=600&sleep=60&retries=100"]].concat(), &["999 tasks", "too large"]);
}
