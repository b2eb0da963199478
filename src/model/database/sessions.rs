//! Connections to one file: their transactions and cursors, and what each statement asks the locks for (facts 1.7, 1.11, 1.12).
//!
//! Outside of BEGIN a statement is its own transaction. A statement that is refused leaves the connection with the locks that its
//! transaction and its cursor need, no more.

use super::script::{Command, Engine, Reply};
use super::{ConnectionId, Database, Locks, ResultCode};
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
    fn begin(&mut self, connection: ConnectionId, kind: Begin) -> ResultCode {
        let locked = match kind {
            Begin::Deferred => ResultCode::Ok,
            Begin::Immediate => self.write(connection),
            Begin::Exclusive => self.write_alone(connection),
        };
        let code = locked.and_then(|| if self.in_transaction(connection) { ResultCode::Error } else { ResultCode::Ok });
        if code.is_ok() {
            self.session(connection).in_transaction = true;
        }
        self.settle(connection);
        code
    }

    /// What a statement that changes the file needs: to read it first, then to write.
    fn write(&mut self, connection: ConnectionId) -> ResultCode {
        self.gain(connection, |locks| locks.read(connection).and_then(|| locks.write(connection)))
    }

    /// And to have it for itself at once. A transaction that may write already is asked for nothing more.
    fn write_alone(&mut self, connection: ConnectionId) -> ResultCode {
        if self.session(connection).may_write {
            return ResultCode::Ok;
        }
        self.gain(connection, |locks| {
            locks.read(connection).and_then(|| locks.write(connection)).and_then(|| locks.exclusive(connection))
        })
    }

    /// Who held nothing before holds nothing after a refusal, inside of a transaction too (facts 1.8, 1.12). Who read before keeps
    /// whatever it got, which for BEGIN EXCLUSIVE may be PENDING.
    fn gain(&mut self, connection: ConnectionId, ask: impl FnOnce(&mut L) -> ResultCode) -> ResultCode {
        let before = self.locks.held(connection);
        let code = ask(&mut self.locks);
        if code.is_ok() {
            self.session(connection).may_write = true;
        } else if before == Lock::Unlocked {
            self.locks.reduce(connection, false);
        }
        code
    }

    fn select(&mut self, connection: ConnectionId, stays_open: bool) -> ResultCode {
        let code = self.locks.read(connection);
        if code.is_ok() && stays_open {
            self.session(connection).cursor = true;
        }
        self.settle(connection);
        code
    }

    fn end_select(&mut self, connection: ConnectionId) -> ResultCode {
        self.session(connection).cursor = false;
        self.settle(connection);
        ResultCode::Ok
    }

    fn insert(&mut self, connection: ConnectionId) -> ResultCode {
        let written = self.write(connection);
        if !written.is_ok() {
            self.settle(connection);
            return written;
        }
        self.session(connection).has_written = true;
        if self.in_transaction(connection) {
            return ResultCode::Ok;
        }
        let committed = self.locks.exclusive(connection);
        if committed.is_ok() {
            self.locks.publish(connection);
        }
        self.end_transaction(connection);
        committed
    }

    /// COMMIT asks for EXCLUSIVE even if nothing was changed, as long as the transaction may write (fact 1.7).
    fn begin_commit(&mut self, connection: ConnectionId) -> ResultCode {
        if !self.in_transaction(connection) {
            ResultCode::Error
        } else if self.session(connection).may_write {
            self.locks.exclusive(connection)
        } else {
            ResultCode::Ok
        }
    }

    fn end_commit(&mut self, connection: ConnectionId) {
        if self.session(connection).has_written {
            self.locks.publish(connection);
        }
        self.end_transaction(connection);
    }

    fn commit(&mut self, connection: ConnectionId) -> ResultCode {
        let code = self.begin_commit(connection);
        if code.is_ok() {
            self.end_commit(connection);
        }
        code
    }

    fn rollback(&mut self, connection: ConnectionId) -> ResultCode {
        if !self.in_transaction(connection) {
            return ResultCode::Error;
        }
        self.end_transaction(connection);
        ResultCode::Ok
    }

    /// The transaction's locks go, but for that of a cursor that is still open.
    fn end_transaction(&mut self, connection: ConnectionId) {
        let session = self.session(connection);
        let (may_write, still_reads) = (session.may_write, session.cursor);
        *session = Session { cursor: still_reads, ..Session::default() };
        if may_write {
            self.locks.reduce(connection, still_reads);
        }
        self.settle(connection);
    }

    fn hang_up(&mut self, connection: ConnectionId) -> ResultCode {
        *self.session(connection) = Session::default();
        self.settle(connection);
        ResultCode::Ok
    }

    /// Outside of a transaction and with no cursor open, a connection holds nothing.
    fn settle(&mut self, connection: ConnectionId) {
        let Session { in_transaction, cursor, .. } = *self.session(connection);
        if !in_transaction && !cursor {
            self.locks.reduce(connection, false);
        }
    }
}

impl ResultCode {
    fn and_then(self, next: impl FnOnce() -> Self) -> Self {
        if self.is_ok() { next() } else { self }
    }
}

impl<L: Locks> Engine for Sessions<L> {
    fn execute(&mut self, connection: ConnectionId, command: Command) -> Reply {
        let code = match command {
            Command::Begin(kind) => self.begin(connection, kind),
            Command::Select => self.select(connection, false),
            Command::OpenSelect => {
                self.end_select(connection);
                self.select(connection, true)
            }
            Command::EndSelect => self.end_select(connection),
            Command::Insert => self.insert(connection),
            Command::Commit => self.commit(connection),
            Command::Rollback => self.rollback(connection),
            Command::Close => self.hang_up(connection),
        };
        Reply { code, in_transaction: self.in_transaction(connection), lock: self.locks.held(connection) }
    }
}

impl<L: Locks> Database for Sessions<L> {
    fn ask(&mut self, connection: ConnectionId, statement: Statement) -> ResultCode {
        match statement {
            Statement::Prepare => self.select(connection, false),
            Statement::Insert => {
                self.session(connection).in_transaction = true;
                self.insert(connection)
            }
            Statement::Commit => self.begin_commit(connection),
        }
    }

    fn finish_commit(&mut self, connection: ConnectionId) {
        self.end_commit(connection);
    }

    fn close(&mut self, connection: ConnectionId) {
        self.hang_up(connection);
    }

    fn lock(&self, connection: ConnectionId) -> Lock {
        self.locks.held(connection)
    }
}
