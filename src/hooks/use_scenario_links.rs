//! Links to a scenario and a moment. They are ordinary links that can be copied or opened in a new
//! tab; a plain click changes the state of the page instead of loading it again.

use crate::hooks::Dispatch;
use crate::state::action::{Action, Change};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use lockstep_core::link::Link;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};
use yew::prelude::*;

/// The attribute of a link that must not scroll, because its result is already in the viewport.
const STAY: &str = "data-stay";
/// The attribute of a link that scrolls to the controls, because the user will change something
/// next.
const TO_CONTROLS: &str = "data-to-controls";
/// Screens too narrow for controls and pictures at once.
const NARROW: &str = "(max-width: 48rem)";

/// Handles clicks on all scenario links of the document.
#[hook]
pub fn use_scenario_links(dispatch: &Dispatch) {
    use_effect_with(dispatch.clone(), |dispatch| {
        let dispatch = dispatch.clone();
        let document = web_sys::window().and_then(|window| window.document());
        let options = EventListenerOptions::enable_prevent_default();
        let clicked = move |event: &Event| clicked(event.unchecked_ref(), &dispatch);
        let listener = document.map(|document| EventListener::new_with_options(&document, "click", options, clicked));
        move || drop(listener)
    });
}

fn clicked(event: &MouseEvent, dispatch: &Dispatch) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[href^='?']").ok()?);
    if let Some((query, link)) = link.and_then(|link| Some((link.get_attribute("href")?, link))) {
        follow_click(event, &query, &link, dispatch);
    }
}

fn follow_click(event: &MouseEvent, query: &str, link: &Element, dispatch: &Dispatch) {
    let is_plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    if !is_plain {
        return;
    }
    event.prevent_default();
    if link.has_attribute(STAY) {
        dispatch.dispatch(Action::Scenario(Change::Follow(query.to_owned())));
    } else {
        follow(query, link.has_attribute(TO_CONTROLS), dispatch);
    }
}

/// Follows the link with this query string and scrolls to its result; with `to_controls` to the
/// controls.
pub fn follow(query: &str, to_controls: bool, dispatch: &Dispatch) {
    dispatch.dispatch(Action::Scenario(Change::Follow(query.to_owned())));
    let target = scroll_target(&Link::read(query), to_controls);
    // Scrolls only after the new history entry exists, so that the old entry keeps its scroll
    // position.
    Timeout::new(0, move || scroll_into_view(target)).forget();
}

/// The id of the element to scroll to: for a script, the terminals; for a comparison without a moment, the story; on narrow
/// screens the pictures; otherwise the whole run, with the controls and the result above the
/// pictures.
fn scroll_target(link: &Link, to_controls: bool) -> &'static str {
    let is_narrow = || {
        let query = web_sys::window().and_then(|window| window.match_media(NARROW).ok()?);
        query.is_some_and(|query| query.matches())
    };
    match link {
        Link { script: Some(_), .. } => "terminals",
        Link { second: Some(_), at: None, .. } => "story",
        _ if !to_controls && is_narrow() => "stage",
        _ => "run",
    }
}

/// Scrolls to the element `id`.
pub fn scroll_into_view(id: &str) {
    let part = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(part) = part {
        part.scroll_into_view();
    }
}
