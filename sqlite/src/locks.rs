//! The locks on a file, as plain data. The rules are those of SQLite's `os_unix.c` for the
//! connections of one process (facts 1.1-1.5, 2.1).

use lockstep_core::trace::Lock;
use std::collections::{BTreeMap, BTreeSet};

/// An open file. Each connection opens the database file, its journal and its log once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HandleId(pub(crate) u64);

/// The locks on a database file with a rollback journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileLocks {
    /// Each handle with a lock, which is SHARED or stronger.
    held: BTreeMap<HandleId, Lock>,
    /// The handle with a lock stronger than SHARED.
    writer: Option<HandleId>,
}

impl FileLocks {
    /// The lock of `handle`.
    pub(crate) fn held(&self, handle: HandleId) -> Lock {
        self.held.get(&handle).copied().unwrap_or_default()
    }

    /// Whether a handle has RESERVED or a stronger lock.
    pub(crate) const fn is_reserved(&self) -> bool {
        self.writer.is_some()
    }

    /// Requests `wanted`, and returns whether it was granted. A refused EXCLUSIVE may leave PENDING
    /// (fact 1.4).
    pub(crate) fn lock(&mut self, handle: HandleId, wanted: Lock) -> bool {
        let held = self.held(handle);
        if wanted <= held {
            return true;
        }
        let other_writer = self.writer.filter(|writer| *writer != handle);
        if other_writer.is_some_and(|writer| wanted > Lock::Shared || self.held(writer) >= Lock::Pending) {
            return false;
        }
        if wanted == Lock::Exclusive {
            // From SHARED, as for a hot journal, SQLite does not take PENDING first.
            if held == Lock::Reserved {
                self.set(handle, Lock::Pending);
            }
            if self.held.keys().any(|other| *other != handle) {
                return false;
            }
        }
        self.set(handle, wanted);
        true
    }

    /// Sets the lock of `handle`, without a check.
    pub(crate) fn set(&mut self, handle: HandleId, lock: Lock) {
        if lock == Lock::Unlocked {
            self.held.remove(&handle);
        } else {
            self.held.insert(handle, lock);
        }
        if lock > Lock::Shared {
            self.writer = Some(handle);
        } else if self.writer == Some(handle) {
            self.writer = None;
        }
    }
}

/// The number of slots in WAL mode's shared memory.
pub(crate) const SLOTS: usize = 8;
/// The slot of the write lock.
pub(crate) const WRITE_SLOT: usize = 0;
/// The first slot of a read mark.
pub(crate) const FIRST_READ_SLOT: usize = 3;

/// One slot of WAL mode's shared memory: shared by many, or held by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Slot {
    shared: BTreeSet<HandleId>,
    exclusive: Option<HandleId>,
}

impl Slot {
    /// Whether `handle` could have the slot now.
    fn is_free_for(&self, handle: HandleId, exclusive: bool) -> bool {
        let not_exclusive = self.exclusive.is_none_or(|holder| holder == handle);
        not_exclusive && (!exclusive || self.shared.iter().all(|holder| *holder == handle))
    }

    /// Whether `handle` has the slot, shared or exclusive.
    pub(crate) fn is_held_by(&self, handle: HandleId) -> bool {
        self.exclusive == Some(handle) || self.shared.contains(&handle)
    }

    fn take(&mut self, handle: HandleId, exclusive: bool) {
        if exclusive {
            self.exclusive = Some(handle);
        } else {
            self.shared.insert(handle);
        }
    }

    fn release(&mut self, handle: HandleId) {
        self.shared.remove(&handle);
        if self.exclusive == Some(handle) {
            self.exclusive = None;
        }
    }
}

/// The locks of WAL mode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WalSlots {
    /// Write, checkpoint, recovery, and five read marks.
    pub(crate) slots: [Slot; SLOTS],
}

impl WalSlots {
    /// Requests the slots in `range`: all or none. Returns whether they were granted.
    pub(crate) fn lock(&mut self, handle: HandleId, range: std::ops::Range<usize>, exclusive: bool) -> bool {
        let slots = &mut self.slots[range];
        if !slots.iter().all(|slot| slot.is_free_for(handle, exclusive)) {
            return false;
        }
        slots.iter_mut().for_each(|slot| slot.take(handle, exclusive));
        true
    }

    /// Releases one slot.
    pub(crate) fn release(&mut self, handle: HandleId, slot: usize) {
        self.slots[slot].release(handle);
    }

    /// The lock of `handle` in the words of the model.
    pub(crate) fn held(&self, handle: HandleId) -> Lock {
        if self.slots[WRITE_SLOT].exclusive == Some(handle) {
            Lock::Write
        } else if self.slots[FIRST_READ_SLOT..].iter().any(|slot| slot.shared.contains(&handle)) {
            Lock::Read
        } else {
            Lock::Unlocked
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: HandleId = HandleId(1);
    const B: HandleId = HandleId(2);

    #[test]
    fn a_writer_with_pending_excludes_new_readers_until_the_old_ones_are_done() {
        let mut locks = FileLocks::default();
        assert!(locks.lock(A, Lock::Shared) && locks.lock(B, Lock::Shared) && locks.lock(A, Lock::Reserved));
        assert!(!locks.lock(B, Lock::Reserved), "one writer");
        assert!(!locks.lock(A, Lock::Exclusive), "B reads");
        assert_eq!(locks.held(A), Lock::Pending);
        assert!(!locks.lock(HandleId(3), Lock::Shared), "no new reader");
        locks.set(B, Lock::Unlocked);
        assert!(locks.lock(A, Lock::Exclusive));
    }

    #[test]
    fn a_reader_that_wants_exclusive_for_a_hot_journal_does_not_take_pending() {
        let mut locks = FileLocks::default();
        assert!(locks.lock(A, Lock::Shared) && locks.lock(B, Lock::Shared));
        assert!(!locks.lock(A, Lock::Exclusive));
        assert_eq!((locks.held(A), locks.is_reserved()), (Lock::Shared, false));
    }

    #[test]
    fn slots_are_granted_all_or_none() {
        let mut slots = WalSlots::default();
        assert!(slots.lock(A, 4..5, false));
        assert!(!slots.lock(B, 3..8, true), "A reads");
        assert_eq!((slots.held(A), slots.held(B)), (Lock::Read, Lock::Unlocked));
        assert!(slots.lock(B, WRITE_SLOT..1, true) && !slots.lock(A, WRITE_SLOT..1, true));
        assert_eq!(slots.held(B), Lock::Write);
    }
}
