//! Random scripts of two to five connections; a failing one is shrunk to the shortest that differs.

use crate::sqlite::{File, difference};
use lockstep_core::model::database::ConnectionId;
use lockstep_core::model::database::script::{Command, Line, Script};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use std::cell::RefCell;

/// Random scripts per journal mode.
const CASES: u32 = 5000;
/// Statements per script.
const LINES: std::ops::Range<usize> = 10..34;

fn lines() -> impl Strategy<Value = Vec<Line>> {
    (2..=5_u32).prop_flat_map(|connections| {
        let command = proptest::sample::select(Command::all().collect::<Vec<_>>());
        let line = (1..=connections, command).prop_map(|(number, command)| Line { connection: ConnectionId(number), command });
        proptest::collection::vec(line, LINES)
    })
}

/// Runs random scripts on both engines, and returns the number of compared statements.
fn compare(wal: bool) -> usize {
    let file = RefCell::new(File::new("random", wal));
    let statements = RefCell::new(0);
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&lines(), |lines| {
        let mut file = file.borrow_mut();
        file.close_all();
        *statements.borrow_mut() += lines.len();
        let mut model = Script { wal, lines: Vec::new() }.model();
        match difference(model.as_mut(), &mut file, &lines) {
            Some(difference) => Err(TestCaseError::fail(difference)),
            None => Ok(()),
        }
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(difference, _)) => panic!("{difference}"),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
    statements.into_inner()
}

#[test]
fn random_scripts_with_a_rollback_journal_give_the_same_codes_waits_transactions_and_locks() {
    let statements = compare(false);
    println!("{statements} statements compared with a rollback journal");
    assert!(statements >= 100_000);
}

#[test]
fn random_scripts_in_wal_mode_give_the_same_codes_waits_transactions_and_locks() {
    let statements = compare(true);
    println!("{statements} statements compared in WAL mode");
    assert!(statements >= 100_000);
}
