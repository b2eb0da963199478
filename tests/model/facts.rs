//! Facts that must be visible in a run (docs/facts.md, 12.7 and the ones cited below).

use lockstep_core::link;
use lockstep_core::model::database::{Answer, ConnectionId, Database, ResultCode};
use lockstep_core::model::{run, run_on};
use lockstep_core::scenario::Scenario;
use lockstep_core::time::{SimDuration, SimTime};
use lockstep_core::trace::{Call, Event, EventKind, Lock, Outcome, Statement, TaskId, Trace};
use std::collections::BTreeMap;

fn trace(text: &str) -> Trace {
    run(&link::read_strictly(text, None).expect("a scenario")).expect("a run that fits")
}

fn outcome(text: &str) -> Outcome {
    Outcome::of(&trace(text))
}

fn events_of(trace: &Trace, task: TaskId) -> impl Iterator<Item = &Event> {
    trace.events.iter().filter(move |event| event.task == task)
}

/// Time of the first event whose kind matches.
fn first(trace: &Trace, matches: impl Fn(&EventKind) -> bool) -> Option<SimTime> {
    trace.events.iter().find(|event| matches(&event.kind)).map(|event| event.at)
}

#[test]
fn no_insert_is_queued_before_the_third_iteration_of_the_loop() {
    for machine in ["windows-laptop", "linux-vm"] {
        let trace = trace(&format!("tasks=300&machine={machine}"));
        let third = first(&trace, |kind| matches!(kind, EventKind::LoopIteration { number: 3, .. })).expect("a third iteration");
        let queued = first(&trace, |kind| *kind == EventKind::CallQueued { call: Call::Execute }).expect("an INSERT");
        assert!(queued > third, "{machine}: queued at {queued}, third iteration at {third}");
    }
}

#[test]
fn the_first_iteration_runs_every_first_step_and_the_second_one_the_callbacks_added_meanwhile() {
    let trace = trace("tasks=300&machine=linux-vm");
    let ntodo: Vec<u32> = trace
        .events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::LoopIteration { ntodo, .. } => Some(ntodo),
            _ => None,
        })
        .take(2)
        .collect();
    assert_eq!(ntodo[0], 300);
    assert!((250..=300).contains(&ntodo[1]), "nearly all connects have returned by then: {}", ntodo[1]);
}

#[test]
fn with_a_timeout_of_1_s_a_failing_insert_has_polled_20_times_and_requested_1_s_of_sleep() {
    let trace = trace("machine=linux-vm&tasks=200&timeout=1&keep_going=1");
    let failed: Vec<TaskId> =
        trace.events.iter().filter(|event| matches!(event.kind, EventKind::Failed { .. })).map(|event| event.task).collect();
    assert!(!failed.is_empty(), "some tasks time out");
    for task in failed {
        let insert = |event: &&Event| matches!(event.kind, EventKind::Attempt { statement: Statement::Insert, .. });
        let prepares = events_of(&trace, task)
            .filter(|event| matches!(event.kind, EventKind::Attempt { statement: Statement::Prepare, granted: false }))
            .count();
        let asked: u64 = events_of(&trace, task)
            .filter_map(|event| match event.kind {
                EventKind::Backoff { asked_ms, .. } => Some(u64::from(asked_ms)),
                _ => None,
            })
            .sum();
        assert_eq!(events_of(&trace, task).filter(insert).count(), 20, "task {task}");
        assert!(asked >= 1000 && (prepares > 0 || asked == 1000), "task {task} requested {asked} ms of sleep");
    }
}

/// A database that refuses each connection's first three prepares, and every INSERT.
#[derive(Default)]
struct BusyDatabase(BTreeMap<ConnectionId, u32>);

impl Database for BusyDatabase {
    fn begin(&mut self, _: ConnectionId) {}
    fn attempt(&mut self, connection: ConnectionId, statement: Statement) -> Answer {
        let attempts = self.0.entry(connection).or_default();
        *attempts += 1;
        Answer::after_waiting(if statement == Statement::Prepare && *attempts > 3 { ResultCode::Ok } else { ResultCode::Busy })
    }
    fn finish_commit(&mut self, _: ConnectionId) {}
    fn end_statement(&mut self, _: ConnectionId) {}
    fn rollback(&mut self, _: ConnectionId) {}
    fn close(&mut self, _: ConnectionId) {}
    fn in_transaction(&self, _: ConnectionId) -> bool {
        false
    }
    fn lock(&self, _: ConnectionId) -> Lock {
        Lock::Unlocked
    }
}

#[test]
fn an_insert_has_the_whole_timeout_even_after_its_prepare_had_to_wait() {
    let scenario = link::read_strictly("tasks=2&timeout=1&keep_going=1", None).expect("a scenario");
    let trace = run_on(&scenario, &mut BusyDatabase::default()).expect("fits");
    for task in [1, 2].map(TaskId::new) {
        let attempts = |what| {
            let is_attempt = |event: &&Event| matches!(event.kind, EventKind::Attempt { statement, .. } if statement == what);
            events_of(&trace, task).filter(is_attempt).count()
        };
        assert_eq!((attempts(Statement::Prepare), attempts(Statement::Insert)), (4, 20), "fact 3.6, task {task}");
    }
}

