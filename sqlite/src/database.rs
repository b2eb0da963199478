//! The real SQLite behind the model's trait [`Database`]: it decides a whole run.
//!
//! SQLite answers each attempt at once; the run decides when a refused connection tries again. What
//! takes time in a run and not here, reading the schema and the I/O of a COMMIT, keeps its locks on
//! the disk until the run says that it has ended.

use crate::connection::{Code, Connection, Statement as Prepared};
use crate::setup::{INSERT, PATH, SELECT, begin_sql, create};
use crate::vfs::Vfs;
use lockstep_core::model::database::{Answer, ConnectionId, Database, ResultCode};
use lockstep_core::scenario::{Begin, Journal, Scenario, Synchronous};
use lockstep_core::trace::{Lock, Statement};
use std::rc::Rc;

/// A database file in memory, and the connections of a run.
pub struct SqliteDatabase {
    /// Indexed by the number of the connection.
    sessions: Vec<Option<Session>>,
    vfs: Rc<Vfs>,
    /// The pragmas that each connection runs first.
    pragmas: Vec<String>,
    wal: bool,
}

struct Session {
    /// The statement that the connection is at: it is prepared once and run for each attempt.
    statement: Option<(Statement, Prepared)>,
    /// The first statement is prepared: the connection knows the schema.
    is_prepared: bool,
    connection: Connection,
}

impl SqliteDatabase {
    /// An empty file for a run of `scenario`.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let (journal, synchronous) = (scenario.journal, scenario.synchronous);
        let mut pragmas = Vec::new();
        if !journal.is_kept_in_the_file() {
            pragmas.push(format!("PRAGMA journal_mode={}", journal.word()));
        }
        if synchronous != Synchronous::Full {
            pragmas.push(format!("PRAGMA synchronous={}", synchronous.word()));
        }
        let vfs = Rc::new(Vfs::new());
        let wal = journal == Journal::Wal;
        create(&vfs, wal, 0);
        Self { sessions: Vec::new(), vfs, pragmas, wal }
    }

    /// The connection, opened on first use.
    fn session(&mut self, connection: ConnectionId) -> Option<&mut Session> {
        let index = connection.0 as usize;
        if self.sessions.len() <= index {
            self.sessions.resize_with(index + 1, || None);
        }
        let session = &mut self.sessions[index];
        if session.is_none() {
            let opened = Connection::open(Some(&self.vfs), PATH).ok();
            *session = opened.map(|connection| Session { statement: None, is_prepared: false, connection });
        }
        session.as_mut()
    }

    fn existing(&self, connection: ConnectionId) -> Option<&Session> {
        self.sessions.get(connection.0 as usize)?.as_ref()
    }
}

impl Session {
    /// Runs the pragmas, or prepares the INSERT if there are none. Both read the schema.
    fn prepare(&mut self, pragmas: &[String]) -> Code {
        if self.is_prepared {
            // The schema is known. Reading its version needs the same lock.
            return self.connection.run("PRAGMA schema_version");
        }
        let code = if pragmas.is_empty() {
            self.connection.prepare(INSERT).err().unwrap_or(Code::OK)
        } else {
            pragmas.iter().map(|sql| self.connection.run(sql)).find(|code| !code.is_ok()).unwrap_or(Code::OK)
        };
        self.is_prepared = code.is_ok();
        code
    }

    fn run(&mut self, statement: Statement, sql: &str) -> Code {
        if self.statement.as_ref().is_none_or(|(prepared, _)| *prepared != statement) {
            self.statement = None;
            match self.connection.prepare(sql) {
                Ok((prepared, _)) => self.statement = prepared.map(|prepared| (statement, prepared)),
                Err(code) => return code,
            }
        }
        self.statement.as_ref().map_or(Code::OK, |(_, prepared)| self.connection.run_prepared(prepared))
    }
}

impl Database for SqliteDatabase {
    fn begin(&mut self, connection: ConnectionId) {
        let Some(session) = self.session(connection) else { return };
        session.statement = None;
        session.connection.run(begin_sql(Begin::Deferred));
    }

    fn attempt(&mut self, connection: ConnectionId, statement: Statement) -> Answer {
        let wal = self.wal;
        let pragmas = std::mem::take(&mut self.pragmas);
        let answer = self.session(connection).map_or(Answer::at_once(ResultCode::Error), |session| {
            let process = Rc::clone(session.connection.process());
            process.stop_keeping_locks();
            // In WAL mode, COMMIT asks for no lock, and its I/O runs under the write lock. So SQLite
            // runs it when its I/O ends.
            if statement == Statement::Commit && wal {
                return Answer::OK;
            }
            if matches!(statement, Statement::Prepare | Statement::Commit) {
                process.keep_locks();
            }
            session.connection.take_asked();
            let code = match statement {
                Statement::Prepare => session.prepare(&pragmas),
                Statement::BeginImmediate => session.run(statement, begin_sql(Begin::Immediate)),
                Statement::BeginExclusive => session.run(statement, begin_sql(Begin::Exclusive)),
                Statement::Select => session.run(statement, SELECT),
                Statement::Insert => session.run(statement, INSERT),
                Statement::Commit => session.run(statement, "COMMIT"),
            };
            Answer { code: result_code(code), may_wait: !code.is_ok() && session.connection.take_asked() }
        });
        self.pragmas = pragmas;
        answer
    }

    fn end_statement(&mut self, connection: ConnectionId) {
        if let Some(session) = self.session(connection) {
            session.connection.process().release_kept_locks();
        }
    }

    fn finish_commit(&mut self, connection: ConnectionId) {
        let wal = self.wal;
        let Some(session) = self.session(connection) else { return };
        if wal {
            session.run(Statement::Commit, "COMMIT");
        }
        session.statement = None;
        session.connection.process().release_kept_locks();
    }

    fn rollback(&mut self, connection: ConnectionId) {
        let Some(session) = self.session(connection) else { return };
        session.statement = None;
        session.connection.run("ROLLBACK");
        session.connection.process().release_kept_locks();
    }

    fn close(&mut self, connection: ConnectionId) {
        if let Some(session) = self.sessions.get_mut(connection.0 as usize) {
            *session = None;
        }
    }

    fn in_transaction(&self, connection: ConnectionId) -> bool {
        self.existing(connection).is_some_and(|session| session.connection.in_transaction())
    }

    fn lock(&self, connection: ConnectionId) -> Lock {
        self.existing(connection).map(|session| session.connection.lock()).unwrap_or_default()
    }
}

/// The model's equivalent of a code. A code that the model does not have becomes an error, so that
/// the runs differ there.
pub(crate) fn result_code(code: Code) -> ResultCode {
    match code.0 {
        _ if code.is_ok() => ResultCode::Ok,
        crate::ffi::SQLITE_BUSY_SNAPSHOT => ResultCode::BusySnapshot,
        _ if code.is_busy() => ResultCode::Busy,
        _ => ResultCode::Error,
    }
}
