//! Writes the link to the page's state into the browser's URL, debounced. Following a link adds a
//! history entry.

use crate::hooks::{Dispatch, address_bar};
use crate::state::action::{Action, Change};
use crate::state::workbench::Workbench;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Debounce, because browsers refuse more than about 100 changes in 30 s.
const DEBOUNCE_MS: u32 = 350;

/// Writes the link to the state of `workbench` into the URL, except during playback, and handles
/// back and forward.
#[hook]
pub fn use_address(workbench: &Workbench, dispatch: &Dispatch) {
    let query = (!workbench.is_playing()).then(|| workbench.link().write());
    use_address_bar(workbench.followed_links, query);
    use_effect_with(dispatch.clone(), |dispatch| {
        let dispatch = dispatch.clone();
        let on_popstate = move |_: &Event| {
            if let Some(query) = address_bar::returned_to() {
                dispatch.dispatch(Action::Scenario(Change::Return(query)));
            }
        };
        let listener = web_sys::window().map(|window| EventListener::new(&window, "popstate", on_popstate));
        move || drop(listener)
    });
}

/// `followed_links` is the number of links followed so far. When it changes, the history entry
/// before the new one gets the last query; during playback that is the state in which playback
/// began.
#[hook]
fn use_address_bar(followed_links: u32, query: Option<String>) {
    let previous = use_mut_ref(|| None::<(u32, String)>);
    use_effect_with((followed_links, query), move |(followed_links, query)| {
        let timer = query.clone().and_then(|query| match previous.replace(Some((*followed_links, query.clone()))) {
            // The URL that the page was opened with is already right.
            None => None,
            Some((count, left)) if count != *followed_links => {
                address_bar::push(&left, &query);
                None
            }
            Some(_) => Some(Timeout::new(DEBOUNCE_MS, move || address_bar::replace(&query))),
        });
        move || drop(timer)
    });
}
