//! The Trace Event file of any run keeps the format's rules and says what the run did.

use crate::rules::broken;
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
fn the_file_of_a_run_of_every_form_keeps_the_rules() {
    for query in QUERIES {
        let (trace, index) = run(query);
        assert_eq!(broken(&file(&trace, &index)), Vec::<String>::new(), "{query}");
    }
}

#[test]
fn the_lock_has_a_track_of_its_own_with_every_hold_and_every_commit_on_it() {
    for query in QUERIES {
        let (trace, index) = run(query);
        let events = events(&file(&trace, &index));
        let lock = events.iter().find(|event| event["name"] == "thread_name" && event["args"]["name"] == "the lock");
        let tid = &lock.expect("a name")["tid"];
        let slices: Vec<_> = events.iter().filter(|event| event["ph"] == "X" && event["tid"] == *tid).collect();
        let commits = slices.iter().filter(|slice| slice["name"] == "commit").count();
        assert_eq!(slices.len() - commits, index.holds.len(), "{query}");
        assert_eq!(commits, index.holds.iter().filter(|hold| hold.commit_from.is_some()).count(), "{query}");
    }
}

#[test]
fn every_poll_of_the_run_is_an_instant_on_its_tasks_thread() {
    let (trace, index) = run(QUERIES[0]);
    let polls = trace.events.iter().filter(|event| matches!(event.kind, EventKind::Attempt { .. })).count();
    let events = events(&file(&trace, &index));
    let threads = events.iter().filter(|event| event["ph"] == "i" && event["name"] == "attempt");
    assert_eq!(threads.count(), polls);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_file_of_any_small_run_keeps_the_rules(
        tasks in 1_u32..40, timeout in 0_u32..400, sleep in 0_u32..30, seed in any::<u32>(), retries in 0_u32..3,
        form in prop::sample::select(vec!["", "&journal=wal", "&strategy=semaphore&limit=3", "&strategy=shared-connection", "&read_first=1", "&begin=exclusive&keep_going=1"]),
        machine in prop::sample::select(vec!["windows-laptop", "mac-laptop", "linux-vm"]),
    ) {
        let query = format!("tasks={tasks}&timeout={}&sleep={}&seed={seed}&retries={retries}&machine={machine}{form}", f64::from(timeout) / 1e3, f64::from(sleep) / 1e3);
        let (trace, index) = run(&query);
        prop_assert_eq!(broken(&file(&trace, &index)), Vec::<String>::new());
    }
}
