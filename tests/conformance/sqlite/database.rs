//! The real SQLite behind the model's database trait: real connections on a real file, the run's own clock.
//!
//! Every question is a call that returns at once, with no busy timeout. Only a COMMIT takes time: its thread stands at a gate with
//! the lock until the run's clock reaches the end of the I/O.

use super::connection::Connection;
use super::vfs::Gate;
use super::{File, INSERT};
use lockstep::model::database::{Answer, ConnectionId, Database, ResultCode};
use lockstep::scenario::Scenario;
use lockstep::trace::{Lock, Statement};
use std::collections::BTreeMap;
use std::ffi::CString;
use std::sync::Arc;
use std::thread::JoinHandle;

/// A file, its connections, and the COMMIT under way.
pub(crate) struct RealDatabase {
    file: File,
    /// What a connection's first statement is, and what it runs after it.
    pragmas: Vec<CString>,
    connections: BTreeMap<ConnectionId, Connection>,
    commit: Option<Commit>,
}

struct Commit {
    of: ConnectionId,
    lock: Lock,
    gate: Arc<Gate>,
    thread: JoinHandle<Connection>,
}

impl RealDatabase {
    /// A file for the run of `scenario`.
    pub(crate) fn new(name: &str, scenario: &Scenario) -> Self {
        let (journal, synchronous) = (scenario.journal, scenario.synchronous);
        let wal = journal.word() == "wal";
        let mut pragmas = Vec::new();
        if !journal.is_kept_in_the_file() {
            pragmas.push(format!("PRAGMA journal_mode={}", journal.word()));
        }
        if synchronous.word() != "full" {
            pragmas.push(format!("PRAGMA synchronous={}", synchronous.word()));
        }
        let pragmas = pragmas.into_iter().map(|sql| CString::new(sql).expect("no NUL in it")).collect();
        Self { file: File::new(name, wal), pragmas, connections: BTreeMap::new(), commit: None }
    }

    fn connection(&mut self, connection: ConnectionId) -> &Connection {
        let file = &self.file;
        self.connections.entry(connection).or_insert_with(|| file.open())
    }

    fn first_statement(&mut self, connection: ConnectionId) -> ResultCode {
        let pragmas = self.pragmas.clone();
        let connection = self.connection(connection);
        if pragmas.is_empty() {
            return connection.prepare(INSERT);
        }
        pragmas.iter().map(|sql| connection.run(sql)).find(|code| !code.is_ok()).unwrap_or(ResultCode::Ok)
    }

    fn insert(&mut self, connection: ConnectionId) -> ResultCode {
        let connection = self.connection(connection);
        if !connection.in_transaction() {
            assert_eq!(connection.run(c"BEGIN"), ResultCode::Ok, "BEGIN asks for nothing");
        }
        connection.run(INSERT)
    }

    #[expect(clippy::disallowed_methods, reason = "these tests do not run in wasm")]
    fn begin_commit(&mut self, of: ConnectionId) -> ResultCode {
        let connection = self.connections.remove(&of).expect("who commits has inserted");
        let gate = Arc::new(Gate::default());
        let own = Arc::clone(&gate);
        let thread = std::thread::spawn(move || {
            own.guard(|| connection.run(c"COMMIT"));
            connection
        });
        if let Some(lock) = gate.reached() {
            self.commit = Some(Commit { of, lock, gate, thread });
            return ResultCode::Ok;
        }
        self.connections.insert(of, thread.join().expect("the COMMIT's thread ends"));
        ResultCode::Busy
    }
}

impl Database for RealDatabase {
    fn ask(&mut self, connection: ConnectionId, statement: Statement) -> Answer {
        Answer::after_waiting(match statement {
            Statement::Prepare => self.first_statement(connection),
            Statement::Insert => self.insert(connection),
            Statement::Commit => self.begin_commit(connection),
        })
    }

    fn finish_commit(&mut self, connection: ConnectionId) {
        let Commit { of, gate, thread, .. } = self.commit.take().expect("a COMMIT is under way");
        assert_eq!(of, connection);
        gate.open();
        self.connections.insert(of, thread.join().expect("the COMMIT's thread ends"));
    }

    fn close(&mut self, connection: ConnectionId) {
        self.connections.remove(&connection);
    }

    fn lock(&self, connection: ConnectionId) -> Lock {
        match &self.commit {
            Some(commit) if commit.of == connection => commit.lock,
            _ => self.connections.get(&connection).map_or(Lock::Unlocked, Connection::lock),
        }
    }
}

impl Drop for RealDatabase {
    fn drop(&mut self) {
        if let Some(Commit { gate, thread, .. }) = self.commit.take() {
            gate.open();
            let _ = thread.join();
        }
    }
}
