//! Random scripts of two to five connections on three engines: the model, SQLite on a disk in
//! memory, and SQLite on the operating system's disk. A failing script is shrunk to the shortest
//! that differs.

use lockstep_core::model::database::ConnectionId;
use lockstep_core::model::database::script::{Command, Engine, Line, Script};
use lockstep_sqlite::SqliteEngine;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use std::cell::RefCell;
use std::ffi::CString;
use std::path::{Path, PathBuf};

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

/// A folder in memory if there is one, because syncing a real disk takes long. Deleted on drop.
struct Folder(PathBuf);

impl Folder {
    fn new(wal: bool) -> Self {
        let memory = Path::new("/dev/shm");
        let base = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
        let folder = base.join(format!("lockstep-conformance-{}-{wal}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the database");
        Self(folder)
    }

    fn database(&self) -> CString {
        CString::new(self.0.join("test.db").to_string_lossy().into_owned()).expect("a path without NUL")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs `lines` on all engines, and describes the first difference of their replies.
fn difference(engines: &mut [(&str, &mut dyn Engine)], lines: &[Line]) -> Option<String> {
    for (index, line) in lines.iter().enumerate() {
        let replies: Vec<_> =
            engines.iter_mut().map(|(name, engine)| (*name, engine.execute(line.connection, line.command))).collect();
        if replies.iter().any(|(_, reply)| *reply != replies[0].1) {
            let script: Vec<String> = lines[..=index].iter().map(ToString::to_string).collect();
            let replies: Vec<String> = replies.iter().map(|(name, reply)| format!("{name}: {reply}")).collect();
            return Some(format!("after\n{}\n{}", script.join("\n"), replies.join("\n")));
        }
    }
    None
}

/// Runs random scripts on all engines, and returns the number of compared statements.
fn compare(wal: bool) -> usize {
    let folder = Folder::new(wal);
    let real = SqliteEngine::on_a_real_file(folder.database(), wal).expect("the file can be created");
    let engines = RefCell::new((SqliteEngine::new(wal), real));
    let statements = RefCell::new(0);
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&lines(), |lines| {
        let (memory, real) = &mut *engines.borrow_mut();
        memory.close_all();
        real.close_all();
        *statements.borrow_mut() += lines.len();
        let mut model = Script { wal, lines: Vec::new() }.model();
        let mut engines: [(&str, &mut dyn Engine); 3] =
            [("the model", model.as_mut()), ("SQLite in memory", memory), ("SQLite on a real file", real)];
        match difference(&mut engines, &lines) {
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
