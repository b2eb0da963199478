//! Connections to one file: their transactions and cursors, and what each statement asks the locks for (facts 1.7, 1.11, 1.12).
//!
//! Outside of BEGIN a statement is its own transaction. A statement that is refused leaves the connection with the locks that its
//! transaction and its cursor need, no more.
//! Left out: a busy handler that one statement has used up and that the next one's reading of the schema finds so (fact 3.6).

use super::script::{Command, Engine, Reply};
use super::{Answer, ConnectionId, Database, Locks, ResultCode};
use crate::scenario::Begin;
use crate::trace::{Lock, Statement};

/// A file and the connections to it, opened as they are first named.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sessions<L> {
    locks: L,
    sessions: Vec<Session>,
}

/// A connection as it stands. Two states of a file in which the same views occur differ by the connections' names only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct View {
    session: Session,
    /// The lock that it holds.
    pub lock: Lock,
    /// WAL mode: what it reads is no longer the newest state.
    is_stale: bool,
}

/// One connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Session {
    /// Between BEGIN and COMMIT or ROLLBACK.
    in_transaction: bool,
    /// A SELECT is in the middle of its rows.
    cursor: bool,
    /// This transaction may write: it was granted what it asked for to do so.
    may_write: bool,
    /// It has changed something.
    has_written: bool,
    /// It reads the schema, and has SHARED for nothing else.
    reads_schema: bool,
}

impl<L: Locks> Sessions<L> {
    /// `locks` with nobody connected.
    #[must_use]
    pub const fn new(locks: L) -> Self {
        Self { locks, sessions: Vec::new() }
    }

    /// How `connection` stands: all that decides what it will be told.
    #[must_use]
    pub fn view(&self, connection: ConnectionId) -> View {
        let session = self.sessions.get(connection.0 as usize).cloned().unwrap_or_default();
        View { session, lock: self.locks.held(connection), is_stale: self.locks.is_stale(connection) }
    }

    /// Whether `connection` stands between BEGIN and its end.
    #[must_use]
    pub fn in_transaction(&self, connection: ConnectionId) -> bool {
        self.sessions.get(connection.0 as usize).is_some_and(|session| session.in_transaction)
    }

    fn session(&mut self, connection: ConnectionId) -> &mut Session {
        let index = connection.0 as usize;
        if self.sessions.len() <= index {
            self.sessions.resize(index + 1, Session::default());
        }
        &mut self.sessions[index]
    }

    /// BEGIN IMMEDIATE and BEGIN EXCLUSIVE take their locks first and only then find out whether a transaction is open.
    fn begin_transaction(&mut self, connection: ConnectionId, kind: Begin) -> Answer {
        let had_read = self.locks.held(connection) != Lock::Unlocked;
        let locked = match kind {
            Begin::Deferred => Answer::OK,
            Begin::Immediate => self.write(connection),
            // A transaction that may write already is asked for nothing more.
            Begin::Exclusive if self.session(connection).may_write => Answer::OK,
            Begin::Exclusive => self.write_alone(connection),
        };
        if !locked.is_ok() && !had_read {
            self.locks.reduce(connection, false);
        }
        let is_open = self.in_transaction(connection);
        let answer = locked.and_then(|| if is_open { Answer::at_once(ResultCode::Error) } else { Answer::OK });
        if answer.is_ok() {
            self.session(connection).in_transaction = true;
        }
        self.release_unneeded(connection);
        answer
    }

    /// What a statement that changes the file needs: to read it first, then to write. Who had read before is refused at once
    /// (fact 1.15). Who held nothing before holds nothing after a refusal, inside of a transaction too (facts 1.8, 1.12).
    fn write(&mut self, connection: ConnectionId) -> Answer {
        let had_read = self.locks.held(connection) != Lock::Unlocked;
        let code = self.locks.read(connection);
        let code = if code.is_ok() { self.locks.write(connection) } else { code };
        self.session(connection).may_write |= code.is_ok();
        if !code.is_ok() && !had_read {
            self.locks.reduce(connection, false);
        }
        if had_read { Answer::at_once(code) } else { Answer::after_waiting(code) }
    }

    /// And to have it for itself at once. Who is refused because of readers keeps PENDING.
    fn write_alone(&mut self, connection: ConnectionId) -> Answer {
        let answer = self.write(connection).and_then(|| Answer::after_waiting(self.locks.exclusive(connection)));
        self.session(connection).may_write = answer.is_ok();
        answer
    }

    /// BEGIN EXCLUSIVE asks once, and keeps what it got for as long as its busy handler waits for the rest (pager.c,
    /// `sqlite3PagerBegin`).
    fn ask_to_begin_alone(&mut self, connection: ConnectionId) -> Answer {
        let answer = self.write_alone(connection);
        self.session(connection).in_transaction |= answer.is_ok();
        answer
    }

    fn prepare(&mut self, connection: ConnectionId) -> Answer {
        let held_nothing = self.locks.held(connection) == Lock::Unlocked;
        let code = self.locks.read(connection);
        self.session(connection).reads_schema = held_nothing && code.is_ok();
        Answer::after_waiting(code)
    }

