//! What the locks are asked for by a connection, and the database by a run.

use super::{Answer, ConnectionId, ResultCode};
use crate::trace::{Lock, Statement};

/// The locks on one file in one journal mode. Asking never waits; what a connection holds it keeps until [`Locks::reduce`].
pub trait Locks {
    /// `connection` wants to read: SHARED, or a snapshot in WAL mode. Granted for good if it has it already.
    fn read(&mut self, connection: ConnectionId) -> ResultCode;

    /// A reader wants to write: RESERVED, or the write lock in WAL mode.
    fn write(&mut self, connection: ConnectionId) -> ResultCode;

    /// A writer wants the file for itself: EXCLUSIVE. Refused, it keeps PENDING (fact 1.4). In WAL mode nothing is asked for.
    fn exclusive(&mut self, connection: ConnectionId) -> ResultCode;

    /// A writer's changes are in the file, or in the log.
    fn publish(&mut self, connection: ConnectionId);

    /// `connection` gives back its locks, all but that for reading if it `still_reads`.
    fn reduce(&mut self, connection: ConnectionId, still_reads: bool);

    /// What `connection` holds.
    fn held(&self, connection: ConnectionId) -> Lock;

    /// Whether what `connection` reads is no longer the newest state, which only WAL mode lets happen.
    fn is_stale(&self, _connection: ConnectionId) -> bool {
        false
    }
}

/// What a run asks of the file, step by step, with nothing waited for.
pub trait Database {
    /// BEGIN: a transaction is open, and nothing is asked for (fact 1.7).
    fn begin(&mut self, connection: ConnectionId);

    /// `connection` asks once for what `statement` needs, and runs it if it has that.
    fn ask(&mut self, connection: ConnectionId, statement: Statement) -> Answer;

    /// The statement is over, refused or not: `connection` gives back what neither its transaction nor a cursor needs. Until then
    /// the prepare that reads the schema keeps SHARED, and a refused BEGIN EXCLUSIVE keeps PENDING while it waits for readers.
    fn settle(&mut self, connection: ConnectionId);

    /// The I/O of `connection`'s granted COMMIT is done: the rows are in the file, the locks are dropped.
    fn finish_commit(&mut self, connection: ConnectionId);

    /// ROLLBACK of the open transaction.
    fn rollback(&mut self, connection: ConnectionId);

    /// `connection` is closed; an open transaction is rolled back.
    fn close(&mut self, connection: ConnectionId);

    /// Whether `connection` stands between BEGIN and its end.
    fn in_transaction(&self, connection: ConnectionId) -> bool;

    /// The lock that `connection` holds.
    fn lock(&self, connection: ConnectionId) -> Lock;
}
