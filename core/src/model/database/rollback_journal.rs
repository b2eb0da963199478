//! Which locks may stand beside each other in the rollback-journal modes (facts 1.1, 1.4; os_unix.c unixLock).
//!
//! Left out here, and played by the run: the instant of SHARED in an attempt (fact 1.10). Left out: hot journals (fact 1.13), the early EXCLUSIVE of a transaction
//! that outgrows its cache.

use super::{ConnectionId, Locks, ResultCode};
use crate::trace::Lock;

/// The locks on one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RollbackJournal {
    /// The strongest lock that each connection holds, by its number.
    held: Vec<Lock>,
    /// How many connections hold one.
    holders: u32,
    /// The one of them that has RESERVED or more.
    writer: Option<ConnectionId>,
}

impl RollbackJournal {
    /// Once a writer means to have the file for itself, nobody may begin to read.
    fn lets_readers_in(&self) -> bool {
        let writers = self.writer.map_or(Lock::Unlocked, |writer| self.held(writer));
        !matches!(writers, Lock::Pending | Lock::Exclusive)
    }

    fn hold(&mut self, connection: ConnectionId, lock: Lock) {
        let place = connection.0 as usize;
        if self.held.len() <= place {
            self.held.resize(place + 1, Lock::Unlocked);
        }
        let before = std::mem::replace(&mut self.held[place], lock);
        self.holders = self.holders + u32::from(lock != Lock::Unlocked) - u32::from(before != Lock::Unlocked);
    }
}

impl Locks for RollbackJournal {
    fn read(&mut self, connection: ConnectionId) -> ResultCode {
        if self.held(connection) != Lock::Unlocked {
            return ResultCode::Ok;
        }
        if !self.lets_readers_in() {
            return ResultCode::Busy;
        }
        self.hold(connection, Lock::Shared);
        ResultCode::Ok
    }

    fn write(&mut self, connection: ConnectionId) -> ResultCode {
        match self.writer {
            Some(writer) if writer == connection => ResultCode::Ok,
            Some(_) => ResultCode::Busy,
            None => {
                self.writer = Some(connection);
                self.hold(connection, Lock::Reserved);
                ResultCode::Ok
            }
        }
    }

    fn exclusive(&mut self, connection: ConnectionId) -> ResultCode {
        let is_alone = self.holders == u32::from(self.held(connection) != Lock::Unlocked);
        self.hold(connection, if is_alone { Lock::Exclusive } else { Lock::Pending });
        if is_alone { ResultCode::Ok } else { ResultCode::Busy }
    }

    fn publish(&mut self, _connection: ConnectionId) {}

    fn reduce(&mut self, connection: ConnectionId, still_reads: bool) {
        if self.writer == Some(connection) {
            self.writer = None;
        }
        self.hold(connection, if still_reads { Lock::Shared } else { Lock::Unlocked });
    }

    fn held(&self, connection: ConnectionId) -> Lock {
        self.held.get(connection.0 as usize).copied().unwrap_or_default()
    }
}
