//! The page: the only folder that knows Yew and the browser.

pub mod components;
pub mod hooks;

use wasm_bindgen::UnwrapThrowExt;
use yew::prelude::*;

/// Puts the page where `index.html` has a place for it.
pub fn mount() {
    let document = web_sys::window().and_then(|window| window.document()).expect_throw("a page has a document");
    let place = document.get_element_by_id("app").expect_throw("index.html has an element #app");
    place.set_inner_html("");
    yew::Renderer::<App>::with_root(place).render();
}

/// The whole page.
#[component]
pub fn App() -> Html {
    html! { <p>{ "Lockstep" }</p> }
}
