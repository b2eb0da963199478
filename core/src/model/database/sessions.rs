//! Connections to one file: their transactions and cursors, and the locks that each statement
//! requests (facts 1.7, 1.11, 1.12).
//!
//! Without a BEGIN, each statement is its own transaction. After a refused statement, the
//! connection keeps only the locks that its transaction and its cursor need.

use super::script::{Command, Engine, Reply};
use super::{Answer, ConnectionId, Database, Locks, ResultCode};
use crate::scenario::Begin;
use crate::trace::{Lock, Statement};

/// A file and the connections to it. A connection is opened by its first statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sessions<L> {
    locks: L,
    sessions: Vec<Session>,
}

/// The complete state of one connection. Two states of a file with the same views are equal except
/// for the numbers of the connections.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct View {
    session: Session,
    /// The lock that the connection holds.
    pub lock: Lock,
    /// WAL mode: the snapshot of the connection is outdated.
    is_stale: bool,
}

/// The state of one connection, except for its lock.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Session {
    /// Between BEGIN and COMMIT or ROLLBACK.
    in_transaction: bool,
    /// A SELECT is open.
    cursor: bool,
    /// The transaction has acquired the lock for writing.
    may_write: bool,
    /// The transaction has written.
    has_written: bool,
    /// The connection holds SHARED only to read the schema.
    reads_schema: bool,
    /// What a script needs to know besides: its statements are prepared one by one.
    preparation: Preparation,
}

/// What decides whether preparing the next statement reads the schema, and whether it would wait.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Preparation {
    /// The connection has read the schema.
    knows_schema: bool,
    /// After a refused reading, SQLite takes the next schema for a change of this transaction: it
    /// loses it if the transaction is rolled back (fact 14.8).
    schema_is_uncommitted: bool,
    /// The last step used up the busy handler, so that the next prepare does not wait (fact 3.6).
    handler_is_used: bool,
}

impl Preparation {
    /// A transaction was committed, possibly that of a single statement.
    const fn commit(&mut self) {
        self.schema_is_uncommitted = false;
    }

    /// A transaction was rolled back, possibly that of a single statement.
    const fn roll_back(&mut self) {
        self.knows_schema &= !self.schema_is_uncommitted;
        self.schema_is_uncommitted = false;
    }
}

impl<L: Locks> Sessions<L> {
    /// A file with these locks and without connections.
    #[must_use]
    pub const fn new(locks: L) -> Self {
        Self { locks, sessions: Vec::new() }
    }

    /// The state of `connection`. It determines the answers to its next statements.
    #[must_use]
    pub fn view(&self, connection: ConnectionId) -> View {
        let session = self.sessions.get(connection.0 as usize).cloned().unwrap_or_default();
        View { session, lock: self.locks.held(connection), is_stale: self.locks.is_stale(connection) }
    }

    /// Whether `connection` has an open transaction.
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

    /// BEGIN IMMEDIATE and BEGIN EXCLUSIVE acquire their locks before they check whether a
    /// transaction is already open.
    fn begin_transaction(&mut self, connection: ConnectionId, kind: Begin) -> Answer {
        let held_shared = self.locks.held(connection) != Lock::Unlocked;
        let locked = match kind {
            Begin::Deferred => Answer::OK,
            Begin::Immediate => self.acquire_write(connection),
            // A transaction that may already write needs no further lock.
            Begin::Exclusive if self.session(connection).may_write => Answer::OK,
            Begin::Exclusive => self.acquire_exclusive(connection),
        };
        if !locked.is_ok() && !held_shared {
            self.locks.downgrade(connection, false);
        }
        let is_open = self.in_transaction(connection);
        let answer = locked.and_then(|| if is_open { Answer::at_once(ResultCode::Error) } else { Answer::OK });
        if answer.is_ok() {
            self.session(connection).in_transaction = true;
        }
        self.release_unneeded(connection);
        answer
    }

    /// Acquires the locks of a statement that changes the file: first for reading, then for
    /// writing. A connection that already held SHARED is refused at once, without its busy handler
    /// (fact 1.15). A connection that held no lock before holds none after a refusal, even inside a
    /// transaction (facts 1.8, 1.12).
    fn acquire_write(&mut self, connection: ConnectionId) -> Answer {
        let held_shared = self.locks.held(connection) != Lock::Unlocked;
        let code = self.locks.read(connection);
        let code = if code.is_ok() { self.locks.write(connection) } else { code };
        self.session(connection).may_write |= code.is_ok();
        if !code.is_ok() && !held_shared {
            self.locks.downgrade(connection, false);
        }
        if held_shared { Answer::at_once(code) } else { Answer::after_waiting(code) }
    }

    /// Acquires EXCLUSIVE too. If readers prevent that, the connection keeps PENDING.
    fn acquire_exclusive(&mut self, connection: ConnectionId) -> Answer {
        let answer = self.acquire_write(connection).and_then(|| Answer::after_waiting(self.locks.exclusive(connection)));
        self.session(connection).may_write = answer.is_ok();
        answer
    }

    /// One attempt of BEGIN EXCLUSIVE. It keeps the locks that it got while its busy handler waits
    /// for the others (pager.c, `sqlite3PagerBegin`).
    fn attempt_begin_exclusive(&mut self, connection: ConnectionId) -> Answer {
        let answer = self.acquire_exclusive(connection);
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
        let was_open = std::mem::take(&mut self.session(connection).cursor);
        if was_open && !self.in_transaction(connection) {
            self.session(connection).preparation.commit();
        }
        self.release_unneeded(connection);
        Answer::OK
    }

