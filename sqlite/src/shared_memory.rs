//! A region of WAL mode's shared memory, to which SQLite keeps pointers.

use std::cell::UnsafeCell;
use std::ffi::c_void;

/// A region of fixed size. SQLite writes to it through a pointer. This crate copies bytes in and
/// out, on the same thread, so never while SQLite reads or writes them.
#[derive(Debug)]
pub(crate) struct Region(Box<[UnsafeCell<u8>]>);

impl Region {
    /// A region of zeros.
    pub(crate) fn new(bytes: usize) -> Self {
        Self((0..bytes).map(|_| UnsafeCell::new(0)).collect())
    }

    /// The pointer for SQLite. It is valid as long as the region.
    pub(crate) fn pointer(&self) -> *mut c_void {
        // The whole slice may be written through it: it is derived from the slice, not from one
        // cell.
        UnsafeCell::raw_get(self.0.as_ptr()).cast()
    }

    /// The 32-bit word at this byte, in the byte order of the machine; 0 outside of the region.
    pub(crate) fn word(&self, at: usize) -> u32 {
        let Some(cells) = self.0.get(at..at + 4) else { return 0 };
        let mut bytes = [0; 4];
        for (byte, cell) in bytes.iter_mut().zip(cells) {
            // SAFETY: all accesses are on one thread, and none keeps a reference.
            *byte = unsafe { *cell.get() };
        }
        u32::from_ne_bytes(bytes)
    }

    /// A copy of the content.
    pub(crate) fn copy(&self) -> Vec<u8> {
        // SAFETY: as in `word`.
        self.0.iter().map(|cell| unsafe { *cell.get() }).collect()
    }

    /// Writes back a copy.
    pub(crate) fn restore(&self, copy: &[u8]) {
        for (cell, byte) in self.0.iter().zip(copy) {
            // SAFETY: as in `word`.
            unsafe { *cell.get() = *byte };
        }
    }
}
