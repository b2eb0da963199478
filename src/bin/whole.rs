//! Both programs in one, for the page in one file (`one-file/`): most of either is code that they share, and here it is once. Each
//! start of it is one of them, as its caller says, so that page and workshop meet as little as they do on a server.

use wasm_bindgen::prelude::wasm_bindgen;

/// For a worker: how many rows another seed gives ([`lockstep::background::seeds`]).
#[wasm_bindgen]
#[must_use]
pub fn rows_with_seed(link: &str, number: u32) -> Option<u32> {
    lockstep::background::seeds::rows_with_seed(link, number)
}

/// Mounts the page.
#[wasm_bindgen]
pub fn page() {
    lockstep::app::mount();
}

/// Starts the workshop, in a worker too.
#[wasm_bindgen]
pub fn workshop() {
    lockstep::sections::mount();
}

/// Nothing is done before the caller has said which program it wants.
fn main() {}
