//! The locking rules of WAL mode as far as writers meet them: one write lock, from the first write to COMMIT (facts 2.2, 2.3).
//!
//! Left out: snapshots (an INSERT that begins its transaction reads and writes at one instant, so its snapshot is never stale),
//! checkpoints, and the last connection's close.

use super::{Answer, ConnectionId, Database};
use crate::trace::{Lock, Statement};

/// One database file in WAL mode.
#[derive(Debug, Default)]
pub struct Wal {
    writer: Option<ConnectionId>,
}

impl Database for Wal {
    fn ask(&mut self, connection: ConnectionId, statement: Statement) -> Answer {
        match statement {
            Statement::Prepare | Statement::Commit => Answer::Granted,
            Statement::Insert if self.writer.is_none() => {
                self.writer = Some(connection);
                Answer::Granted
            }
            Statement::Insert => Answer::Busy,
        }
    }

    fn finish_commit(&mut self, connection: ConnectionId) {
        self.close(connection);
    }

    fn close(&mut self, connection: ConnectionId) {
        if self.writer == Some(connection) {
            self.writer = None;
        }
    }

    fn lock(&self, connection: ConnectionId) -> Lock {
        if self.writer == Some(connection) { Lock::Write } else { Lock::Unlocked }
    }
}
