//! What is known about the program's variants: which ones fix the errors, at what cost, and which
//! ones only seem to.

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

fn rows_per_second(outcome: &Outcome) -> f64 {
    f64::from(outcome.inserted()) / outcome.elapsed.seconds()
}

/// Rows per second of `variant`, divided by the rows per second of the question's program on the
/// same machine.
fn speedup(variant: &str, machine: &str) -> f64 {
    let outcome = outcome(&format!("{variant}&machine={machine}"));
    assert_eq!((outcome.inserted(), outcome.rows_in_file, outcome.errors), (1000, 1000, 0), "{variant} on {machine}");
    assert!(!outcome.would_hang, "{variant} on {machine} does not end by itself");
    rows_per_second(&outcome) / rows_per_second(&self::outcome(&format!("machine={machine}")))
}

/// Number of sleeps in the busy handler.
fn sleeps(trace: &Trace) -> usize {
    trace.events.iter().filter(|event| matches!(event.kind, EventKind::Backoff { .. })).count()
}

/// Number of refused attempts of `statement`.
fn refused(trace: &Trace, statement: Statement) -> usize {
    let refusal = EventKind::Attempt { statement, granted: false };
    trace.events.iter().filter(|event| event.kind == refusal).count()
}

#[test]
fn a_semaphore_of_one_inserts_all_rows_faster_and_without_a_single_back_off() {
    for (machine, min_speedup) in [("windows-laptop", 1.2), ("mac-laptop", 10.0), ("linux-vm", 1.5)] {
        let variant = "strategy=semaphore&limit=1";
        assert_eq!(sleeps(&trace(&format!("{variant}&machine={machine}"))), 0, "{machine}");
        let speedup = speedup(variant, machine);
        assert!(speedup > min_speedup, "{machine}: {speedup:.1} times");
    }
}

#[test]
fn one_connection_inserts_all_rows_more_than_20_times_as_fast() {
    for machine in MACHINES {
        for variant in ["strategy=shared-connection", "strategy=single-transaction"] {
            assert_eq!(sleeps(&trace(&format!("{variant}&machine={machine}"))), 0);
            let speedup = speedup(variant, machine);
            assert!(speedup > 20.0, "{variant} on {machine}: {speedup:.1} times");
        }
    }
}

#[test]
fn a_semaphore_limits_the_number_of_tasks_between_connect_and_close() {
    for limit in [1, 7, 30] {
        let trace = trace(&format!("tasks=60&strategy=semaphore&limit={limit}&machine=linux-vm"));
        let (mut running, mut max) = (0, 0);
        for event in &trace.events {
            match event.kind {
                EventKind::ThreadStarted => running += 1,
                EventKind::ThreadEnded => running -= 1,
                _ => {}
            }
            max = max.max(running);
        }
        // A thread that has posted its last result may end after the next thread has started.
        assert!(max >= limit && max <= limit + 2, "limit {limit}: {max} threads at once");
        let waited = trace.events.iter().filter(|event| event.kind == EventKind::SemaphoreAwaited).count();
        assert_eq!(i64::try_from(waited), Ok(60 - limit), "every other task waits once");
    }
}

#[test]
fn tasks_acquire_the_semaphore_in_the_order_in_which_they_began_to_wait() {
    let trace = trace("tasks=50&strategy=semaphore&limit=3&machine=linux-vm");
    let started: Vec<TaskId> =
        trace.events.iter().filter(|event| event.kind == EventKind::ThreadStarted).map(|event| event.task).collect();
    assert_eq!(started, (1..=50).map(TaskId::new).collect::<Vec<_>>());
}

#[test]
fn on_a_shared_connection_one_commit_commits_the_rows_of_all_coroutines() {
    let trace = trace("tasks=100&strategy=shared-connection&machine=linux-vm");
    let commits: Vec<TaskId> =
        trace.events.iter().filter(|event| event.kind == EventKind::CommitIoEnds).map(|event| event.task).collect();
    assert_eq!(
        commits,
        [TaskId::new(1)],
        "all INSERTs are queued before the first COMMIT, and later COMMITs have nothing to commit"
    );
    let outcome = Outcome::of(&trace);
    assert_eq!((outcome.rows_in_file, outcome.inserted()), (100, 100));
    let first = outcome.committed_at[0];
    assert!(outcome.committed_at.iter().all(|at| *at == first), "all rows are committed when that COMMIT returns");
    let returned = trace.events.iter().filter(|event| event.kind == EventKind::CallReturned { call: Call::Commit, ok: true });
    assert_eq!(returned.count(), 100, "the other COMMITs return too");
}

