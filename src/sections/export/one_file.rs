//! Downloads the page itself as one file, which opens in the present state.

use super::save;
use js_sys::Array;
use lockstep_core::export::one_file::with_link;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::prelude::*;

/// The file, relative to the page. In the one-file page, `fetch` of this URL returns the page's own
/// text.
const URL: &str = "lockstep.html";

/// The properties of [`OneFile`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The link to the present state.
    pub(super) query: String,
}

/// See the module documentation.
#[component]
pub(super) fn OneFile(props: &Props) -> Html {
    let status = use_state_eq(|| "");
    let onclick = {
        let (status, query) = (status.clone(), props.query.clone());
        Callback::from(move |_: MouseEvent| {
            let (status, query) = (status.clone(), query.clone());
            status.set("Writing\u{2026}");
            spawn_local(async move { status.set(write(&query).await) });
        })
    };
    html! {
        <div class="take-row">
            <button type="button" {onclick}>{ "Download as one file" }</button>
            <span>{ "The whole page in its present state, including the lesson and the workshop. Opens with a double click, needs no network, and is smaller than 1 MB." }</span>
            <span role="status">{ *status }</span>
        </div>
    }
}

/// Saves the file; returns a message about the result.
async fn write(query: &str) -> &'static str {
    let Some(text) = fetch().await else {
        return "There is no lockstep.html next to this page; script/build makes it.";
    };
    let Some(text) = with_link(&text, query) else { return "The lockstep.html next to this page has an unknown format." };
    let saved = save::save(URL, "text/html", &Array::of1(&text.as_str().into()));
    if saved { "Saved as lockstep.html." } else { "This browser cannot save files." }
}

async fn fetch() -> Option<String> {
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(URL)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
