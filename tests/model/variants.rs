//! What is known of the program's other forms: what cures what, at what cost, and what only looks like a cure.

use lockstep_core::link;
use lockstep_core::model::run;
use lockstep_core::trace::{Call, EventKind, Lock, Outcome, Statement, TaskId, Trace};

const MACHINES: [&str; 3] = ["windows-laptop", "mac-laptop", "linux-vm"];

fn trace(text: &str) -> Trace {
    run(&link::read_strictly(text, None).expect("a scenario")).expect("a run that fits")
}

fn outcome(text: &str) -> Outcome {
    Outcome::of(&trace(text))
}

fn rows_a_second(outcome: &Outcome) -> f64 {
    f64::from(outcome.inserted()) / outcome.elapsed.seconds()
}

/// How many times as many rows a second `form` gets in as the program of the question does on the same machine.
fn times_faster(form: &str, machine: &str) -> f64 {
    let outcome = outcome(&format!("{form}&machine={machine}"));
    assert_eq!((outcome.inserted(), outcome.rows_in_file, outcome.errors), (1000, 1000, 0), "{form} on {machine}");
    assert!(!outcome.would_hang, "{form} on {machine} ends by itself");
    rows_a_second(&outcome) / rows_a_second(&self::outcome(&format!("machine={machine}")))
}

/// How often anybody slept because the lock was taken.
fn sleeps(trace: &Trace) -> usize {
    trace.events.iter().filter(|event| matches!(event.kind, EventKind::Backoff { .. })).count()
}

fn refused(trace: &Trace, what: Statement) -> usize {
    let is_it = |kind| kind == EventKind::Attempt { statement: what, granted: false };
    trace.events.iter().filter(|event| is_it(event.kind)).count()
}

#[test]
fn one_at_a_time_all_rows_get_in_sooner_and_nobody_finds_the_lock_taken() {
    for (machine, at_least) in [("windows-laptop", 1.2), ("mac-laptop", 10.0), ("linux-vm", 1.5)] {
        let form = "strategy=semaphore&limit=1";
        assert_eq!(sleeps(&trace(&format!("{form}&machine={machine}"))), 0, "{machine}");
        let times = times_faster(form, machine);
        assert!(times > at_least, "{machine}: {times:.1} times");
    }
}

#[test]
fn on_one_connection_all_rows_get_in_tens_of_times_sooner() {
    for machine in MACHINES {
        for form in ["strategy=shared-connection", "strategy=single-transaction"] {
            assert_eq!(sleeps(&trace(&format!("{form}&machine={machine}"))), 0);
            let times = times_faster(form, machine);
            assert!(times > 20.0, "{form} on {machine}: {times:.1} times");
        }
    }
}

#[test]
fn a_semaphore_lets_so_many_in_and_no_more() {
    for limit in [1, 7, 30] {
        let trace = trace(&format!("tasks=60&strategy=semaphore&limit={limit}&machine=linux-vm"));
        let (mut inside, mut most) = (0, 0);
        for event in &trace.events {
            match event.kind {
                EventKind::ThreadStarted => inside += 1,
                EventKind::ThreadEnded => inside -= 1,
                _ => {}
            }
            most = most.max(inside);
        }
        // A thread that has posted its last answer may end after the next one has begun.
        assert!(most >= limit && most <= limit + 2, "limit {limit}: {most} threads at once");
        let waited = trace.events.iter().filter(|event| event.kind == EventKind::SemaphoreAwaited).count();
        assert_eq!(i64::try_from(waited), Ok(60 - limit), "all others wait once");
    }
}

#[test]
fn who_waits_longest_for_the_semaphore_is_let_in_first() {
    let trace = trace("tasks=50&strategy=semaphore&limit=3&machine=linux-vm");
    let started: Vec<TaskId> =
        trace.events.iter().filter(|event| event.kind == EventKind::ThreadStarted).map(|event| event.task).collect();
    assert_eq!(started, (1..=50).map(TaskId::new).collect::<Vec<_>>());
}

#[test]
fn on_a_shared_connection_one_coroutines_commit_commits_the_others_rows() {
    let trace = trace("tasks=100&strategy=shared-connection&machine=linux-vm");
    let commits: Vec<TaskId> =
        trace.events.iter().filter(|event| event.kind == EventKind::CommitIoEnds).map(|event| event.task).collect();
    assert_eq!(commits, [TaskId::new(1)], "all INSERTs are queued before the first COMMIT; later ones find nothing to do");
    let outcome = Outcome::of(&trace);
    assert_eq!((outcome.rows_in_file, outcome.inserted()), (100, 100));
    let first = outcome.committed_at[0];
    assert!(outcome.committed_at.iter().all(|at| *at == first), "all rows are committed when that COMMIT has returned");
    let returned = trace.events.iter().filter(|event| event.kind == EventKind::CallReturned { call: Call::Commit, ok: true });
    assert_eq!(returned.count(), 100, "the others' COMMITs return too");
}

