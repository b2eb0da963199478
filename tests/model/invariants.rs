//! What must be true after every event of every run, checked on random scenarios.

use lockstep_core::model::invariants::State;
use lockstep_core::model::run;
use lockstep_core::scenario::{self, Begin, Journal, MachineChoice, Scenario, Synchronous};
use lockstep_core::time::SimDuration;
use lockstep_core::trace::{EventKind, Outcome, TaskId, Trace};
use proptest::prelude::*;

fn any_scenario() -> impl Strategy<Value = Scenario> {
    let machine = prop_oneof![Just(MachineChoice::WindowsLaptop), Just(MachineChoice::LinuxVm)];
    let journal = proptest::sample::select(Journal::ALL).prop_map(|(journal, _)| journal);
    let synchronous = proptest::sample::select(Synchronous::ALL).prop_map(|(synchronous, _)| synchronous);
    let sleep = prop_oneof![Just(0), 0..500_000_u64];
    let plain = (1..150_u32, 0..3000_u64, sleep, journal, synchronous, any::<bool>(), machine, any::<u32>());
    (plain, any_variant()).prop_map(|((tasks, timeout, sleep, journal, synchronous, keep_going, machine, seed), variant)| {
        Scenario {
            tasks,
            timeout: SimDuration::from_millis(timeout),
            sleep: SimDuration::from_micros(sleep),
            journal,
            synchronous,
            keep_going,
            machine,
            seed,
            ..variant
        }
    })
}

/// The strategy, the kind of BEGIN and the retries, in combinations that are allowed.
fn any_variant() -> impl Strategy<Value = Scenario> {
    let strategy = proptest::sample::select(scenario::Strategy::ALL).prop_map(|(strategy, _)| strategy);
    let begin = proptest::sample::select(Begin::ALL).prop_map(|(begin, _)| begin);
    (strategy, 1..200_u32, begin, any::<bool>(), prop_oneof![Just(0), 0..5_u32], 0..100_000_u64).prop_map(
        |(strategy, limit, begin, read_first, retries, pause)| Scenario {
            strategy,
            limit,
            begin,
            read_first: read_first && !strategy.has_one_connection(),
            retries,
            retry_pause: SimDuration::from_micros(pause),
            ..Scenario::default()
        },
    )
}

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
