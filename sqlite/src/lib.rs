//! The real SQLite on files in memory: natively, and in a browser.

mod ffi;
#[cfg(target_arch = "wasm32")]
mod host;

/// The version of SQLite, from SQLite itself.
#[must_use]
pub fn version() -> &'static str {
    // SAFETY: SQLite returns a static C string.
    let version = unsafe { std::ffi::CStr::from_ptr(ffi::sqlite3_libversion()) };
    version.to_str().unwrap_or("unknown")
}
