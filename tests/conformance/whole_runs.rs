//! Whole runs, with the real SQLite in the place of the model's locks: the same trace, event for event.

use crate::sqlite::database::RealDatabase;
use lockstep::model::{run, run_on};
use lockstep::scenario::query;

/// Runs `text` on both; how many events were compared.
fn same(name: &str, text: &str) {
    let scenario = query::read_strictly(text, None).expect("a scenario");
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
