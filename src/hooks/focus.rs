//! Moves the keyboard focus when the focused element disappears, which would leave the focus on the
//! body.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Selector of the play button, which gets the focus after the prediction is answered or a run is
/// stopped.
pub const PLAY: &str = ".icon-button.play";

/// The focused element; the body if there is none.
#[must_use]
pub fn focused() -> Option<Element> {
    web_sys::window()?.document()?.active_element()
}

/// Focuses the first element that matches a CSS selector.
pub fn focus_on(selector: &str) {
    let found = web_sys::window().and_then(|window| window.document()?.query_selector(selector).ok()?);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // It does not fail for buttons and links.
        let _ = element.focus();
    }
}
