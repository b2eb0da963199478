//! What `lockstep-cli polls` prints.

use crate::program::{assert_refused, json_lines_of};

#[test]
fn every_poll_is_printed_in_order_of_wake_up_with_its_requested_sleep() {
    let [run] = &json_lines_of(&["polls", "tasks=20&timeout=1"])[..] else { panic!("not exactly one object") };
    let polls = run["polls"].as_array().expect("a list");
    let number = |poll: &serde_json::Value, index: usize| poll[index].as_u64().expect("a whole number");
    assert!(!polls.is_empty() && polls.is_sorted_by_key(|poll| number(poll, 3)));
    for poll in polls {
        let (requested, slept) = (number(poll, 1), number(poll, 3) - number(poll, 2));
        assert!((1..=20).contains(&number(poll, 0)) && requested <= slept, "{poll}");
    }
    assert_eq!(run["connected"].as_array().map(Vec::len), Some(20));
    assert_eq!(run["timeout"], 1.0);
}

#[test]
fn the_commits_are_those_of_simulate() {
    let scenario = "tasks=30&timeout=1&seed=3";
    let (polls, simulated) = (&json_lines_of(&["polls", scenario])[0], &json_lines_of(&["simulate", scenario])[0]);
    let commits = polls["committed"].as_array().expect("a list");
    let times: Vec<_> = commits.iter().map(|commit| commit[1].clone()).collect();
    assert_eq!((&times.into(), &polls["elapsed"]), (&simulated["committed_at"], &simulated["elapsed"]));
}

#[test]
fn an_invalid_scenario_is_refused() {
    assert_refused(&["polls", "tasks=0"], &["tasks", "1 to 10000"]);
}
