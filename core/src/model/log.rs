//! The write-ahead log's length, and who copies it back into the file: a checkpoint (facts 2.5-2.7).
//!
//! Left out: readers that keep a checkpoint from copying all of the log, the sync of a fresh log's header, and whoever opens the file
//! at the moment of the last close and finds it locked.

/// A COMMIT that leaves so many pages in the log is followed by a checkpoint: `PRAGMA wal_autocheckpoint`'s default.
const AUTOMATIC_AT: u32 = 1000;
/// Pages that hold the table's counter, and the page at its end that is written again.
const PAGES_A_COMMIT: u32 = 2;
/// Rows of the question's size on one page.
const ROWS_A_PAGE: u32 = 80;

/// The log of a file in WAL mode.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// Pages in it.
    pages: u32,
    /// How many of them are in the file too.
    copied: u32,
    /// A checkpoint is under way, and copies so many.
    copying: Option<u32>,
    /// The writer found all of it copied, and writes it anew from its start.
    is_restarted: bool,
    /// Connections that have read the file and are not closed.
    readers: u32,
}

impl Log {
    /// A connection reads the file for the first time.
    pub(super) const fn attach(&mut self) {
        self.readers += 1;
    }

    /// A connection that has read the file is closed. True if it was the last, and has a checkpoint to make.
    pub(super) const fn detach(&mut self) -> bool {
        self.readers = self.readers.saturating_sub(1);
        self.readers == 0 && self.pages > 0 && self.begin_checkpoint()
    }

    /// A transaction was let write.
    pub(super) const fn begin_write(&mut self) {
        self.is_restarted = self.copied == self.pages;
    }

    /// A transaction of so many rows is in the log. True if its connection has a checkpoint to make.
    pub(super) const fn commit(&mut self, rows: u32) -> bool {
        if self.is_restarted {
            (self.pages, self.copied, self.is_restarted) = (0, 0, false);
        }
        self.pages += PAGES_A_COMMIT + rows.saturating_sub(1) / ROWS_A_PAGE;
        self.pages >= AUTOMATIC_AT && self.begin_checkpoint()
    }

    /// One at a time; who comes second goes without.
    const fn begin_checkpoint(&mut self) -> bool {
        let is_free = self.copying.is_none();
        if is_free {
            self.copying = Some(self.pages);
        }
        is_free
    }

    /// The checkpoint is done.
    pub(super) fn end_checkpoint(&mut self) {
        self.copied = self.copying.take().unwrap_or(self.copied);
        if self.readers == 0 {
            (self.pages, self.copied) = (0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log of one reader after so many COMMITs of a row each, and after how many a checkpoint came.
    fn after(commits: u32) -> (Log, Vec<u32>) {
        let (mut log, mut checkpoints) = (Log::default(), Vec::new());
        log.attach();
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
    fn a_checkpoint_comes_every_five_hundred_commits_where_each_finds_the_log_copied() {
        assert_eq!(after(1700).1, [500, 1000, 1500], "fact 2.6");
    }

    #[test]
    fn who_began_to_write_before_the_log_was_copied_adds_to_it_and_makes_a_checkpoint_too() {
        let (mut log, _) = after(499);
        log.begin_write();
        assert!(log.commit(1), "the five hundredth");
        log.begin_write();
        assert!(!log.commit(1), "one checkpoint at a time");
        log.begin_write();
        log.end_checkpoint();
        assert!(log.commit(1), "it could not begin the log anew");
    }

    #[test]
    fn the_last_to_close_copies_the_log_and_deletes_it() {
        let (mut log, _) = after(3);
        log.attach();
        assert!(!log.detach(), "another has the file open");
        assert!(log.detach());
        log.end_checkpoint();
        log.attach();
        assert!(!log.detach(), "nothing was written since");
    }
}
