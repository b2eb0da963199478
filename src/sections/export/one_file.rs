//! The page itself in one file, which opens in the state that it has now.

use super::save;
use js_sys::Array;
use lockstep_core::export::one_file::with_link;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::prelude::*;

/// Beside the page; the one file itself answers with its own text.
const ADDRESS: &str = "lockstep.html";

/// In which state.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The page's link.
    pub(super) query: String,
}

/// See the module.
#[component]
pub(super) fn OneFile(props: &Props) -> Html {
    let said = use_state_eq(|| "");
    let onclick = {
        let (said, query) = (said.clone(), props.query.clone());
        Callback::from(move |_: MouseEvent| {
            let (said, query) = (said.clone(), query.clone());
            said.set("Writing\u{2026}");
            spawn_local(async move { said.set(write(&query).await) });
        })
    };
    html! {
        <div class="take-row">
            <button type="button" {onclick}>{ "Download as one file" }</button>
            <span>{ "The whole page as it stands now, lesson and workshop included: opens by double click, needs no network; less than 1 MB." }</span>
            <span role="status">{ *said }</span>
        </div>
    }
}

/// What is to be said when it is done.
async fn write(query: &str) -> &'static str {
    let Some(text) = fetch().await else {
        return "This copy of the page has no lockstep.html beside it; script/build makes it.";
    };
    let Some(text) = with_link(&text, query) else { return "The lockstep.html beside this page is of another kind." };
    let saved = save::save(ADDRESS, "text/html", &Array::of1(&text.as_str().into()));
    if saved { "Saved as lockstep.html." } else { "This browser cannot save files." }
}

async fn fetch() -> Option<String> {
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str(ADDRESS)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}
