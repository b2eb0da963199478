//! The program's threads: the event loop's thread and one worker thread per connection (fact 6.1).

/// A thread of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ThreadId(u32);

impl ThreadId {
    /// The thread that runs the event loop.
    pub(super) const LOOP: Self = Self(u32::MAX);

    /// The worker thread of the connection at `index`.
    pub(super) const fn worker(index: u32) -> Self {
        Self(index)
    }

    /// The index of the worker; none for the loop's thread.
    pub(super) const fn worker_index(self) -> Option<usize> {
        if self.0 == u32::MAX { None } else { Some(self.0 as usize) }
    }
}
