//! Writes the link to the page's state into the browser's URL, debounced. When the user follows a
//! link to other settings, the browser's history gets a new entry.

use crate::hooks::{Dispatch, address_bar};
use crate::state::action::{Action, Change};
use crate::state::workbench::Workbench;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Delay before the URL is written. Browsers refuse more than about 100 changes of it in 30 s.
const DEBOUNCE_MS: u32 = 350;

/// Writes the link to the state of `workbench` into the URL, except during playback. Handles the
/// browser's Back and Forward buttons.
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

/// Writes `query` into the URL; `None` leaves the URL unchanged.
///
/// `followed_links` is the number of links that the user has followed so far. When it changes, a new
/// history entry is added for `query`, and the entry before it gets the previous query. If a link is
/// followed during playback, the previous query is that of the state in which playback began.
#[hook]
fn use_address_bar(followed_links: u32, query: Option<String>) {
    let previous = use_mut_ref(|| None::<(u32, String)>);
    use_effect_with((followed_links, query), move |(followed_links, query)| {
        let timer = query.clone().and_then(|query| match previous.replace(Some((*followed_links, query.clone()))) {
            // The page was just opened, so its URL is already correct.
            None => None,
            Some((count, previous_query)) if count != *followed_links => {
                address_bar::push(&previous_query, &query);
                None
            }
            Some(_) => Some(Timeout::new(DEBOUNCE_MS, move || address_bar::replace(&query))),
        });
        move || drop(timer)
    });
}