#[test]
fn one_coroutine_has_one_lane_and_all_its_rows_are_committed_at_once() {
    let trace = trace("tasks=200&strategy=single-transaction&machine=linux-vm");
    assert!(trace.events.iter().all(|event| event.task <= TaskId::new(1)));
    let outcome = Outcome::of(&trace);
    assert_eq!((outcome.inserted(), outcome.commit_order.len()), (200, 200));
    assert_eq!(outcome.commit_order[..3], [1, 2, 3].map(TaskId::new));
    assert_eq!(outcome.committed_at.first(), outcome.committed_at.last());
}

#[test]
fn who_has_read_is_refused_at_once_whatever_the_timeout() {
    for machine in MACHINES {
        for journal in ["delete", "wal"] {
            for timeout in ["1", "5", "60"] {
                let trace = trace(&format!("tasks=100&read_first=1&journal={journal}&timeout={timeout}&machine={machine}"));
                let error = Outcome::of(&trace).first_error.expect("the trap closes");
                assert_eq!(error.statement, Statement::Insert);
                assert!(error.at.seconds() < 0.5, "{machine}, {journal}, timeout {timeout}: at {} s", error.at);
                let events: Vec<EventKind> =
                    trace.events.iter().filter(|event| event.task == error.task).map(|event| event.kind).collect();
                let refusal = events
                    .iter()
                    .position(|kind| *kind == EventKind::Attempt { statement: Statement::Insert, granted: false })
                    .expect("its INSERT was refused");
                assert_eq!(
                    events[refusal + 1],
                    EventKind::CallReturned { call: Call::Execute, ok: false },
                    "with no sleep before"
                );
            }
        }
    }
}

#[test]
fn the_commit_of_one_who_has_read_waits_for_all_others_who_have() {
    let trace = trace("tasks=100&read_first=1&machine=linux-vm&timeout=60");
    assert!(refused(&trace, Statement::Commit) > 0, "it has PENDING and meets SHARED");
    let last = trace.events.iter().rev().find(|event| matches!(event.kind, EventKind::Lock { .. })).expect("a lock");
    assert!(matches!(last.kind, EventKind::Lock { to: Lock::Pending, .. }), "nobody lets go after the stop: {last:?}");
}

#[test]
fn begin_immediate_cures_the_trap_of_reading_first() {
    for machine in MACHINES {
        let (trap, cured) = ("tasks=100&read_first=1&timeout=60", "tasks=100&read_first=1&timeout=60&begin=immediate");
        assert_eq!(outcome(&format!("{trap}&machine={machine}")).inserted(), 0);
        let cured = outcome(&format!("{cured}&machine={machine}"));
        assert_eq!((cured.inserted(), cured.errors), (100, 0), "{machine}");
    }
}

#[test]
fn begin_immediate_changes_nothing_for_a_program_whose_first_statement_writes() {
    let deferred = outcome("").inserted();
    let immediate = outcome("begin=immediate").inserted();
    assert!(deferred.abs_diff(immediate) <= 5, "{deferred} and {immediate}");
    let (deferred, immediate) = (trace("tasks=100&machine=linux-vm"), trace("tasks=100&machine=linux-vm&begin=immediate"));
    assert!(refused(&deferred, Statement::Insert) > 100 && refused(&immediate, Statement::BeginImmediate) > 100);
    assert_eq!(refused(&immediate, Statement::Insert), 0, "they wait at BEGIN in place of INSERT");
}

#[test]
fn begin_exclusive_is_worse_for_it_keeps_everybody_out_while_it_sleeps() {
    let rows = |begin| -> u32 {
        (1..=3).map(|seed| outcome(&format!("tasks=500&timeout=1&machine=linux-vm&begin={begin}&seed={seed}")).inserted()).sum()
    };
    let (immediate, exclusive) = (rows("immediate"), rows("exclusive"));
    assert!(exclusive * 10 < immediate * 9, "{exclusive} and {immediate}");
}

#[test]
fn the_log_shortens_the_hold_and_lets_no_writers_overlap() {
    for machine in MACHINES {
        let (delete, wal) =
            ["delete", "wal"].map(|journal| trace(&format!("timeout=60&journal={journal}&machine={machine}"))).into();
        assert!(mean_hold(&wal) < mean_hold(&delete), "{machine}: {} and {} us", mean_hold(&wal), mean_hold(&delete));
        assert!(sleeps(&wal) > 1000, "{machine}: they still wait for each other");
        let mut writers = 0;
        for event in &wal.events {
            if let EventKind::Lock { from, to } = event.kind {
                writers += i32::from(to == Lock::Write) - i32::from(from == Lock::Write);
                assert!(writers <= 1, "{machine}: two writers at {}", event.at);
            }
        }
    }
}

