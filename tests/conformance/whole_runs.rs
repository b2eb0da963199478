//! Whole runs with the real SQLite instead of the model's locks give the same trace, event for
//! event.

use crate::random_scenario::any_scenario;
use lockstep_core::link;
use lockstep_core::model::{run, run_on};
use lockstep_core::scenario::query;
use lockstep_core::scenario::{MachineChoice, MachineProfile, Scenario};
use lockstep_sqlite::SqliteDatabase;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The first difference between the run of `scenario` on the model's locks and on SQLite.
fn difference(scenario: &Scenario) -> Option<String> {
    let model = run(scenario).expect("a run within the limits");
    let real = run_on(scenario, &mut SqliteDatabase::new(scenario)).expect("a run within the limits");
    let text = query::write(scenario);
    let different = model.events.iter().zip(&real.events).position(|(model, real)| model != real);
    let at =
        |index: usize| format!("{text}, event {index}: the model has {:?}, SQLite {:?}", model.events[index], real.events[index]);
    let lengths = || (model.events.len() != real.events.len()).then(|| format!("{text}: one run has more events"));
    different.map(at).or_else(lengths)
}

/// Checks that the run of `text` has the same events on the model's locks and on SQLite.
fn assert_same_events(text: &str) {
    assert_eq!(difference(&link::read_strictly(text, None).expect("a scenario")), None);
}

/// Compares this number of random scenarios.
fn compare_random(cases: u32) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&any_scenario(), |scenario| {
        prop_assert_eq!(difference(&scenario), None);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn random_runs_have_the_same_events_on_sqlite() {
    compare_random(60);
}

#[test]
#[ignore = "script/test --all runs it"]
fn a_thousand_random_runs_have_the_same_events_on_sqlite() {
    compare_random(1000);
}

#[test]
fn runs_of_twenty_seeds_on_three_machines_have_the_same_events_on_sqlite() {
    let profile = Some(Box::new(MachineProfile { cores: 3, ..MachineProfile::linux_vm() }));
    for (machine, profile) in
        [(MachineChoice::WindowsLaptop, None), (MachineChoice::LinuxVm, None), (MachineChoice::Custom, profile)]
    {
        for seed in 1..=20 {
            let scenario = query::read("tasks=60&timeout=1&sleep=0.01&keep_going=1").scenario;
            let scenario = Scenario { seed, machine, profile: profile.clone(), ..scenario };
            assert_eq!(difference(&scenario), None);
        }
    }
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