#[test]
fn a_single_transaction_has_only_task_1_and_commits_all_rows_at_once() {
    let trace = trace("tasks=200&strategy=single-transaction&machine=linux-vm");
    assert!(trace.events.iter().all(|event| event.task <= TaskId::new(1)));
    let outcome = Outcome::of(&trace);
    assert_eq!((outcome.inserted(), outcome.commit_order.len()), (200, 200));
    assert_eq!(outcome.commit_order[..3], [1, 2, 3].map(TaskId::new));
    assert_eq!(outcome.committed_at.first(), outcome.committed_at.last());
}

#[test]
fn after_a_select_an_insert_that_finds_the_lock_taken_fails_at_once_with_any_timeout() {
    for machine in MACHINES {
        for journal in ["delete", "wal"] {
            for timeout in ["1", "5", "60"] {
                let trace = trace(&format!("tasks=100&read_first=1&journal={journal}&timeout={timeout}&machine={machine}"));
                let error = Outcome::of(&trace).first_error.expect("an upgrade is refused");
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
                    "it is refused without a sleep"
                );
            }
        }
    }
}

#[test]
fn a_commit_waits_for_all_other_transactions_that_have_read() {
    let trace = trace("tasks=100&read_first=1&machine=linux-vm&timeout=60");
    assert!(refused(&trace, Statement::Commit) > 0, "a COMMIT has PENDING and waits for SHARED locks");
    let last = trace.events.iter().rev().find(|event| matches!(event.kind, EventKind::Lock { .. })).expect("a lock");
    assert!(matches!(last.kind, EventKind::Lock { to: Lock::Pending, .. }), "no lock is released after the loop stops: {last:?}");
}

#[test]
fn begin_immediate_avoids_the_deferred_upgrade_error() {
    for machine in MACHINES {
        let (deferred, immediate) = ("tasks=100&read_first=1&timeout=60", "tasks=100&read_first=1&timeout=60&begin=immediate");
        assert_eq!(outcome(&format!("{deferred}&machine={machine}")).inserted(), 0);
        let outcome = outcome(&format!("{immediate}&machine={machine}"));
        assert_eq!((outcome.inserted(), outcome.errors), (100, 0), "{machine}");
    }
}

#[test]
fn begin_immediate_changes_nothing_if_the_first_statement_writes() {
    let deferred = outcome("").inserted();
    let immediate = outcome("begin=immediate").inserted();
    assert!(deferred.abs_diff(immediate) <= 5, "{deferred} and {immediate}");
    let (deferred, immediate) = (trace("tasks=100&machine=linux-vm"), trace("tasks=100&machine=linux-vm&begin=immediate"));
    assert!(refused(&deferred, Statement::Insert) > 100 && refused(&immediate, Statement::BeginImmediate) > 100);
    assert_eq!(refused(&immediate, Statement::Insert), 0, "tasks wait at BEGIN instead of INSERT");
}

#[test]
fn begin_exclusive_inserts_fewer_rows_because_it_blocks_all_others_while_it_sleeps() {
    let rows = |begin| -> u32 {
        (1..=3).map(|seed| outcome(&format!("tasks=500&timeout=1&machine=linux-vm&begin={begin}&seed={seed}")).inserted()).sum()
    };
    let (immediate, exclusive) = (rows("immediate"), rows("exclusive"));
    assert!(exclusive * 10 < immediate * 9, "{exclusive} and {immediate}");
}

#[test]
fn wal_mode_shortens_the_hold_but_still_has_one_writer_at_a_time() {
    for machine in MACHINES {
        let (delete, wal) =
            ["delete", "wal"].map(|journal| trace(&format!("timeout=60&journal={journal}&machine={machine}"))).into();
        assert!(mean_hold(&wal) < mean_hold(&delete), "{machine}: {} and {} us", mean_hold(&wal), mean_hold(&delete));
        assert!(sleeps(&wal) > 1000, "{machine}: writers still wait for each other");
        let mut writers = 0;
        for event in &wal.events {
            if let EventKind::Lock { from, to } = event.kind {
                writers += i32::from(to == Lock::Write) - i32::from(from == Lock::Write);
                assert!(writers <= 1, "{machine}: two writers at {}", event.at);
            }
        }
    }
}

