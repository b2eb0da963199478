//! What `lockstep-cli sweep` takes, prints and refuses.

use crate::program::{PROFILE, objects, refuses};
use serde_json::Value;

#[track_caller]
fn points(arguments: &[&str]) -> Vec<Value> {
    objects(&[&["sweep"], arguments].concat())
}

#[track_caller]
fn refused(arguments: &[&str], parts: &[&str]) {
    refuses(&[&["sweep"], arguments].concat(), parts);
}

#[test]
fn a_point_is_printed_for_each_value_with_the_scenario_as_used() {
    let points =
        points(&["--axis", "timeout", "--from", "0.5", "--to", "1.5", "--values", "3", "--seeds", "4", "tasks=30&seed=7"]);
    assert_eq!(points.iter().map(|point| point["value"].as_f64()).collect::<Vec<_>>(), [Some(0.5), Some(1.0), Some(1.5)]);
    for point in points {
        assert_eq!((&point["axis"], &point["timeout"]), (&"timeout".into(), &point["value"]));
        assert_eq!((&point["tasks"], &point["seed"], &point["runs"]), (&30.into(), &7.into(), &4.into()));
        for what in ["inserted", "elapsed"] {
            let of = |part: &str| point[format!("{what}_{part}")].as_f64().expect("a number");
            assert!(of("low") <= of("median") && of("median") <= of("high"), "{point}");
        }
        assert!((7..11).contains(&point["median_seed"].as_u64().expect("a seed")));
    }
}

#[test]
fn a_point_of_one_seed_is_the_run_that_simulate_prints() {
    for (axis, to, scenario) in
        [("tasks", "40", "machine=linux-vm&seed=5"), ("sleep", "0.1", "tasks=20"), ("commit_time", "0.03", "tasks=20")]
    {
        for point in points(&["--axis", axis, "--to", to, "--values", "3", "--seeds", "1", scenario]) {
            let run =
                &objects(&["simulate", &format!("{scenario}&{axis}={}", point["value"]).replace("tasks=20&tasks", "tasks")])[0];
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
fn a_profile_takes_the_place_of_the_machine() {
    let points = points(&["--axis", "tasks", "--to", "30", "--values", "2", "--seeds", "1", "--machine-profile", PROFILE]);
    assert!(points.len() == 2 && points.iter().all(|point| point["machine"] == "custom"), "{points:?}");
}

#[test]
fn what_cannot_be_swept_is_refused_with_what_is_allowed() {
    refused(&["tasks=5"], &["--axis"]);
    refused(&["--axis", "seed"], &["'seed'", "tasks, timeout, sleep, commit_time"]);
    refused(&["--axis", "tasks", "--from", "0"], &["--from", "tasks", "1 to 10000"]);
    refused(&["--axis", "sleep", "--to", "soon"], &["--to", "sleep", "0 to 60"]);
    refused(&["--axis", "sleep", "--from", "-1"], &["--from", "'-1'", "0 to 60"]);
    refused(&["--axis", "tasks", "--from", "30", "--to", "30"], &["--from", "30", "--to"]);
    refused(&["--axis", "tasks", "--values", "1"], &["--values", "2 to 40"]);
    refused(&["--axis", "tasks", "--seeds", "101"], &["--seeds", "1 to 100"]);
    refused(&["--axis", "tasks", "journal=floppy"], &["journal", "delete"]);
}

#[test]
fn a_value_whose_run_is_too_large_is_named() {
    let sweep = ["--axis", "tasks", "--from", "999", "--to", "1000", "--values", "2", "--seeds", "1"];
    refused(&[&sweep[..], &["timeout=600&sleep=60&retries=100"]].concat(), &["999 tasks", "too large"]);
}
