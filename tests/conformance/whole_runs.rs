//! Whole runs, with the real SQLite in the place of the model's locks: the same trace, event for event.

use crate::sqlite::database::RealDatabase;
use lockstep_core::link;
use lockstep_core::model::{run, run_on};

/// Runs `text` on both; how many events were compared.
fn same(name: &str, text: &str) {
    let scenario = link::read_strictly(text, None).expect("a scenario");
    let model = run(&scenario).expect("fits");
    let real = run_on(&scenario, &mut RealDatabase::new(name, &scenario)).expect("fits");
    let differs = model.events.iter().zip(&real.events).position(|(model, real)| model != real);
    if let Some(at) = differs {
        panic!("{text}, event {at}: the model {:?}, SQLite {:?}", model.events[at], real.events[at]);
    }
    assert_eq!(model.events.len(), real.events.len(), "{text}");
    assert!(model.events.len() > 20, "{text}: something happens");
}

#[test]
fn runs_with_a_rollback_journal_are_the_same_on_sqlite_itself() {
    for (number, text) in [
        "tasks=1",
        "tasks=20",
        "tasks=50&machine=linux-vm",
        "tasks=200&machine=linux-vm&timeout=1",
        "tasks=200&timeout=2",
        "tasks=60&machine=linux-vm&sleep=0.2&timeout=1",
        "tasks=60&machine=linux-vm&sleep=0.2&timeout=1&keep_going=1",
        "tasks=100&machine=linux-vm&timeout=0.3&keep_going=1&seed=5",
        "tasks=30&timeout=0",
    ]
    .into_iter()
    .enumerate()
    {
        same(&format!("run-{number}"), text);
    }
}

#[test]
fn runs_in_every_journal_and_synchronous_mode_are_the_same_on_sqlite_itself() {
    for journal in ["delete", "truncate", "persist", "memory", "off", "wal"] {
        for synchronous in ["full", "normal", "off", "extra"] {
            let text = format!("tasks=40&machine=linux-vm&timeout=1&journal={journal}&synchronous={synchronous}");
            same(&format!("mode-{journal}-{synchronous}"), &text);
        }
    }
}

/// BEGIN EXCLUSIVE with a rollback journal is left out: in the model it meets readers that are there for an instant only.
#[test]
fn runs_of_every_way_to_begin_and_to_read_first_are_the_same_on_sqlite_itself() {
    let wal = ["journal=wal", "keep_going=1&journal=wal&synchronous=normal"];
    let all = ["", "keep_going=1&seed=3", "sleep=0.1", wal[0], wal[1]];
    for (begin, rests) in [("deferred", &all[..]), ("immediate", &all), ("exclusive", &wal)] {
        for read_first in 0..2 {
            for (number, rest) in rests.iter().enumerate() {
                let text = format!("tasks=40&machine=linux-vm&timeout=1&read_first={read_first}&begin={begin}&{rest}");
                same(&format!("begin-{begin}-{read_first}-{number}"), &text);
            }
        }
    }
}

#[test]
fn runs_with_retries_are_the_same_on_sqlite_itself() {
    for (number, text) in [
        "tasks=100&machine=linux-vm&timeout=0.2&retries=3&keep_going=1",
        "tasks=100&timeout=0.3&retries=20&retry_pause=0.2",
        "tasks=40&machine=linux-vm&timeout=0.5&retries=10&read_first=1",
        "tasks=40&machine=linux-vm&timeout=0.5&retries=10&read_first=1&journal=wal",
    ]
    .into_iter()
    .enumerate()
    {
        same(&format!("retry-{number}"), text);
    }
}

#[test]
fn runs_of_every_strategy_are_the_same_on_sqlite_itself() {
    for (number, text) in [
        "strategy=semaphore&limit=1&tasks=20&machine=linux-vm",
        "strategy=semaphore&limit=30&tasks=100&machine=linux-vm&timeout=0.2&keep_going=1",
        "strategy=shared-connection&tasks=100&machine=linux-vm",
        "strategy=shared-connection&tasks=100&sleep=0.01",
        "strategy=shared-connection&tasks=20&journal=wal&begin=immediate&synchronous=off",
        "strategy=single-transaction&tasks=100",
        "strategy=single-transaction&tasks=100&journal=persist&begin=immediate",
    ]
    .into_iter()
    .enumerate()
    {
        same(&format!("strategy-{number}"), text);
    }
}
