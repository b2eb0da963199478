//! Where the focus goes when what has it goes away: it would be nowhere.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Puts the focus on the first element that a style-sheet selector names.
pub fn focus_on(selector: &str) {
    let found = web_sys::window().and_then(|window| window.document()?.query_selector(selector).ok()?);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // It fails for nothing that can be pressed.
        let _ = element.focus();
    }
}