/// Microseconds from getting the lock to giving it back, on average.
fn mean_hold(trace: &Trace) -> u64 {
    let index = lockstep_core::trace::TraceIndex::of(trace);
    let lengths: Vec<u64> = index.holds.iter().filter_map(|hold| Some(hold.to?.since(hold.from).micros())).collect();
    lengths.iter().sum::<u64>() / lengths.len() as u64
}

/// After how many COMMITs each checkpoint began, and who made it.
fn checkpoints(trace: &Trace) -> Vec<(usize, TaskId)> {
    let begins = trace.events.iter().enumerate().filter(|(_, event)| event.kind == EventKind::CheckpointBegins);
    let commits = |until: usize| trace.events[..until].iter().filter(|event| event.kind == EventKind::CommitIoEnds).count();
    begins.map(|(place, event)| (commits(place), event.task)).collect()
}

#[test]
fn every_five_hundred_commits_somebody_copies_the_log_while_others_write() {
    let trace = trace("journal=wal&machine=linux-vm&timeout=60");
    let (commits, by): (Vec<usize>, Vec<TaskId>) = checkpoints(&trace).into_iter().unzip();
    assert_eq!(commits[0], 500, "fact 2.6");
    assert!(commits.last() == Some(&1000), "the last to close makes one more: {commits:?}");
    let committer = trace.events.iter().filter(|event| event.kind == EventKind::CommitIoEnds).nth(499).map(|event| event.task);
    assert_eq!(committer, Some(by[0]), "by who committed");
    let index = lockstep_core::trace::TraceIndex::of(&trace);
    let begin = trace.events.iter().find(|event| event.kind == EventKind::CheckpointBegins).expect("a checkpoint").at;
    assert!(index.hold_at(begin).is_none_or(|hold| hold.task != by[0]), "its own lock is given back");
}

#[test]
fn without_a_log_nobody_copies_it_and_a_short_one_is_copied_at_the_last_close_alone() {
    assert_eq!(checkpoints(&trace("tasks=50&timeout=60")), []);
    let short = checkpoints(&trace("tasks=50&timeout=60&journal=wal&machine=linux-vm"));
    assert_eq!(short.iter().map(|(commits, _)| *commits).collect::<Vec<_>>(), [50]);
    assert_eq!(checkpoints(&trace("tasks=20&journal=wal&strategy=semaphore&limit=1")).len(), 20, "each is the last to close");
}

#[test]
fn with_a_sleep_before_commit_the_log_changes_nothing() {
    let rows = |journal| outcome(&format!("sleep=2&journal={journal}")).inserted();
    assert_eq!((rows("delete"), rows("wal")), (2, 2), "fact 2.3");
}

#[test]
fn retries_with_jitter_get_all_rows_in_and_cost_polls_or_time() {
    for machine in MACHINES {
        let plain = outcome(&format!("machine={machine}"));
        let retrying = outcome(&format!("retries=100&timeout=1&retry_pause=0.5&machine={machine}"));
        assert_eq!((retrying.inserted(), retrying.errors), (1000, 0), "{machine}");
        assert!(retrying.retried > 100, "{machine}: {} retries", retrying.retried);
        assert!(!retrying.would_hang);
        if machine == "windows-laptop" {
            assert!(retrying.elapsed.seconds() > 5.0 * plain.elapsed.seconds() && retrying.polls > 3 * plain.polls);
        }
    }
}

#[test]
fn a_retry_rolls_back_pauses_and_begins_again() {
    let trace = trace("tasks=50&timeout=0.1&retries=50&retry_pause=0.2&machine=linux-vm&sleep=0.01");
    let retried = trace.events.iter().find(|event| event.kind == EventKind::Retry).expect("a retry");
    let after = trace.events.iter().filter(|event| event.task == retried.task && event.at >= retried.at);
    let done: Vec<EventKind> = after
        .map(|event| event.kind)
        .filter(|kind| matches!(kind, EventKind::Retry | EventKind::CallQueued { .. } | EventKind::Sleep { .. }))
        .take(4)
        .collect();
    let queued = |call| EventKind::CallQueued { call };
    assert_eq!([done[0], done[1], done[3]], [EventKind::Retry, queued(Call::Rollback), queued(Call::Execute)]);
    assert!(matches!(done[2], EventKind::Sleep { asked_us: 100_000..=300_000 }), "{:?}", done[2]);
}

#[test]
fn a_retry_ends_the_trap_of_reading_first() {
    let outcome = outcome("tasks=100&read_first=1&retries=50&timeout=1&machine=linux-vm");
    assert_eq!((outcome.inserted(), outcome.errors), (100, 0));
    assert!(outcome.retried > 100, "{} retries", outcome.retried);
}

#[test]
fn after_its_last_retry_a_task_fails_once() {
    let outcome = outcome("tasks=50&timeout=0.1&sleep=0.1&retries=2&retry_pause=0.01&keep_going=1&machine=linux-vm");
    assert_eq!(outcome.inserted() + outcome.errors, 50);
    assert!(outcome.errors > 0 && outcome.retried >= 2 * outcome.errors);
}
