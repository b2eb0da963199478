//! The length of the write-ahead log, and the checkpoints that copy it into the database file
//! (facts 2.5-2.7).
//!
//! Left out: readers that keep a checkpoint from copying the whole log, the sync of a fresh log's
//! header, and a connection that opens the file at the moment of the last close and finds it
//! locked.

/// The default of `PRAGMA wal_autocheckpoint`: a COMMIT that leaves at least this many pages in the
/// log is followed by a checkpoint.
const AUTOCHECKPOINT_PAGES: u32 = 1000;
/// Pages that every COMMIT writes: the one with the table's counter, and the last page of the
/// table.
const PAGES_PER_COMMIT: u32 = 2;
/// Rows of the question's size on one page.
const ROWS_PER_PAGE: u32 = 80;

/// The write-ahead log of a database file.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// Pages in the log.
    pages: u32,
    /// How many of them a checkpoint has copied into the file.
    copied: u32,
    /// Pages that the running checkpoint copies; none if no checkpoint runs.
    copying: Option<u32>,
    /// The current writer found the whole log copied, and overwrites it from its start.
    is_restarted: bool,
    /// Open connections that have read the file.
    connections: u32,
}

impl Log {
    /// A connection reads the file for the first time.
    pub(super) const fn add_connection(&mut self) {
        self.connections += 1;
    }

    /// A connection that has read the file closes. True if it was the last one and must run a
    /// checkpoint.
    pub(super) const fn remove_connection(&mut self) -> bool {
        self.connections = self.connections.saturating_sub(1);
        self.connections == 0 && self.pages > 0 && self.begin_checkpoint()
    }

    /// A transaction gets the write lock.
    pub(super) const fn begin_write(&mut self) {
        self.is_restarted = self.copied == self.pages;
    }

    /// Adds a transaction of `rows` rows to the log. True if its connection must run a checkpoint.
    pub(super) const fn commit(&mut self, rows: u32) -> bool {
        if self.is_restarted {
            (self.pages, self.copied, self.is_restarted) = (0, 0, false);
        }
        self.pages += PAGES_PER_COMMIT + rows.saturating_sub(1) / ROWS_PER_PAGE;
        self.pages >= AUTOCHECKPOINT_PAGES && self.begin_checkpoint()
    }

    /// Begins a checkpoint and returns true, or returns false if one is running: a second
    /// connection skips its checkpoint.
    const fn begin_checkpoint(&mut self) -> bool {
        let is_free = self.copying.is_none();
        if is_free {
            self.copying = Some(self.pages);
        }
        is_free
    }

    /// The checkpoint is done. After the last connection has closed, the log is deleted.
    pub(super) fn end_checkpoint(&mut self) {
        self.copied = self.copying.take().unwrap_or(self.copied);
        if self.connections == 0 {
            (self.pages, self.copied) = (0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log with one connection after `commits` COMMITs of one row each, and the numbers of the
    /// COMMITs that were followed by a checkpoint.
    fn after(commits: u32) -> (Log, Vec<u32>) {
        let (mut log, mut checkpoints) = (Log::default(), Vec::new());
        log.add_connection();
        for number in 1..=commits {
            log.begin_write();
            if log.commit(1) {
                checkpoints.push(number);
                log.end_checkpoint();
            }
        }
        (log, checkpoints)
    }

    #[test]
    fn every_500th_commit_runs_a_checkpoint_if_the_log_is_copied_each_time() {
        assert_eq!(after(1700).1, [500, 1000, 1500], "fact 2.6");
    }

    #[test]
    fn a_writer_that_began_before_the_log_was_copied_appends_to_it_and_runs_a_checkpoint_too() {
        let (mut log, _) = after(499);
        log.begin_write();
        assert!(log.commit(1), "the 500th COMMIT runs a checkpoint");
        log.begin_write();
        assert!(!log.commit(1), "only one checkpoint runs at a time");
        log.begin_write();
        log.end_checkpoint();
        assert!(log.commit(1), "it could not restart the log");
    }

    #[test]
    fn the_last_connection_to_close_copies_the_log_and_deletes_it() {
        let (mut log, _) = after(3);
        log.add_connection();
        assert!(!log.remove_connection(), "another connection has the file open");
        assert!(log.remove_connection());
        log.end_checkpoint();
        log.add_connection();
        assert!(!log.remove_connection(), "nothing has been written since");
    }
}
