//! The locking rules of the rollback journal (facts 1.4, 1.7, 12.1, 12.2; os_unix.c unixLock).
//!
//! Left out: readers that keep SHARED, since no task of the program reads; the instant of SHARED in a failed attempt (fact 1.10).

use super::{Answer, ConnectionId, Database};
use crate::trace::{Lock, Statement};

/// One database file in a rollback-journal mode: who writes, and how far it has come.
#[derive(Debug, Default)]
pub struct RollbackJournal {
    /// The one connection with RESERVED or more (fact 1.4).
    writer: Option<(ConnectionId, Lock)>,
}

impl RollbackJournal {
    /// SHARED is refused once the writer has PENDING or EXCLUSIVE.
    fn lets_readers_in(&self) -> bool {
        !matches!(self.writer, Some((_, Lock::Pending | Lock::Exclusive)))
    }
}

impl Database for RollbackJournal {
    fn ask(&mut self, connection: ConnectionId, statement: Statement) -> Answer {
        match statement {
            Statement::Prepare if self.lets_readers_in() => Answer::Granted,
            Statement::Insert if self.writer.is_none() => {
                self.writer = Some((connection, Lock::Reserved));
                Answer::Granted
            }
            Statement::Commit => {
                self.writer = Some((connection, Lock::Exclusive));
                Answer::Granted
            }
            Statement::Prepare | Statement::Insert => Answer::Busy,
        }
    }

    fn finish_commit(&mut self, connection: ConnectionId) {
        self.close(connection);
    }

    fn close(&mut self, connection: ConnectionId) {
        if self.lock(connection) != Lock::Unlocked {
            self.writer = None;
        }
    }

    fn lock(&self, connection: ConnectionId) -> Lock {
        match self.writer {
            Some((writer, lock)) if writer == connection => lock,
            _ => Lock::Unlocked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: ConnectionId = ConnectionId(1);
    const TWO: ConnectionId = ConnectionId(2);

    #[test]
    fn a_second_writer_is_refused_until_the_first_has_committed() {
        let mut file = RollbackJournal::default();
        assert_eq!(file.ask(ONE, Statement::Insert), Answer::Granted);
        assert_eq!(file.ask(TWO, Statement::Prepare), Answer::Granted, "RESERVED lets readers in");
        assert_eq!(file.ask(TWO, Statement::Insert), Answer::Busy);
        assert_eq!(file.ask(ONE, Statement::Commit), Answer::Granted);
        assert_eq!(file.ask(TWO, Statement::Prepare), Answer::Busy, "EXCLUSIVE does not");
        file.finish_commit(ONE);
        assert_eq!(file.lock(ONE), Lock::Unlocked);
        assert_eq!(file.ask(TWO, Statement::Insert), Answer::Granted);
    }

    #[test]
    fn closing_gives_back_only_what_the_connection_itself_held() {
        let mut file = RollbackJournal::default();
        assert_eq!(file.ask(ONE, Statement::Insert), Answer::Granted);
        file.close(TWO);
        assert_eq!(file.lock(ONE), Lock::Reserved);
        file.close(ONE);
        assert_eq!(file.ask(TWO, Statement::Insert), Answer::Granted);
    }
}
