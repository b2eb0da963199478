//! What SQLite needs from its host in wasm. Time and randomness come from the VFS, so these are
//! only asked by functions like `localtime` in SQL, and give the same answer in every browser.

use crate::ffi::host::LocalTime;

/// 2026-01-01 00:00 UTC.
const NOW_MS: i64 = 1_767_225_600_000;

#[unsafe(no_mangle)]
extern "C" fn rust_sqlite_wasm_host_sleep(_seconds: u64, _nanoseconds: u32) {}

#[unsafe(no_mangle)]
unsafe extern "C" fn rust_sqlite_wasm_host_random(buffer: *mut u8, length: usize) -> usize {
    // SAFETY: SQLite passes a buffer of `length` bytes.
    unsafe { buffer.write_bytes(7, length) };
    length
}

#[unsafe(no_mangle)]
unsafe extern "C" fn rust_sqlite_wasm_host_epoch_timestamp_in_ms(milliseconds: *mut i64) -> i32 {
    // SAFETY: SQLite passes a valid pointer.
    unsafe { *milliseconds = NOW_MS };
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn rust_sqlite_wasm_host_fill_entropy(buffer: *mut u8, length: usize) -> i32 {
    // SAFETY: SQLite passes a buffer of `length` bytes.
    unsafe { buffer.write_bytes(7, length) };
    0
}

/// There is no time zone.
#[unsafe(no_mangle)]
extern "C" fn rust_sqlite_wasm_host_localtime(_seconds: i64, _time: *mut LocalTime) -> i32 {
    1
}
