//! The facts that a run must show (docs/facts.md, 12.7 and the ones cited).

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

fn of_task(trace: &Trace, task: TaskId) -> impl Iterator<Item = &Event> {
    trace.events.iter().filter(move |event| event.task == task)
}

fn first(trace: &Trace, is_it: impl Fn(&EventKind) -> bool) -> Option<SimTime> {
    trace.events.iter().find(|event| is_it(&event.kind)).map(|event| event.at)
}

#[test]
fn no_insert_is_queued_before_the_third_pass_of_the_loop() {
    for machine in ["windows-laptop", "linux-vm"] {
        let trace = trace(&format!("tasks=300&machine={machine}"));
        let third = first(&trace, |kind| matches!(kind, EventKind::LoopPass { number: 3, .. })).expect("a third pass");
        let queued = first(&trace, |kind| *kind == EventKind::CallQueued { call: Call::Execute }).expect("an INSERT");
        assert!(queued > third, "{machine}: queued at {queued}, third pass at {third}");
    }
}

#[test]
fn the_first_pass_runs_every_first_step_and_the_second_only_what_came_meanwhile() {
    let trace = trace("tasks=300&machine=linux-vm");
    let ntodo: Vec<u32> = trace
        .events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::LoopPass { ntodo, .. } => Some(ntodo),
            _ => None,
        })
        .take(2)
        .collect();
    assert_eq!(ntodo[0], 300);
    assert!((250..=300).contains(&ntodo[1]), "nearly all connects have returned by then: {}", ntodo[1]);
}

#[test]
fn who_fails_has_asked_twenty_times_and_slept_one_second_by_the_busy_handlers_count() {
    let trace = trace("machine=linux-vm&tasks=200&timeout=1&keep_going=1");
    let failed: Vec<TaskId> =
        trace.events.iter().filter(|event| matches!(event.kind, EventKind::Failed { .. })).map(|event| event.task).collect();
    assert!(!failed.is_empty(), "somebody starves");
    for task in failed {
        let insert = |event: &&Event| matches!(event.kind, EventKind::Attempt { statement: Statement::Insert, .. });
        let prepares = of_task(&trace, task)
            .filter(|event| matches!(event.kind, EventKind::Attempt { statement: Statement::Prepare, granted: false }))
            .count();
        let asked: u64 = of_task(&trace, task)
            .filter_map(|event| match event.kind {
                EventKind::Backoff { asked_ms, .. } => Some(u64::from(asked_ms)),
                _ => None,
            })
            .sum();
        assert_eq!(of_task(&trace, task).filter(insert).count(), 20, "task {task}");
        assert!(asked >= 1000 && (prepares > 0 || asked == 1000), "task {task} slept {asked} ms");
    }
}

/// A file that refuses each connection's first three prepares, and every INSERT.
#[derive(Default)]
struct Stubborn(BTreeMap<ConnectionId, u32>);