/// Mean time from acquiring the lock to releasing it, in microseconds.
fn mean_hold(trace: &Trace) -> u64 {
    let index = lockstep_core::trace::TraceIndex::of(trace);
    let lengths: Vec<u64> = index.holds.iter().filter_map(|hold| Some(hold.to?.since(hold.from).micros())).collect();
    lengths.iter().sum::<u64>() / lengths.len() as u64
}

/// For each checkpoint: the number of COMMITs before it, and the task whose connection ran it.
fn checkpoints(trace: &Trace) -> Vec<(usize, TaskId)> {
    let begins = trace.events.iter().enumerate().filter(|(_, event)| event.kind == EventKind::CheckpointBegins);
    let commits = |until: usize| trace.events[..until].iter().filter(|event| event.kind == EventKind::CommitIoEnds).count();
    begins.map(|(index, event)| (commits(index), event.task)).collect()
}

#[test]
fn after_500_commits_the_committing_connection_runs_a_checkpoint_without_holding_the_lock() {
    let trace = trace("journal=wal&machine=linux-vm&timeout=60");
    let (commits, tasks): (Vec<usize>, Vec<TaskId>) = checkpoints(&trace).into_iter().unzip();
    assert_eq!(commits[0], 500, "fact 2.6");
    assert!(commits.last() == Some(&1000), "the last connection to close runs one more: {commits:?}");
    let committer = trace.events.iter().filter(|event| event.kind == EventKind::CommitIoEnds).nth(499).map(|event| event.task);
    assert_eq!(committer, Some(tasks[0]), "the connection that committed runs it");
    let index = lockstep_core::trace::TraceIndex::of(&trace);
    let begin = trace.events.iter().find(|event| event.kind == EventKind::CheckpointBegins).expect("a checkpoint").at;
    assert!(index.hold_at(begin).is_none_or(|hold| hold.task != tasks[0]), "its own lock is released");
}

#[test]
fn a_rollback_journal_has_no_checkpoints_and_a_short_log_has_one_at_the_last_close() {
    assert_eq!(checkpoints(&trace("tasks=50&timeout=60")), []);
    let short = checkpoints(&trace("tasks=50&timeout=60&journal=wal&machine=linux-vm"));
    assert_eq!(short.iter().map(|(commits, _)| *commits).collect::<Vec<_>>(), [50]);
    assert_eq!(
        checkpoints(&trace("tasks=20&journal=wal&strategy=semaphore&limit=1")).len(),
        20,
        "each connection is the last one to close"
    );
}

#[test]
fn with_a_sleep_of_2_s_before_commit_wal_mode_changes_nothing() {
    let rows = |journal| outcome(&format!("sleep=2&journal={journal}")).inserted();
    assert_eq!((rows("delete"), rows("wal")), (2, 2), "fact 2.3");
}

#[test]
fn retries_with_jitter_insert_all_rows_and_on_the_windows_laptop_cost_time_and_polls() {
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
fn a_retry_rolls_back_pauses_and_repeats_the_transaction() {
    let trace = trace("tasks=50&timeout=0.1&retries=50&retry_pause=0.2&machine=linux-vm&sleep=0.01");
    let retried = trace.events.iter().find(|event| event.kind == EventKind::Retry).expect("a retry");
    let after = trace.events.iter().filter(|event| event.task == retried.task && event.at >= retried.at);
    let steps: Vec<EventKind> = after
        .map(|event| event.kind)
        .filter(|kind| matches!(kind, EventKind::Retry | EventKind::CallQueued { .. } | EventKind::Sleep { .. }))
        .take(4)
        .collect();
    let queued = |call| EventKind::CallQueued { call };
    assert_eq!([steps[0], steps[1], steps[3]], [EventKind::Retry, queued(Call::Rollback), queued(Call::Execute)]);
    assert!(matches!(steps[2], EventKind::Sleep { asked_us: 100_000..=300_000 }), "{:?}", steps[2]);
}

#[test]
fn retries_overcome_the_deferred_upgrade_error() {
    let outcome = outcome("tasks=100&read_first=1&retries=50&timeout=1&machine=linux-vm");
    assert_eq!((outcome.inserted(), outcome.errors), (100, 0));
    assert!(outcome.retried > 100, "{} retries", outcome.retried);
}

#[test]
fn a_task_fails_after_its_last_retry() {
    let outcome = outcome("tasks=50&timeout=0.1&sleep=0.1&retries=2&retry_pause=0.01&keep_going=1&machine=linux-vm");
    assert_eq!(outcome.inserted() + outcome.errors, 50);
    assert!(outcome.errors > 0 && outcome.retried >= 2 * outcome.errors);
}
