//! The interfaces of the locks, used by connections, and of the database, used by a run.

use super::{Answer, ConnectionId, ResultCode};
use crate::trace::{Lock, Statement};

/// The locks on one file in one journal mode. A request never waits. A connection keeps its locks
/// until [`Locks::downgrade`].
pub trait Locks {
    /// Requests the lock for reading: SHARED, or a snapshot in WAL mode. Succeeds if `connection`
    /// already has it.
    fn read(&mut self, connection: ConnectionId) -> ResultCode;

    /// Requests the lock for writing, for a reader: RESERVED, or the write lock in WAL mode.
    fn write(&mut self, connection: ConnectionId) -> ResultCode;

    /// Requests EXCLUSIVE, for a writer. If it is refused, the writer keeps PENDING (fact 1.4). In
    /// WAL mode it does nothing.
    fn exclusive(&mut self, connection: ConnectionId) -> ResultCode;

    /// Notes that a writer's changes are in the file, or in the log.
    fn publish(&mut self, connection: ConnectionId);

    /// Releases the locks of `connection`, except the lock for reading if it `still_reads`.
    fn downgrade(&mut self, connection: ConnectionId, still_reads: bool);

    /// The lock that `connection` holds.
    fn held(&self, connection: ConnectionId) -> Lock;

    /// Whether `connection` reads from an outdated snapshot. That is possible only in WAL mode.
    fn is_stale(&self, _connection: ConnectionId) -> bool {
        false
    }
}

/// The steps of a run on the database file. None of them waits.
pub trait Database {
    /// BEGIN: opens a transaction without requesting a lock (fact 1.7).
    fn begin(&mut self, connection: ConnectionId);

    /// Tries once to acquire the locks of `statement`, and runs it if they were granted.
    fn attempt(&mut self, connection: ConnectionId, statement: Statement) -> Answer;

    /// Ends the statement, whether it was refused or not: releases the locks that neither the
    /// transaction nor a cursor of `connection` needs. Until then, a prepare that reads the schema
    /// keeps SHARED, and a refused BEGIN EXCLUSIVE keeps PENDING while it waits for readers.
    fn end_statement(&mut self, connection: ConnectionId);

    /// Ends the I/O of a granted COMMIT: the rows are in the file, and the locks are released.
    fn finish_commit(&mut self, connection: ConnectionId);

    /// Rolls back the open transaction.
    fn rollback(&mut self, connection: ConnectionId);

    /// Closes `connection`; an open transaction is rolled back.
    fn close(&mut self, connection: ConnectionId);

    /// Whether `connection` has an open transaction.
    fn in_transaction(&self, connection: ConnectionId) -> bool;

    /// The lock that `connection` holds.
    fn lock(&self, connection: ConnectionId) -> Lock;
}