    fn select(&mut self, connection: ConnectionId, stays_open: bool) -> Answer {
        let code = self.locks.read(connection);
        if code.is_ok() && stays_open {
            self.session(connection).cursor = true;
        }
        self.release_unneeded(connection);
        Answer::after_waiting(code)
    }

    fn end_select(&mut self, connection: ConnectionId) -> Answer {
        self.session(connection).cursor = false;
        self.release_unneeded(connection);
        Answer::OK
    }

    fn insert(&mut self, connection: ConnectionId) -> Answer {
        let written = self.write(connection);
        if !written.is_ok() {
            self.release_unneeded(connection);
            return written;
        }
        self.session(connection).has_written = true;
        if self.in_transaction(connection) {
            return Answer::OK;
        }
        let committed = self.locks.exclusive(connection);
        if committed.is_ok() {
            self.locks.publish(connection);
        }
        self.end_transaction(connection);
        Answer::after_waiting(committed)
    }

    /// COMMIT asks for EXCLUSIVE even if nothing was changed, as long as the transaction may write (fact 1.7).
    fn begin_commit(&mut self, connection: ConnectionId) -> Answer {
        if !self.in_transaction(connection) {
            Answer::at_once(ResultCode::Error)
        } else if self.session(connection).may_write {
            Answer::after_waiting(self.locks.exclusive(connection))
        } else {
            Answer::OK
        }
    }

    fn end_commit(&mut self, connection: ConnectionId) {
        if self.session(connection).has_written {
            self.locks.publish(connection);
        }
        self.end_transaction(connection);
    }

    fn commit(&mut self, connection: ConnectionId) -> Answer {
        let answer = self.begin_commit(connection);
        if answer.is_ok() {
            self.end_commit(connection);
        }
        answer
    }

    fn end_by_rollback(&mut self, connection: ConnectionId) -> Answer {
        if !self.in_transaction(connection) {
            return Answer::at_once(ResultCode::Error);
        }
        self.end_transaction(connection);
        Answer::OK
    }

    /// The transaction's locks go, but for that of a cursor that is still open.
    fn end_transaction(&mut self, connection: ConnectionId) {
        let session = self.session(connection);
        let (may_write, still_reads) = (session.may_write, session.cursor);
        *session = Session { cursor: still_reads, ..Session::default() };
        if may_write {
            self.locks.reduce(connection, still_reads);
        }
        self.release_unneeded(connection);
    }

    fn close_connection(&mut self, connection: ConnectionId) -> Answer {
        *self.session(connection) = Session::default();
        self.release_unneeded(connection);
        Answer::OK
    }

    /// Releases all locks outside of a transaction with no cursor open.
    fn release_unneeded(&mut self, connection: ConnectionId) {
        let Session { in_transaction, cursor, .. } = *self.session(connection);
        if !in_transaction && !cursor {
            self.locks.reduce(connection, false);
        }
    }
}

impl<L: Locks> Engine for Sessions<L> {
    fn execute(&mut self, connection: ConnectionId, command: Command) -> Reply {
        let answer = match command {
            Command::Begin(kind) => self.begin_transaction(connection, kind),
            Command::Select => self.select(connection, false),
            Command::OpenSelect => {
                self.end_select(connection);
                self.select(connection, true)
            }
            Command::EndSelect => self.end_select(connection),
            Command::Insert => self.insert(connection),
            Command::Commit => self.commit(connection),
            Command::Rollback => self.end_by_rollback(connection),
            Command::Close => self.close_connection(connection),
        };
        Reply { answer, in_transaction: self.in_transaction(connection), lock: self.locks.held(connection) }
    }
}

impl<L: Locks> Database for Sessions<L> {
    fn begin(&mut self, connection: ConnectionId) {
        self.begin_transaction(connection, Begin::Deferred);
    }

    fn ask(&mut self, connection: ConnectionId, statement: Statement) -> Answer {
        match statement {
            // The first statement of a connection reads the schema before its first step.
            Statement::Prepare => self.prepare(connection),
            Statement::BeginImmediate => self.begin_transaction(connection, Begin::Immediate),
            Statement::BeginExclusive => self.ask_to_begin_alone(connection),
            Statement::Select => self.select(connection, false),
            Statement::Insert => self.insert(connection),
            Statement::Commit => self.begin_commit(connection),
        }
    }

    fn settle(&mut self, connection: ConnectionId) {
        if std::mem::take(&mut self.session(connection).reads_schema) {
            self.locks.reduce(connection, false);
        }
        self.release_unneeded(connection);
    }

    fn finish_commit(&mut self, connection: ConnectionId) {
        self.end_commit(connection);
    }

    fn rollback(&mut self, connection: ConnectionId) {
        self.end_by_rollback(connection);
    }

    fn close(&mut self, connection: ConnectionId) {
        self.close_connection(connection);
    }

    fn in_transaction(&self, connection: ConnectionId) -> bool {
        Self::in_transaction(self, connection)
    }

    fn lock(&self, connection: ConnectionId) -> Lock {
        self.locks.held(connection)
    }
}
