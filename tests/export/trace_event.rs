//! The Trace Event file of any run is valid and contains the run's holds and attempts.

use crate::rules::violations;
use crate::{QUERIES, run};
use lockstep_core::export::trace_event;
use lockstep_core::trace::{EventKind, Trace, TraceIndex};
use proptest::prelude::*;
use serde_json::Value;

fn file(trace: &Trace, index: &TraceIndex) -> String {
    trace_event::lines(trace, index).collect()
}

fn events(text: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text).expect("JSON");
    file["traceEvents"].as_array().expect("an array").clone()
}

#[test]
fn the_file_of_a_run_of_every_strategy_follows_the_rules() {
    for query in QUERIES {
        let (trace, index) = run(query);
        assert_eq!(violations(&file(&trace, &index)), Vec::<String>::new(), "{query}");
    }
}

#[test]
fn the_lock_has_its_own_track_with_every_hold_and_every_commit() {
    for query in QUERIES {
        let (trace, index) = run(query);
        let events = events(&file(&trace, &index));
        let lock_track = events.iter().find(|event| event["name"] == "thread_name" && event["args"]["name"] == "the lock");
        let tid = &lock_track.expect("a track for the lock")["tid"];
        let slices: Vec<_> = events.iter().filter(|event| event["ph"] == "X" && event["tid"] == *tid).collect();
        let commits = slices.iter().filter(|slice| slice["name"] == "commit").count();
        assert_eq!(slices.len() - commits, index.holds.len(), "{query}");
        assert_eq!(commits, index.holds.iter().filter(|hold| hold.commit_from.is_some()).count(), "{query}");
    }
}

#[test]
fn the_file_has_an_instant_for_each_attempt() {
    let (trace, index) = run(QUERIES[0]);
    let attempts = trace.events.iter().filter(|event| matches!(event.kind, EventKind::Attempt { .. })).count();
    let events = events(&file(&trace, &index));
    let instants = events.iter().filter(|event| event["ph"] == "i" && event["name"] == "attempt");
    assert_eq!(instants.count(), attempts);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_file_of_any_small_run_follows_the_rules(
        tasks in 1_u32..40, timeout in 0_u32..400, sleep in 0_u32..30, seed in any::<u32>(), retries in 0_u32..3,
        form in prop::sample::select(vec![
            "", "&journal=wal", "&strategy=semaphore&limit=3", "&strategy=shared-connection", "&read_first=1", "&begin=exclusive&keep_going=1",
        ]),
        machine in prop::sample::select(vec!["windows-laptop", "mac-laptop", "linux-vm"]),
    ) {
        let (timeout, sleep) = (f64::from(timeout) / 1e3, f64::from(sleep) / 1e3);
        let query = format!("tasks={tasks}&timeout={timeout}&sleep={sleep}&seed={seed}&retries={retries}&machine={machine}{form}");
        let (trace, index) = run(&query);
        prop_assert_eq!(violations(&file(&trace, &index)), Vec::<String>::new());
    }
}
