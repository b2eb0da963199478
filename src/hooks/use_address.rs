//! Writes the link of the page's state into the browser's address, a moment after the last change. A link that was followed is an
//! entry of the history.

use crate::hooks::{Dispatch, address_bar};
use crate::state::action::{Action, Change};
use crate::state::workbench::Workbench;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Browsers refuse more than about a hundred changes in half a minute.
const REST_MS: u32 = 350;

/// Writes the link of `workbench`, which is not written while it plays, and follows the browser's history back and forth.
#[hook]
pub fn use_address(workbench: &Workbench, dispatch: &Dispatch) {
    let query = (!workbench.is_playing()).then(|| workbench.link().write());
    use_address_bar(workbench.visits, query);
    use_effect_with(dispatch.clone(), |dispatch| {
        let dispatch = dispatch.clone();
        let back = move |_: &Event| {
            if let Some(query) = address_bar::returned_to() {
                dispatch.dispatch(Action::Scenario(Change::Return(query)));
            }
        };
        let listener = web_sys::window().map(|window| EventListener::new(&window, "popstate", back));
        move || drop(listener)
    });
}

/// `visits` is the number of links that were followed. The entry of the history before the last of them holds the state before it,
/// or the state in which it began to play.
#[hook]
fn use_address_bar(visits: u32, query: Option<String>) {
    let before = use_mut_ref(|| None::<(u32, String)>);
    use_effect_with((visits, query), move |(visits, query)| {
        let timer = query.clone().and_then(|query| match before.replace(Some((*visits, query.clone()))) {
            // The address that the page was opened with is right as it is.
            None => None,
            Some((count, left)) if count != *visits => {
                address_bar::push(&left, &query);
                None
            }
            Some(_) => Some(Timeout::new(REST_MS, move || address_bar::replace(&query))),
        });
        move || drop(timer)
    });
}
