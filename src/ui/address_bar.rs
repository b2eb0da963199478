//! The browser's address: read once, rewritten in place. Both may be refused (a sandboxed frame), and nothing depends on it.

use super::link::Link;
use wasm_bindgen::JsValue;

/// What the address asks for.
#[must_use]
pub fn read() -> Link {
    let query = web_sys::window().and_then(|window| window.location().search().ok());
    Link::read(&query.unwrap_or_default())
}

/// Puts `query` into the address, with no entry in the history.
pub fn replace(query: &str) {
    let Some(window) = web_sys::window() else { return };
    let path = window.location().pathname().unwrap_or_default();
    let address = if query.is_empty() { path } else { format!("{path}?{query}") };
    // A frame without an origin of its own is refused: then the link is simply not kept.
    let _refused = window.history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
}
