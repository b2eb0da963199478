//! Links to a scenario and a moment. Each is an ordinary link, to be copied or opened beside; a plain click is followed in place,
//! wherever on the page the link stands and whoever put it there: the page itself, the lesson, another program.

use crate::ui::hooks::Dispatch;
use crate::ui::workbench::Action;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, MouseEvent};
use yew::prelude::*;

/// The attribute of a link whose reader has what it sets before the eyes already.
const STAY: &str = "data-stay";

/// Follows a click on any scenario link of the document, for as long as the page lives.
#[hook]
pub fn use_scenario_links(dispatch: &Dispatch) {
    use_effect_with(dispatch.clone(), |dispatch| {
        let dispatch = dispatch.clone();
        let clicked = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| clicked(&event, &dispatch));
        let document = web_sys::window().and_then(|window| window.document());
        // It never fails for a document.
        let _ = document.map(|document| document.add_event_listener_with_callback("click", clicked.as_ref().unchecked_ref()));
        clicked.forget();
    });
}

fn clicked(event: &MouseEvent, dispatch: &Dispatch) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[href^='?']").ok()?);
    if let Some((query, link)) = link.and_then(|link| Some((link.get_attribute("href")?, link))) {
        follow(event, &query, link.has_attribute(STAY), dispatch);
    }
}

fn follow(event: &MouseEvent, query: &str, stays: bool, dispatch: &Dispatch) {
    let is_plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    if is_plain {
        event.prevent_default();
        dispatch.dispatch(Action::Follow(query.to_owned()));
        if !stays {
            bring_into_view(if query.contains("b.") { "story" } else { "stage" });
        }
    }
}

/// Brings a part of the page into view, so that a reader of the text below sees what has been set.
pub fn bring_into_view(id: &str) {
    let part = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(part) = part {
        part.scroll_into_view();
    }
}
