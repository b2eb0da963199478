//! Asks the page for a run as a reader would: by a link.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Has the page show what this query string says.
pub(super) fn follow(query: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Some(link) = document.create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok()) else { return };
    // Neither fails: the names are good ones. A click on what is not in the page would be heard by nobody.
    let _ = link.set_attribute("href", &["?", query].concat());
    let _ = document.body().map(|body| body.append_child(&link));
    link.click();
    link.remove();
}
