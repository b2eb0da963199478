//! A text to paste elsewhere, with a button that copies it. Where the browser does not let a page
//! copy, the text is selected for the reader to do it.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// The text.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// What it is called.
    pub(super) name: &'static str,
    /// What it is for.
    pub(super) what: &'static str,
    pub(super) text: String,
}

/// See the module.
#[component]
pub(super) fn Paste(props: &Props) -> Html {
    let area = use_node_ref();
    let said = use_state_eq(|| "");
    {
        let said = said.setter();
        use_effect_with(props.text.clone(), move |_| said.set(""));
    }
    let onclick = {
        let (area, said, text) = (area.clone(), said.setter(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                area.select();
            }
            let (said, text) = (said.clone(), text.clone());
            spawn_local(async move {
                said.set(if copy(&text).await { "Copied." } else { "Selected: copy it with Ctrl+C or Cmd+C." });
            });
        })
    };
    let Props { name, what, text } = props;
    let id = ["course-", &name.to_ascii_lowercase()].concat();
    html! {
        <div class="course-paste">
            <label for={id.clone()}><strong>{ *name }</strong>{ " " }<span>{ *what }</span></label>
            <textarea ref={area} {id} readonly=true rows={(text.lines().count() + 1).max(3).to_string()} value={text.clone()} />
            <p><button type="button" {onclick}>{ "Copy the " }{ name.to_ascii_lowercase() }</button>{ " " }<span role="status">{ *said }</span></p>
        </div>
    }
}

/// Whether the browser has taken the text.
async fn copy(text: &str) -> bool {
    // Elsewhere there is no clipboard to ask.
    let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
