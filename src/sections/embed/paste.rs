//! A snippet with a button that copies it. If the browser does not allow that, the text is
//! selected, so that the user can copy it.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Properties of a snippet.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The kind of snippet, for the label and the button.
    pub(super) name: &'static str,
    /// What the snippet is for.
    pub(super) what: &'static str,
    /// The snippet itself.
    pub(super) text: String,
}

/// A read-only text area with a button that copies it.
#[component]
pub(super) fn Paste(props: &Props) -> Html {
    let area = use_node_ref();
    let status = use_state_eq(|| "");
    {
        let status = status.setter();
        use_effect_with(props.text.clone(), move |_| status.set(""));
    }
    let onclick = {
        let (area, status, text) = (area.clone(), status.setter(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                area.select();
            }
            let (status, text) = (status.clone(), text.clone());
            spawn_local(async move {
                status.set(if copy(&text).await { "Copied." } else { "Selected. Copy it with Ctrl+C or Cmd+C." });
            });
        })
    };
    let Props { name, what, text } = props;
    let id = ["course-", &name.to_ascii_lowercase()].concat();
    html! {
        <div class="course-paste">
            <label for={id.clone()}><strong>{ *name }</strong>{ " " }<span>{ *what }</span></label>
            <textarea ref={area} {id} readonly=true rows={(text.lines().count() + 1).max(3).to_string()} value={text.clone()} />
            <p><button type="button" {onclick}>{ "Copy the " }{ name.to_ascii_lowercase() }</button>{ " " }<span role="status">{ *status }</span></p>
        </div>
    }
}

/// Copies `text` to the clipboard. Returns whether that worked.
pub(in crate::sections) async fn copy(text: &str) -> bool {
    // `navigator.clipboard` only exists in a secure context.
    let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