    fn insert(&mut self, connection: ConnectionId) -> Answer {
        let written = self.acquire_write(connection);
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

    /// COMMIT requests EXCLUSIVE if the transaction may write, even if it has changed nothing (fact
    /// 1.7).
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

    fn roll_back(&mut self, connection: ConnectionId) -> Answer {
        if !self.in_transaction(connection) {
            return Answer::at_once(ResultCode::Error);
        }
        self.end_transaction(connection);
        Answer::OK
    }

    /// Ends the transaction and releases its locks, except SHARED for an open cursor.
    fn end_transaction(&mut self, connection: ConnectionId) {
        let session = self.session(connection);
        let (may_write, still_reads) = (session.may_write, session.cursor);
        let preparation = std::mem::take(&mut session.preparation);
        *session = Session { cursor: still_reads, preparation, ..Session::default() };
        if may_write {
            self.locks.downgrade(connection, still_reads);
        }
        self.release_unneeded(connection);
    }

    fn close_connection(&mut self, connection: ConnectionId) -> Answer {
        *self.session(connection) = Session::default();
        self.release_unneeded(connection);
        Answer::OK
    }

    /// Reads the schema if `connection` does not know it, as preparing a SELECT or an INSERT does.
    fn read_schema(&mut self, connection: ConnectionId, handler_is_used: bool) -> Answer {
        if self.session(connection).preparation.knows_schema {
            return Answer::OK;
        }
        let held_nothing = self.locks.held(connection) == Lock::Unlocked;
        let code = self.locks.read(connection);
        if held_nothing {
            self.locks.downgrade(connection, false);
        }
        let preparation = &mut self.session(connection).preparation;
        preparation.knows_schema = code.is_ok();
        preparation.schema_is_uncommitted |= !code.is_ok();
        if handler_is_used { Answer::at_once(code) } else { Answer::after_waiting(code) }
    }

    /// Prepares a command and runs it.
    fn prepare_and_step(&mut self, connection: ConnectionId, command: Command) -> Answer {
        let handler_is_used = std::mem::take(&mut self.session(connection).preparation.handler_is_used);
        let prepared = match command {
            Command::Select | Command::OpenSelect | Command::Insert => self.read_schema(connection, handler_is_used),
            _ => Answer::OK,
        };
        if !prepared.is_ok() {
            return prepared;
        }
        let answer = self.step(connection, command);
        let is_rolled_back = !answer.is_ok() || command == Command::Rollback;
        let (is_in_transaction, stays_open) = (self.in_transaction(connection), self.session(connection).cursor);
        let preparation = &mut self.session(connection).preparation;
        preparation.handler_is_used = answer.may_wait;
        // Outside a transaction, SQLite commits or rolls back at the end of each statement.
        let is_end = !is_in_transaction && (command != Command::OpenSelect || !stays_open);
        if is_end && is_rolled_back {
            preparation.roll_back();
        } else if is_end {
            preparation.commit();
        }
        answer
    }

    fn step(&mut self, connection: ConnectionId, command: Command) -> Answer {
        match command {
            Command::Begin(kind) => self.begin_transaction(connection, kind),
            Command::Select => self.select(connection, false),
            Command::OpenSelect => self.select(connection, true),
            Command::Insert => self.insert(connection),
            Command::Commit => self.commit(connection),
            Command::Rollback => self.roll_back(connection),
            Command::EndSelect => self.end_select(connection),
            Command::Close => self.close_connection(connection),
        }
    }

    /// Releases all locks if there is neither a transaction nor an open cursor.
    fn release_unneeded(&mut self, connection: ConnectionId) {
        let Session { in_transaction, cursor, .. } = *self.session(connection);
        if !in_transaction && !cursor {
            self.locks.downgrade(connection, false);
        }
    }
}

impl<L: Locks> Engine for Sessions<L> {
    fn execute(&mut self, connection: ConnectionId, command: Command) -> Reply {
        let answer = match command {
            // They do not prepare a statement.
            Command::EndSelect | Command::Close => self.step(connection, command),
            Command::OpenSelect => {
                self.end_select(connection);
                self.prepare_and_step(connection, command)
            }
            _ => self.prepare_and_step(connection, command),
        };
        Reply { answer, in_transaction: self.in_transaction(connection), lock: self.locks.held(connection) }
    }
}

impl<L: Locks> Database for Sessions<L> {
    fn begin(&mut self, connection: ConnectionId) {
        self.begin_transaction(connection, Begin::Deferred);
    }

    fn attempt(&mut self, connection: ConnectionId, statement: Statement) -> Answer {
        match statement {
            // The first statement of a connection reads the schema while it is prepared.
            Statement::Prepare => self.prepare(connection),
            Statement::BeginImmediate => self.begin_transaction(connection, Begin::Immediate),
            Statement::BeginExclusive => self.attempt_begin_exclusive(connection),
            Statement::Select => self.select(connection, false),
            Statement::Insert => self.insert(connection),
            Statement::Commit => self.begin_commit(connection),
        }
    }

    fn end_statement(&mut self, connection: ConnectionId) {
        if std::mem::take(&mut self.session(connection).reads_schema) {
            self.locks.downgrade(connection, false);
        }
        self.release_unneeded(connection);
    }

    fn finish_commit(&mut self, connection: ConnectionId) {
        self.end_commit(connection);
    }

    fn rollback(&mut self, connection: ConnectionId) {
        self.roll_back(connection);
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
