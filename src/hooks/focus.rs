//! Reads and moves the keyboard focus. When the focused element is removed, the browser focuses
//! nothing, so the page moves the focus to another element.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Selector of the play button. It gets the focus after the user has answered the prediction or
/// stopped a run.
pub const PLAY: &str = ".icon-button.play";

/// The focused element; the body if no element has the focus.
#[must_use]
pub fn focused() -> Option<Element> {
    web_sys::window()?.document()?.active_element()
}

/// Focuses the first element that matches a CSS selector.
pub fn focus_on(selector: &str) {
    let found = web_sys::window().and_then(|window| window.document()?.query_selector(selector).ok()?);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Focusing a button or a link does not fail.
        let _ = element.focus();
    }
}
