//! What must hold at every event of any run, checked on random scenarios.

use lockstep::model::run;
use lockstep::scenario::{Journal, MachineChoice, Scenario, Synchronous};
use lockstep::time::{SimDuration, SimTime};
use lockstep::trace::{EventKind, Lock, Outcome, TaskId, Trace};
use proptest::prelude::*;

fn scenarios() -> impl Strategy<Value = Scenario> {
    let machine = prop_oneof![Just(MachineChoice::WindowsLaptop), Just(MachineChoice::LinuxVm)];
    let journal = proptest::sample::select(Journal::ALL).prop_map(|(journal, _)| journal);
    let synchronous = proptest::sample::select(Synchronous::ALL).prop_map(|(synchronous, _)| synchronous);
    (1..150_u32, 0..3000_u64, prop_oneof![Just(0), 0..500_000_u64], journal, synchronous, any::<bool>(), machine, any::<u32>())
        .prop_map(|(tasks, timeout, sleep, journal, synchronous, keep_going, machine, seed)| Scenario {
            tasks,
            timeout: SimDuration::from_millis(timeout),
            sleep: SimDuration::from_micros(sleep),
            journal,
            synchronous,
            keep_going,
            machine,
            seed,
            ..Scenario::default()
        })
}

/// The lock of each task's connection, and who holds it while asleep in the busy handler.
struct Watch {
    locks: Vec<Lock>,
    asleep_until: Vec<SimTime>,
}

fn check_locks(trace: &Trace) -> Result<(), TestCaseError> {
    let tasks = trace.scenario.tasks as usize;
    let mut watch = Watch { locks: vec![Lock::Unlocked; tasks], asleep_until: vec![SimTime::ZERO; tasks] };
    for event in &trace.events {
        let Some(index) = event.task.index() else { continue };
        match event.kind {
            EventKind::Lock { from, to } => {
                prop_assert_eq!(watch.locks[index], from);
                watch.locks[index] = to;
                let writers = watch.locks.iter().filter(|lock| lock.keeps_writers_out()).count();
                prop_assert!(writers <= 1, "{} connections keep writers out at {}", writers, event.at);
            }
            EventKind::Backoff { .. } => {
                prop_assert_eq!(watch.locks[index], Lock::Unlocked, "task {} sleeps with a lock", event.task);
                watch.asleep_until[index] = event.wakes().unwrap_or(event.at);
            }
            EventKind::Attempt { .. } => {
                prop_assert!(event.at >= watch.asleep_until[index], "task {} asks in its sleep", event.task);
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_counts(trace: &Trace) -> Result<(), TestCaseError> {
    let outcome = Outcome::of(trace);
    let commits = trace.events.iter().filter(|event| event.kind == EventKind::CommitIoEnds).count();
    prop_assert_eq!(outcome.rows_in_file as usize, commits);
    prop_assert!(outcome.inserted() <= outcome.rows_in_file && outcome.rows_in_file <= outcome.inserted() + 1 + outcome.errors);
    prop_assert!(outcome.inserted() + outcome.errors <= trace.scenario.tasks);
    prop_assert!(outcome.committed_at.is_sorted());
    prop_assert!(outcome.elapsed <= outcome.trace_end);
    let stops = trace.events.iter().filter(|event| event.kind == EventKind::LoopStopped).count();
    prop_assert_eq!(stops, 1, "the loop stops once");
    Ok(())
}

fn check_order(trace: &Trace) -> Result<(), TestCaseError> {
    prop_assert!(trace.events.is_sorted_by_key(|event| event.at), "in order of time");
    let stopped = trace.stopped_at();
    let loops =
        |kind: &EventKind| matches!(kind, EventKind::Resumed { .. } | EventKind::LoopPass { .. } | EventKind::CallQueued { .. });
    prop_assert!(!trace.events.iter().any(|event| event.at > stopped && loops(&event.kind)), "nothing runs in a stopped loop");
    let tasks = trace.events.iter().map(|event| event.task).max();
    prop_assert!(tasks <= Some(TaskId::new(trace.scenario.tasks)));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn locks_counts_and_order_hold_in_any_run(scenario in scenarios()) {
        let trace = run(&scenario).expect("small enough");
        check_locks(&trace)?;
        check_counts(&trace)?;
        check_order(&trace)?;
    }
}
