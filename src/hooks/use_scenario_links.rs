//! Links to a scenario and a moment. Each is an ordinary link, to be copied or opened beside; a plain click is followed in place,
//! wherever on the page the link stands and whoever put it there: the page itself, the lesson, another program.

use crate::hooks::Dispatch;
use crate::state::action::{Action, Change, PageChange};
use gloo_timers::callback::Timeout;
use lockstep_core::link::Link;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, MouseEvent};
use yew::prelude::*;

/// The attribute of a link whose reader has what it sets before the eyes already.
const STAY: &str = "data-stay";
/// The attribute of a link that `web/embed.js` makes to go back, and of one that has chosen a theme.
const BACK: &str = "data-back";
const THEME: &str = "data-theme";
/// The attribute of a link after which its reader wants to change something.
const TO_CONTROLS: &str = "data-to-controls";
/// Where there is no room for controls and pictures at once.
const NARROW: &str = "(max-width: 48rem)";

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
        follow(event, &query, &link, dispatch);
    }
}

fn follow(event: &MouseEvent, query: &str, link: &Element, dispatch: &Dispatch) {
    let is_plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    if is_plain {
        event.prevent_default();
        dispatch.dispatch(match link {
            _ if link.has_attribute(BACK) => Action::Scenario(Change::Return(query.to_owned())),
            _ if link.has_attribute(THEME) => Action::Page(PageChange::SetTheme(Link::read(query).frame.theme)),
            _ => Action::Scenario(Change::Follow(query.to_owned())),
        });
        if !link.has_attribute(STAY) {
            let place = place_of(&Link::read(query), link.has_attribute(TO_CONTROLS));
            // The place that is left belongs to the entry of the history that is made first.
            Timeout::new(0, move || bring_into_view(place)).forget();
        }
    }
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
pub(super) fn bring_into_view(id: &str) {
    let part = web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(part) = part {
        part.scroll_into_view();
    }
}
