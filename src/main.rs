//! Mounts the page, or runs other seeds for a worker, and nothing else.

use wasm_bindgen::prelude::wasm_bindgen;

/// For a worker: how many rows another seed gives ([`lockstep::background::seeds`]).
#[wasm_bindgen]
#[must_use]
pub fn rows_with_seed(link: &str, number: u32) -> Option<u32> {
    lockstep::background::seeds::rows_with_seed(link, number)
}

fn main() {
    lockstep::app::mount();
}