#[test]
fn a_sleep_is_never_shorter_than_requested_and_not_much_longer() {
    for (machine, max_late) in [("linux-vm", 40_000), ("windows-laptop", 60_000)] {
        for event in &trace(&format!("machine={machine}&tasks=500")).events {
            if let EventKind::Backoff { asked_ms, sleeps_us } = event.kind {
                let late = sleeps_us.checked_sub(asked_ms * 1000).expect("not shorter than requested");
                assert!(late < max_late, "{machine}: {asked_ms} ms took {sleeps_us} us");
            }
        }
    }
}

#[test]
fn with_a_sleep_of_2_s_before_commit_one_or_two_rows_are_inserted() {
    for seed in 1..=20 {
        for machine in ["windows-laptop", "linux-vm"] {
            let inserted = outcome(&format!("sleep=2&machine={machine}&seed={seed}")).inserted();
            assert!((1..=2).contains(&inserted), "{machine}, seed {seed}: {inserted}");
        }
    }
}

#[test]
fn the_lock_is_held_while_the_coroutine_that_has_it_sleeps() {
    let trace = trace("tasks=10&sleep=2&machine=linux-vm");
    let slept = trace.events.iter().find(|event| matches!(event.kind, EventKind::Sleep { .. })).expect("a sleep");
    let is_release = |kind| matches!(kind, EventKind::Lock { from: Lock::Exclusive, to: Lock::Unlocked });
    let released = events_of(&trace, slept.task).find(|event| is_release(event.kind));
    assert!(released.expect("a commit").at >= slept.at + SimDuration::from_millis(2000));
}

#[test]
fn after_the_first_error_the_loop_stops_within_a_few_iterations_and_the_workers_continue_to_their_own_timeouts() {
    let trace = trace("sleep=2&machine=linux-vm");
    let outcome = Outcome::of(&trace);
    let error = outcome.first_error.expect("an error");
    let iterations =
        trace.events.iter().filter(|event| matches!(event.kind, EventKind::LoopIteration { .. }) && event.at > error.at).count();
    assert!((2..=6).contains(&iterations), "fact 7.7: about four iterations, got {iterations}");
    assert!(outcome.elapsed >= error.at && outcome.trace_end > outcome.elapsed);
    let later = |event: &&Event| event.at > outcome.elapsed && matches!(event.kind, EventKind::Attempt { granted: false, .. });
    assert!(trace.events.iter().filter(later).count() > 100);
    assert!(outcome.would_hang, "fact 7.9");
}

#[test]
fn a_lock_that_is_held_when_the_loop_stops_stays_held() {
    let trace = trace("sleep=2&machine=linux-vm");
    let last = trace.events.iter().rev().find(|event| matches!(event.kind, EventKind::Lock { .. })).expect("a lock");
    assert!(matches!(last.kind, EventKind::Lock { to: Lock::Reserved, .. }), "fact 7.8: {last:?}");
}

#[test]
fn a_run_without_errors_ends_by_itself() {
    let outcome = outcome("tasks=50&timeout=60&machine=linux-vm");
    assert_eq!((outcome.inserted(), outcome.rows_in_file, outcome.errors), (50, 50, 0));
    assert!(!outcome.would_hang && outcome.first_error.is_none());
}

#[test]
fn with_keep_going_every_task_either_inserts_its_row_or_fails_and_the_process_ends() {
    let outcome = outcome("tasks=300&timeout=1&keep_going=1&machine=linux-vm");
    assert_eq!(outcome.inserted() + outcome.errors, 300);
    assert!(outcome.errors > 0 && !outcome.would_hang);
}

#[test]
fn with_a_timeout_of_zero_the_first_refused_attempt_ends_the_run() {
    let outcome = outcome("tasks=100&timeout=0&machine=linux-vm");
    assert!(outcome.inserted() <= 2 && outcome.first_error.is_some());
}

#[test]
fn wal_mode_makes_the_run_shorter_but_writers_still_wait_for_each_other() {
    let (delete, wal) =
        (outcome("tasks=100&timeout=60&machine=linux-vm"), outcome("tasks=100&timeout=60&journal=wal&machine=linux-vm"));
    assert!(wal.elapsed < delete.elapsed, "{} < {}", wal.elapsed, delete.elapsed);
    assert!(wal.polls > 200, "writers still wait for each other: {} attempts", wal.polls);
}

#[test]
fn each_pragma_that_a_connection_needs_is_one_more_call() {
    let calls = |text: &str| {
        let trace = trace(text);
        events_of(&trace, TaskId::new(1)).filter(|event| matches!(event.kind, EventKind::CallQueued { .. })).count()
    };
    let plain = calls("tasks=1");
    assert_eq!(calls("tasks=1&journal=persist"), plain + 1);
    assert_eq!(calls("tasks=1&journal=memory&synchronous=off"), plain + 2);
    assert_eq!(calls("tasks=1&journal=wal"), plain);
}

#[test]
fn the_same_scenario_gives_the_same_trace_and_another_seed_gives_a_different_one() {
    let of = |seed| trace(&format!("tasks=100&machine=linux-vm&seed={seed}"));
    assert_eq!(of(1), of(1));
    assert_ne!(of(1).digest(), of(2).digest());
    let scenario = Scenario { seed: 1, ..of(2).scenario };
    assert_eq!(run(&scenario).expect("fits"), of(1));
}
