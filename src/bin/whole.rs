//! Both programs in one, for the page in one file (`one-file/`): most of either is code that they share, and here it is once. Each
//! start of it is one of them, as its caller says, so that page and workshop meet as little as they do on a server.

use wasm_bindgen::prelude::wasm_bindgen;

/// Mounts the page.
#[wasm_bindgen]
pub fn page() {
    lockstep::ui::mount();
}

/// Starts the workshop, in a worker too.
#[wasm_bindgen]
pub fn workshop() {
    lockstep::workshop::mount();
}

/// Nothing is done before the caller has said which program it wants.
fn main() {}
