//! What must be true after every event of every run, checked on random scenarios.

use crate::random_scenario::any_scenario;
use lockstep_core::model::invariants::State;
use lockstep_core::model::run;
use lockstep_core::trace::{EventKind, Outcome, TaskId, Trace};
use proptest::prelude::*;

fn check_states(trace: &Trace) -> Result<(), TestCaseError> {
    let mut state = State::before(trace);
    for event in &trace.events {
        state.apply(event);
        prop_assert!(state.violations().is_empty(), "at {} after {:?}: violated: {:?}", event.at, event, state.violations());
    }
    Ok(())
}

fn check_counts(trace: &Trace) -> Result<(), TestCaseError> {
    let outcome = Outcome::of(trace);
    let commits = trace.events.iter().filter(|event| event.kind == EventKind::CommitIoEnds).count();
    if !trace.scenario.strategy.has_one_connection() {
        prop_assert_eq!(outcome.rows_in_file as usize, commits);
    }
    prop_assert!(outcome.inserted() <= outcome.rows_in_file && outcome.rows_in_file <= outcome.inserted() + 1 + outcome.errors);
    prop_assert_eq!(outcome.commit_order.len(), outcome.committed_at.len());
    let retries = trace.events.iter().filter(|event| event.kind == EventKind::Retry).count();
    prop_assert_eq!(outcome.retried as usize, retries);
    prop_assert!(retries as u64 <= u64::from(trace.scenario.tasks) * u64::from(trace.scenario.retries));
    prop_assert!(outcome.inserted() + outcome.errors <= trace.scenario.tasks);
    prop_assert!(outcome.committed_at.is_sorted());
    prop_assert!(outcome.elapsed <= outcome.trace_end);
    let stops = trace.events.iter().filter(|event| event.kind == EventKind::LoopStopped).count();
    prop_assert_eq!(stops, 1, "the loop stops exactly once");
    Ok(())
}

fn check_order(trace: &Trace) -> Result<(), TestCaseError> {
    prop_assert!(trace.events.is_sorted_by_key(|event| event.at), "events are in order of time");
    let stopped = trace.stopped_at();
    let needs_loop = |kind: &EventKind| {
        matches!(kind, EventKind::Resumed { .. } | EventKind::LoopIteration { .. } | EventKind::CallQueued { .. })
    };
    prop_assert!(
        !trace.events.iter().any(|event| event.at > stopped && needs_loop(&event.kind)),
        "nothing runs in a stopped loop"
    );
    let tasks = trace.events.iter().map(|event| event.task).max();
    prop_assert!(tasks <= Some(TaskId::new(trace.scenario.tasks)));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_run_keeps_the_invariants_and_has_consistent_counts_in_order_of_time(scenario in any_scenario()) {
        let trace = run(&scenario).expect("small enough");
        check_states(&trace)?;
        check_counts(&trace)?;
        check_order(&trace)?;
    }
}
