//! The real SQLite behind the model's database trait: real connections on a real file, the run's own clock.
//!
//! Every question is a call that returns at once, with no busy timeout. Only a COMMIT takes time: its thread stands at a gate with
//! the lock until the run's clock reaches the end of the I/O.

use super::connection::Connection;
use super::vfs::{self, Gate};
use super::{File, INSERT, SELECT, begin};
use lockstep_core::model::database::{Answer, ConnectionId, Database, ResultCode};
use lockstep_core::scenario::{Begin, Scenario};
use lockstep_core::time::SimDuration;
use lockstep_core::trace::{Lock, Statement};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::CString;
use std::sync::Arc;
use std::thread::JoinHandle;

/// A file, its connections, and the COMMIT under way.
pub(crate) struct RealDatabase {
    file: File,
    /// What a connection's first statement is, and what it runs after it.
    pragmas: Vec<CString>,
    connections: BTreeMap<ConnectionId, Connection>,
    /// Whose first statement has been prepared.
    prepared: BTreeSet<ConnectionId>,
    /// Who reads the schema for as long as the run's clock says, where SQLite reads it within one call: an open SELECT of a
    /// connection beside it stands for that.
    reading: BTreeMap<ConnectionId, Connection>,
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
        Self {
            file: File::new(name, wal),
            pragmas,
            connections: BTreeMap::new(),
            prepared: BTreeSet::new(),
            reading: BTreeMap::new(),
            commit: None,
        }
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

    /// The first statement is prepared, and what it needed to read the schema is kept until [`Database::settle`].
    fn prepare(&mut self, connection: ConnectionId) -> ResultCode {
        let is_first = !self.prepared.contains(&connection);
        let code = if is_first { self.first_statement(connection) } else { ResultCode::Ok };
        if code.is_ok() {
            self.prepared.insert(connection);
        }
        let beside = self.file.open();
        if code.is_ok() && [begin(Begin::Deferred), SELECT].iter().all(|sql| beside.run(sql).is_ok()) {
            self.reading.insert(connection, beside);
        }
        code
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
    fn begin(&mut self, connection: ConnectionId) {
        assert_eq!(self.connection(connection).run(begin(Begin::Deferred)), ResultCode::Ok, "BEGIN asks for nothing");
    }

    fn ask(&mut self, connection: ConnectionId, statement: Statement) -> Answer {
        // COMMIT has a thread of its own, and its sleeps cannot be seen from here; it is always one that waits (fact 1.15).
        if statement == Statement::Commit {
            return Answer::after_waiting(self.begin_commit(connection));
        }
        // A sleep is only recorded: it tells that the busy handler was asked. Setting the timeout anew makes the handler as new.
        self.connection(connection).set_busy_timeout(SimDuration::from_millis(1));
        vfs::take_sleeps();
        let code = match statement {
            Statement::Prepare => self.prepare(connection),
            Statement::BeginImmediate => self.connection(connection).run(begin(Begin::Immediate)),
            Statement::BeginExclusive => self.connection(connection).run(begin(Begin::Exclusive)),
            Statement::Select => self.connection(connection).run(SELECT),
            Statement::Insert | Statement::Commit => self.connection(connection).run(INSERT),
        };
        Answer { code, may_wait: !code.is_ok() && !vfs::take_sleeps().is_empty() }
    }

    // What a statement got by half is gone when SQLite has answered.
    fn settle(&mut self, connection: ConnectionId) {
        self.reading.remove(&connection);
    }

    fn finish_commit(&mut self, connection: ConnectionId) {
        let Commit { of, gate, thread, .. } = self.commit.take().expect("a COMMIT is under way");
        assert_eq!(of, connection);
        gate.open();
        self.connections.insert(of, thread.join().expect("the COMMIT's thread ends"));
    }

    fn rollback(&mut self, connection: ConnectionId) {
        assert_eq!(self.connection(connection).run(c"ROLLBACK"), ResultCode::Ok, "a transaction was open");
    }

    fn close(&mut self, connection: ConnectionId) {
        self.connections.remove(&connection);
        self.prepared.remove(&connection);
    }

    fn in_transaction(&self, connection: ConnectionId) -> bool {
        self.connections.get(&connection).is_some_and(Connection::in_transaction)
    }

    fn lock(&self, connection: ConnectionId) -> Lock {
        match &self.commit {
            Some(commit) if commit.of == connection => commit.lock,
            _ => {
                let of =
                    |connections: &BTreeMap<_, Connection>| connections.get(&connection).map_or(Lock::Unlocked, Connection::lock);
                of(&self.connections).max(of(&self.reading))
            }
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
