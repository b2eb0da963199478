//! What has the focus, and where it goes when that goes away: it would be nowhere.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What is there to do after a question was answered or a run was stopped.
pub const PLAY: &str = ".icon-button.play";

/// What has the focus; the body, if nothing has.
#[must_use]
pub fn focused() -> Option<Element> {
    web_sys::window()?.document()?.active_element()
}

/// Puts the focus on the first element that a style-sheet selector names.
pub fn focus_on(selector: &str) {
    let found = web_sys::window().and_then(|window| window.document()?.query_selector(selector).ok()?);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // It fails for nothing that can be pressed.
        let _ = element.focus();
    }
}
