//! Compatibility of locks in WAL mode: readers with their snapshots, and one writer (facts
//! 2.1-2.4).
//!
//! Left out: checkpoints, recovery, and the close of the last connection (facts 2.5-2.8).

use super::{ConnectionId, Locks, ResultCode};
use crate::trace::Lock;
use std::collections::BTreeMap;

/// The locks on one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wal {
    /// All readers, with the age of their snapshots.
    readers: BTreeMap<ConnectionId, Snapshot>,
    writer: Option<ConnectionId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Snapshot {
    Newest,
    Stale,
}

impl Locks for Wal {
    fn read(&mut self, connection: ConnectionId) -> ResultCode {
        self.readers.entry(connection).or_insert(Snapshot::Newest);
        ResultCode::Ok
    }

    fn write(&mut self, connection: ConnectionId) -> ResultCode {
        match self.writer {
            Some(writer) if writer == connection => ResultCode::Ok,
            Some(_) => ResultCode::Busy,
            None if self.is_stale(connection) => ResultCode::BusySnapshot,
            None => {
                self.writer = Some(connection);
                ResultCode::Ok
            }
        }
    }

    fn exclusive(&mut self, _connection: ConnectionId) -> ResultCode {
        ResultCode::Ok
    }

    fn publish(&mut self, connection: ConnectionId) {
        for (reader, snapshot) in &mut self.readers {
            if *reader != connection {
                *snapshot = Snapshot::Stale;
            }
        }
    }

    fn downgrade(&mut self, connection: ConnectionId, still_reads: bool) {
        if self.writer == Some(connection) {
            self.writer = None;
        }
        if !still_reads {
            self.readers.remove(&connection);
        }
    }

    fn held(&self, connection: ConnectionId) -> Lock {
        if self.writer == Some(connection) {
            Lock::Write
        } else if self.readers.contains_key(&connection) {
            Lock::Read
        } else {
            Lock::Unlocked
        }
    }

    fn is_stale(&self, connection: ConnectionId) -> bool {
        self.readers.get(&connection) == Some(&Snapshot::Stale)
    }
}
