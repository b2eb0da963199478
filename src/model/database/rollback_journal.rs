//! Which locks may stand beside each other in the rollback-journal modes (facts 1.1, 1.4; os_unix.c unixLock).
//!
//! Left out: the instant of SHARED in a failed attempt (fact 1.10), hot journals (fact 1.13), the early EXCLUSIVE of a transaction
//! that outgrows its cache.

use super::{ConnectionId, Locks, ResultCode};
use crate::trace::Lock;
use std::collections::BTreeMap;

/// The locks on one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RollbackJournal {
    /// Everybody who holds a lock, with the strongest one.
    held: BTreeMap<ConnectionId, Lock>,
    /// The one of them that has RESERVED or more.
    writer: Option<ConnectionId>,
}

impl RollbackJournal {
    /// Once a writer means to have the file for itself, nobody may begin to read.
    fn lets_readers_in(&self) -> bool {
        let writers = self.writer.map_or(Lock::Unlocked, |writer| self.held(writer));
        !matches!(writers, Lock::Pending | Lock::Exclusive)
    }
}

impl Locks for RollbackJournal {
    fn read(&mut self, connection: ConnectionId) -> ResultCode {
        if self.held.contains_key(&connection) {
            return ResultCode::Ok;
        }
        if !self.lets_readers_in() {
            return ResultCode::Busy;
        }
        self.held.insert(connection, Lock::Shared);
        ResultCode::Ok
    }

    fn write(&mut self, connection: ConnectionId) -> ResultCode {
        match self.writer {
            Some(writer) if writer == connection => ResultCode::Ok,
            Some(_) => ResultCode::Busy,
            None => {
                self.writer = Some(connection);
                self.held.insert(connection, Lock::Reserved);
                ResultCode::Ok
            }
        }
    }

    fn exclusive(&mut self, connection: ConnectionId) -> ResultCode {
        let is_alone = self.held.keys().all(|holder| *holder == connection);
        self.held.insert(connection, if is_alone { Lock::Exclusive } else { Lock::Pending });
        if is_alone { ResultCode::Ok } else { ResultCode::Busy }
    }

    fn publish(&mut self, _connection: ConnectionId) {}

    fn reduce(&mut self, connection: ConnectionId, still_reads: bool) {
        if self.writer == Some(connection) {
            self.writer = None;
        }
        if still_reads {
            self.held.insert(connection, Lock::Shared);
        } else {
            self.held.remove(&connection);
        }
    }

    fn held(&self, connection: ConnectionId) -> Lock {
        self.held.get(&connection).copied().unwrap_or_default()
    }
}
