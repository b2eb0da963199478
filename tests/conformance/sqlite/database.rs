//! The real SQLite behind the model's `Database` trait: real connections on a real file, with
//! simulated time.
//!
//! Every call returns at once, because sleeps of the busy handler are skipped. Only a COMMIT takes
//! simulated time: its thread blocks at a gate and holds the lock until the simulated I/O ends.

use super::connection::Connection;
use super::vfs::{self, Gate};
use super::{File, INSERT, SELECT, begin_sql};
use lockstep_core::model::database::{Answer, ConnectionId, Database, ResultCode};
use lockstep_core::scenario::{Begin, Scenario};
use lockstep_core::time::SimDuration;
use lockstep_core::trace::{Lock, Statement};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::CString;
use std::sync::Arc;
use std::thread::JoinHandle;

/// A file, its connections, and the COMMIT in progress.
pub(crate) struct RealDatabase {
    file: File,
    /// The pragmas that each connection runs first.
    pragmas: Vec<CString>,
    connections: BTreeMap<ConnectionId, Connection>,
    /// Connections whose first statement has been prepared.
    prepared: BTreeSet<ConnectionId>,
    /// Connections that are reading the schema. SQLite reads it within one call, but it takes
    /// simulated time, so a second connection holds SHARED until then.
    reading: BTreeMap<ConnectionId, Connection>,
    commit: Option<Commit>,
}

struct Commit {
    connection: ConnectionId,
    lock: Lock,
    gate: Arc<Gate>,
    thread: JoinHandle<Connection>,
}

impl RealDatabase {
    /// Creates a file for the run of `scenario`.
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
        let pragmas = pragmas.into_iter().map(|sql| CString::new(sql).expect("no NUL in the SQL")).collect();
        Self {
            file: File::new(name, wal),
            pragmas,
            connections: BTreeMap::new(),
            prepared: BTreeSet::new(),
            reading: BTreeMap::new(),
            commit: None,
        }
    }

    /// The connection, opened on first use.
    fn connection(&mut self, connection: ConnectionId) -> &Connection {
        let file = &self.file;
        self.connections.entry(connection).or_insert_with(|| file.open())
    }

    /// Runs the pragmas, or prepares the INSERT if there are none.
    fn run_first_statement(&mut self, connection: ConnectionId) -> ResultCode {
        let pragmas = self.pragmas.clone();
        let connection = self.connection(connection);
        if pragmas.is_empty() {
            return connection.prepare(INSERT);
        }
        pragmas.iter().map(|sql| connection.run(sql)).find(|code| !code.is_ok()).unwrap_or(ResultCode::Ok)
    }

    /// Prepares the first statement, and keeps the lock that reading the schema needs until
    /// [`Database::end_statement`].
    fn prepare(&mut self, connection: ConnectionId) -> ResultCode {
        let is_first = !self.prepared.contains(&connection);
        let code = if is_first { self.run_first_statement(connection) } else { ResultCode::Ok };
        if code.is_ok() {
            self.prepared.insert(connection);
        }
        let second = self.file.open();
        if code.is_ok() && [begin_sql(Begin::Deferred), SELECT].iter().all(|sql| second.run(sql).is_ok()) {
            self.reading.insert(connection, second);
        }
        code
    }

    #[expect(clippy::disallowed_methods, reason = "these tests do not run in wasm")]
    fn begin_commit(&mut self, id: ConnectionId) -> ResultCode {
        let connection = self.connections.remove(&id).expect("the connection has inserted");
        let gate = Arc::new(Gate::default());
        let threads_gate = Arc::clone(&gate);
        let thread = std::thread::spawn(move || {
            threads_gate.run_commit(|| connection.run(c"COMMIT"));
            connection
        });
        if let Some(lock) = gate.wait_for_commit() {
            self.commit = Some(Commit { connection: id, lock, gate, thread });
            return ResultCode::Ok;
        }
        self.connections.insert(id, thread.join().expect("the COMMIT's thread ends"));
        ResultCode::Busy
    }
}

impl Database for RealDatabase {
    fn begin(&mut self, connection: ConnectionId) {
        assert_eq!(self.connection(connection).run(begin_sql(Begin::Deferred)), ResultCode::Ok, "BEGIN takes no lock");
    }

    fn attempt(&mut self, connection: ConnectionId, statement: Statement) -> Answer {
        // COMMIT runs on its own thread, whose sleeps this thread does not record. A refused COMMIT
        // always waits (fact 1.15).
        if statement == Statement::Commit {
            return Answer::after_waiting(self.begin_commit(connection));
        }
        // A recorded sleep shows that SQLite called the busy handler. Setting the timeout resets
        // the handler.
        self.connection(connection).set_busy_timeout(SimDuration::from_millis(1));
        vfs::take_sleeps();
        let code = match statement {
            Statement::Prepare => self.prepare(connection),
            Statement::BeginImmediate => self.connection(connection).run(begin_sql(Begin::Immediate)),
            Statement::BeginExclusive => self.connection(connection).run(begin_sql(Begin::Exclusive)),
            Statement::Select => self.connection(connection).run(SELECT),
            Statement::Insert | Statement::Commit => self.connection(connection).run(INSERT),
        };
        Answer { code, may_wait: !code.is_ok() && !vfs::take_sleeps().is_empty() }
    }

    // SQLite itself releases partial locks before it returns.
    fn end_statement(&mut self, connection: ConnectionId) {
        self.reading.remove(&connection);
    }

    fn finish_commit(&mut self, connection: ConnectionId) {
        let Commit { connection: committing, gate, thread, .. } = self.commit.take().expect("a COMMIT is in progress");
        assert_eq!(committing, connection);
        gate.open();
        self.connections.insert(committing, thread.join().expect("the COMMIT's thread ends"));
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
            Some(commit) if commit.connection == connection => commit.lock,
            _ => {
                let lock_in =
                    |connections: &BTreeMap<_, Connection>| connections.get(&connection).map_or(Lock::Unlocked, Connection::lock);
                lock_in(&self.connections).max(lock_in(&self.reading))
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
