//! Compatibility of locks in the rollback-journal modes (facts 1.1, 1.4; os_unix.c unixLock).
//!
//! Simulated by the run instead of here: the instant of SHARED in an attempt (fact 1.10). Left out:
//! hot journals (fact 1.13), and the early EXCLUSIVE of a transaction that outgrows its cache.

use super::{ConnectionId, Locks, ResultCode};
use crate::trace::Lock;

/// The locks on one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RollbackJournal {
    /// The strongest lock that each connection holds, indexed by the connection's number.
    held: Vec<Lock>,
    /// Number of connections that hold a lock.
    holders: u32,
    /// The connection that holds RESERVED or a stronger lock.
    writer: Option<ConnectionId>,
}

impl RollbackJournal {
    /// No new reader may start once a writer has requested EXCLUSIVE.
    fn allows_new_readers(&self) -> bool {
        let writers = self.writer.map_or(Lock::Unlocked, |writer| self.held(writer));
        !matches!(writers, Lock::Pending | Lock::Exclusive)
    }

    fn set_lock(&mut self, connection: ConnectionId, lock: Lock) {
        let index = connection.0 as usize;
        if self.held.len() <= index {
            self.held.resize(index + 1, Lock::Unlocked);
        }
        let before = std::mem::replace(&mut self.held[index], lock);
        self.holders = self.holders + u32::from(lock != Lock::Unlocked) - u32::from(before != Lock::Unlocked);
    }
}

impl Locks for RollbackJournal {
    fn read(&mut self, connection: ConnectionId) -> ResultCode {
        if self.held(connection) != Lock::Unlocked {
            return ResultCode::Ok;
        }
        if !self.allows_new_readers() {
            return ResultCode::Busy;
        }
        self.set_lock(connection, Lock::Shared);
        ResultCode::Ok
    }

    fn write(&mut self, connection: ConnectionId) -> ResultCode {
        match self.writer {
            Some(writer) if writer == connection => ResultCode::Ok,
            Some(_) => ResultCode::Busy,
            None => {
                self.writer = Some(connection);
                self.set_lock(connection, Lock::Reserved);
                ResultCode::Ok
            }
        }
    }

    fn exclusive(&mut self, connection: ConnectionId) -> ResultCode {
        let is_alone = self.holders == u32::from(self.held(connection) != Lock::Unlocked);
        self.set_lock(connection, if is_alone { Lock::Exclusive } else { Lock::Pending });
        if is_alone { ResultCode::Ok } else { ResultCode::Busy }
    }

    fn publish(&mut self, _connection: ConnectionId) {}

    fn downgrade(&mut self, connection: ConnectionId, still_reads: bool) {
        if self.writer == Some(connection) {
            self.writer = None;
        }
        self.set_lock(connection, if still_reads { Lock::Shared } else { Lock::Unlocked });
    }

    fn held(&self, connection: ConnectionId) -> Lock {
        self.held.get(connection.0 as usize).copied().unwrap_or_default()
    }
}
