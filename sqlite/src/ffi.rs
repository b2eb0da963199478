//! SQLite's C interface: from `libsqlite3-sys` natively, from `sqlite-wasm-rs` in wasm.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use libsqlite3_sys::*;
#[cfg(target_arch = "wasm32")]
pub(crate) use sqlite_wasm_rs::*;
