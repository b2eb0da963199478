//! A button that copies a link to the script.

use crate::sections::embed::copy;
use lockstep_core::link::Link;
use lockstep_core::link::snippet;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Properties of [`CopyLink`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The script.
    pub(super) text: Rc<str>,
    /// The text of the button.
    pub(super) label: &'static str,
    /// The class of the button.
    #[prop_or_default]
    pub(super) class: Classes,
}

/// See the module documentation.
#[component]
pub(super) fn CopyLink(props: &Props) -> Html {
    let Props { text, label, class } = props;
    let status = use_state_eq(|| "");
    use_effect_with(text.clone(), {
        let status = status.setter();
        move |_| status.set("")
    });
    let is_enabled = !text.is_empty();
    let onclick = {
        let (status, link) = (status.setter(), link_to(text));
        Callback::from(move |_: MouseEvent| {
            if !is_enabled {
                return;
            }
            let (status, link) = (status.clone(), link.clone());
            spawn_local(async move {
                status.set(if copy(&link).await {
                    "Copied."
                } else {
                    "The browser did not allow it. Copy the address of this page."
                });
            });
        })
    };
    html! {
        <>
            <span class="copy-status" role="status">{ *status }</span>
            <button type="button" class={class.clone()} aria-disabled={(!is_enabled).then_some("true")} {onclick}>{ *label }</button>
        </>
    }
}

/// The address of this page with only the script.
fn link_to(text: &str) -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let link = Link { script: Some(text.to_owned()), ..Link::default() };
    [snippet::folder(&href), "?", &link.write()].concat()
}