impl Database for Stubborn {
    fn begin(&mut self, _: ConnectionId) {}
    fn ask(&mut self, connection: ConnectionId, statement: Statement) -> Answer {
        let asked = self.0.entry(connection).or_default();
        *asked += 1;
        Answer::after_waiting(if statement == Statement::Prepare && *asked > 3 { ResultCode::Ok } else { ResultCode::Busy })
    }
    fn finish_commit(&mut self, _: ConnectionId) {}
    fn settle(&mut self, _: ConnectionId) {}
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
fn who_waited_to_prepare_still_has_the_whole_timeout_for_its_insert() {
    let scenario = link::read_strictly("tasks=2&timeout=1&keep_going=1", None).expect("a scenario");
    let trace = run_on(&scenario, &mut Stubborn::default()).expect("fits");
    for task in [1, 2].map(TaskId::new) {
        let attempts = |what| {
            let is_it = |event: &&Event| matches!(event.kind, EventKind::Attempt { statement, .. } if statement == what);
            of_task(&trace, task).filter(is_it).count()
        };
        assert_eq!((attempts(Statement::Prepare), attempts(Statement::Insert)), (4, 20), "fact 3.6, task {task}");
    }
}

#[test]
fn a_waiter_wakes_no_earlier_than_it_asked_and_not_much_later() {
    for (machine, at_most) in [("linux-vm", 40_000), ("windows-laptop", 60_000)] {
        for event in &trace(&format!("machine={machine}&tasks=500")).events {
            if let EventKind::Backoff { asked_ms, sleeps_us } = event.kind {
                let late = sleeps_us.checked_sub(asked_ms * 1000).expect("no earlier");
                assert!(late < at_most, "{machine}: {asked_ms} ms took {sleeps_us} us");
            }
        }
    }
}

#[test]
fn one_or_two_rows_get_in_with_a_sleep_of_two_seconds() {
    for seed in 1..=20 {
        for machine in ["windows-laptop", "linux-vm"] {
            let inserted = outcome(&format!("sleep=2&machine={machine}&seed={seed}")).inserted();
            assert!((1..=2).contains(&inserted), "{machine}, seed {seed}: {inserted}");
        }
    }
}

#[test]
fn the_lock_is_held_while_its_coroutine_sleeps() {
    let trace = trace("tasks=10&sleep=2&machine=linux-vm");
    let slept = trace.events.iter().find(|event| matches!(event.kind, EventKind::Sleep { .. })).expect("a sleep");
    let is_release = |kind| matches!(kind, EventKind::Lock { from: Lock::Exclusive, to: Lock::Unlocked });
    let released = of_task(&trace, slept.task).find(|event| is_release(event.kind));
    assert!(released.expect("a commit").at >= slept.at + SimDuration::from_millis(2000));
}

#[test]
fn after_the_first_error_the_loop_stops_within_a_few_passes_and_the_workers_go_on_to_their_own_timeouts() {
    let trace = trace("sleep=2&machine=linux-vm");
    let outcome = Outcome::of(&trace);
    let error = outcome.first_error.expect("an error");
    let passes =
        trace.events.iter().filter(|event| matches!(event.kind, EventKind::LoopPass { .. }) && event.at > error.at).count();
    assert!((2..=6).contains(&passes), "fact 7.7: about four passes, got {passes}");
    assert!(outcome.elapsed >= error.at && outcome.trace_end > outcome.elapsed);
    let later = |event: &&Event| event.at > outcome.elapsed && matches!(event.kind, EventKind::Attempt { granted: false, .. });
    assert!(trace.events.iter().filter(later).count() > 100);
    assert!(outcome.would_hang, "fact 7.9");
}

#[test]
fn a_lock_held_when_the_loop_stops_stays_held() {
    let trace = trace("sleep=2&machine=linux-vm");
    let last = trace.events.iter().rev().find(|event| matches!(event.kind, EventKind::Lock { .. })).expect("a lock");
    assert!(matches!(last.kind, EventKind::Lock { to: Lock::Reserved, .. }), "fact 7.8: {last:?}");
}

#[test]
fn a_run_in_which_all_get_in_ends_by_itself() {
    let outcome = outcome("tasks=50&timeout=60&machine=linux-vm");
    assert_eq!((outcome.inserted(), outcome.rows_in_file, outcome.errors), (50, 50, 0));
    assert!(!outcome.would_hang && outcome.first_error.is_none());
}

#[test]
fn with_keep_going_every_task_either_gets_in_or_fails_and_the_process_ends() {
    let outcome = outcome("tasks=300&timeout=1&keep_going=1&machine=linux-vm");
    assert_eq!(outcome.inserted() + outcome.errors, 300);
    assert!(outcome.errors > 0 && !outcome.would_hang);
}

#[test]
fn without_a_timeout_the_first_refusal_ends_the_run() {
    let outcome = outcome("tasks=100&timeout=0&machine=linux-vm");
    assert!(outcome.inserted() <= 2 && outcome.first_error.is_some());
}

#[test]
fn the_log_in_place_of_the_journal_shortens_the_hold_and_lets_no_two_writers_overlap() {
    let (delete, wal) =
        (outcome("tasks=100&timeout=60&machine=linux-vm"), outcome("tasks=100&timeout=60&journal=wal&machine=linux-vm"));
    assert!(wal.elapsed < delete.elapsed, "{} < {}", wal.elapsed, delete.elapsed);
    assert!(wal.polls > 200, "they still wait for each other: {} attempts", wal.polls);
}

#[test]
fn a_pragma_of_the_connection_is_one_more_awaited_call() {
    let calls = |text: &str| {
        let trace = trace(text);
        of_task(&trace, TaskId::new(1)).filter(|event| matches!(event.kind, EventKind::CallQueued { .. })).count()
    };
    let plain = calls("tasks=1");
    assert_eq!(calls("tasks=1&journal=persist"), plain + 1);
    assert_eq!(calls("tasks=1&journal=memory&synchronous=off"), plain + 2);
    assert_eq!(calls("tasks=1&journal=wal"), plain);
}

#[test]
fn the_same_scenario_gives_the_same_trace_and_another_seed_another() {
    let of = |seed| trace(&format!("tasks=100&machine=linux-vm&seed={seed}"));
    assert_eq!(of(1), of(1));
    assert_ne!(of(1).digest(), of(2).digest());
    let scenario = Scenario { seed: 1, ..of(2).scenario };
    assert_eq!(run(&scenario).expect("fits"), of(1));
}
