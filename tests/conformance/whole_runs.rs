//! Whole runs with the real SQLite instead of the model's locks give the same trace, event for
//! event.

use lockstep_core::link;
use lockstep_core::model::{run, run_on};
use lockstep_sqlite::SqliteDatabase;

/// Checks that the run of `text` has the same events on the model's locks and on SQLite.
fn assert_same_events(text: &str) {
    let scenario = link::read_strictly(text, None).expect("a scenario");
    let model = run(&scenario).expect("a run within the limits");
    let real = run_on(&scenario, &mut SqliteDatabase::new(&scenario)).expect("a run within the limits");
    let difference = model.events.iter().zip(&real.events).position(|(model, real)| model != real);
    if let Some(index) = difference {
        panic!("{text}, event {index}: the model has {:?}, SQLite {:?}", model.events[index], real.events[index]);
    }
    assert_eq!(model.events.len(), real.events.len(), "{text}");
    assert!(model.events.len() > 20, "{text}: the run has too few events");
}

#[test]
fn runs_with_a_rollback_journal_have_the_same_events_on_sqlite() {
    for text in [
        "tasks=1",
        "tasks=20",
        "tasks=50&machine=linux-vm",
        "tasks=200&machine=linux-vm&timeout=1",
        "tasks=200&timeout=2",
        "tasks=60&machine=linux-vm&sleep=0.2&timeout=1",
        "tasks=60&machine=linux-vm&sleep=0.2&timeout=1&keep_going=1",
        "tasks=100&machine=linux-vm&timeout=0.3&keep_going=1&seed=5",
        "tasks=30&timeout=0",
    ] {
        assert_same_events(text);
    }
}

#[test]
fn runs_in_every_journal_and_synchronous_mode_have_the_same_events_on_sqlite() {
    for journal in ["delete", "truncate", "persist", "memory", "off", "wal"] {
        for synchronous in ["full", "normal", "off", "extra"] {
            let text = format!("tasks=40&machine=linux-vm&timeout=1&journal={journal}&synchronous={synchronous}");
            assert_same_events(&text);
        }
    }
}

#[test]
fn runs_with_every_kind_of_begin_and_with_read_first_have_the_same_events_on_sqlite() {
    let wal = ["journal=wal", "keep_going=1&journal=wal&synchronous=normal"];
    let all = ["", "keep_going=1&seed=3", "sleep=0.1", wal[0], wal[1]];
    for begin in ["deferred", "immediate", "exclusive"] {
        for read_first in 0..2 {
            for rest in all {
                let text = format!("tasks=40&machine=linux-vm&timeout=1&read_first={read_first}&begin={begin}&{rest}");
                assert_same_events(&text);
            }
        }
    }
}

#[test]
fn runs_with_retries_have_the_same_events_on_sqlite() {
    for text in [
        "tasks=100&machine=linux-vm&timeout=0.2&retries=3&keep_going=1",
        "tasks=100&timeout=0.3&retries=20&retry_pause=0.2",
        "tasks=40&machine=linux-vm&timeout=0.5&retries=10&read_first=1",
        "tasks=40&machine=linux-vm&timeout=0.5&retries=10&read_first=1&journal=wal",
    ] {
        assert_same_events(text);
    }
}

#[test]
fn runs_of_every_strategy_have_the_same_events_on_sqlite() {
    for text in [
        "strategy=semaphore&limit=1&tasks=20&machine=linux-vm",
        "strategy=semaphore&limit=30&tasks=100&machine=linux-vm&timeout=0.2&keep_going=1",
        "strategy=shared-connection&tasks=100&machine=linux-vm",
        "strategy=shared-connection&tasks=100&sleep=0.01",
        "strategy=shared-connection&tasks=20&journal=wal&begin=immediate&synchronous=off",
        "strategy=single-transaction&tasks=100",
        "strategy=single-transaction&tasks=100&journal=persist&begin=immediate",
    ] {
        assert_same_events(text);
    }
}
