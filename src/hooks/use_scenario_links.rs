//! Links to a scenario and a moment. Each is an ordinary link, to be copied or opened beside; a plain click is followed in place,
//! wherever on the page the link stands: in a section, in the lesson.

use crate::hooks::Dispatch;
use crate::state::action::{Action, Change};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use lockstep_core::link::Link;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};
use yew::prelude::*;

/// The attribute of a link whose reader has what it sets before the eyes already.
const STAY: &str = "data-stay";
/// The attribute of a link after which its reader wants to change something.
const TO_CONTROLS: &str = "data-to-controls";
/// Where there is no room for controls and pictures at once.
const NARROW: &str = "(max-width: 48rem)";

/// Follows a click on any scenario link of the document, for as long as the page lives.
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

/// Follows the link with this query and brings into view what its user wants to see: with `to_controls` the controls too.
pub fn follow(query: &str, to_controls: bool, dispatch: &Dispatch) {
    dispatch.dispatch(Action::Scenario(Change::Follow(query.to_owned())));
    let place = place_of(&Link::read(query), to_controls);
    // The scroll position that is left belongs to the entry of the history that is made first.
    Timeout::new(0, move || bring_into_view(place)).forget();
}

/// What the reader of a link wants to see: of two runs their difference, unless it is a moment; of a run the pictures, and the result
/// and the controls above them where there is room.
fn place_of(link: &Link, to_controls: bool) -> &'static str {
    let is_narrow = || {
        let query = web_sys::window().and_then(|window| window.match_media(NARROW).ok()?);
        query.is_some_and(|query| query.matches())
    };
    match link {
        Link { second: Some(_), at: None, .. } => "story",
        _ if !to_controls && is_narrow() => "stage",
        _ => "run",
    }
}

/// Brings a part of the page into view, so that a reader of the text below sees what has been set.
pub fn bring_into_view(id: &str) {
    let part = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(part) = part {
        part.scroll_into_view();
    }
}
