//! What `lockstep-cli polls` prints.

use crate::program::{objects, refuses};

#[test]
fn every_poll_is_printed_in_order_of_waking_with_what_it_asked_for() {
    let [run] = &objects(&["polls", "tasks=20&timeout=1"])[..] else { panic!("one object") };
    let polls = run["polls"].as_array().expect("a list");
    let number = |poll: &serde_json::Value, place: usize| poll[place].as_u64().expect("a whole number");
    assert!(!polls.is_empty() && polls.is_sorted_by_key(|poll| number(poll, 3)));
    for poll in polls {
        let (asked, slept) = (number(poll, 1), number(poll, 3) - number(poll, 2));
        assert!((1..=20).contains(&number(poll, 0)) && asked <= slept, "{poll}");
    }
    assert_eq!(run["connected"].as_array().map(Vec::len), Some(20));
    assert_eq!(run["timeout"], 1.0);
}

#[test]
fn the_commits_are_those_of_simulate() {
    let scenario = "tasks=30&timeout=1&seed=3";
    let (polls, simulated) = (&objects(&["polls", scenario])[0], &objects(&["simulate", scenario])[0]);
    let commits = polls["committed"].as_array().expect("a list");
    let times: Vec<_> = commits.iter().map(|commit| commit[1].clone()).collect();
    assert_eq!((&times.into(), &polls["elapsed"]), (&simulated["committed_at"], &simulated["elapsed"]));
}

#[test]
fn a_scenario_that_cannot_be_is_refused() {
    refuses(&["polls", "tasks=0"], &["tasks", "1 to 10000"]);
}
