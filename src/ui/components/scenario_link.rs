//! A link to a scenario and a moment. It is an ordinary link, to be copied or opened beside; a plain click is followed in place.

use crate::ui::hooks::use_dispatch;
use crate::ui::workbench::Action;
use yew::prelude::*;

/// Where the link goes and what it says.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The query string, without `?`.
    pub query: AttrValue,
    /// The link's words.
    pub children: Children,
}

/// See the module.
#[component]
pub fn ScenarioLink(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let query = props.query.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        let is_plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if is_plain {
            event.prevent_default();
            dispatch.dispatch(Action::Follow(query.to_string()));
            show_the_stage();
        }
    });
    html! { <a class="show-me" href={format!("?{}", props.query)} {onclick}>{ props.children.clone() }</a> }
}

/// Brings the pictures into view, and the focus with them, so that a reader of the text below sees what the link has set.
fn show_the_stage() {
    let stage = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id("stage"));
    if let Some(stage) = stage {
        stage.scroll_into_view();
    }
}
