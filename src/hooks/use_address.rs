//! Says which link the page shows: to the other programs on the page whenever no run is under way, and in the browser's address a
//! moment after the last change. A link that was followed is an entry of the history, to come back from.

use crate::hooks::address_bar;
use crate::state::workbench::{Prediction, Workbench};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Browsers refuse more than about a hundred changes in half a minute.
const REST_MS: u32 = 350;

/// Writes the link of `workbench`. While it plays the moment moves on without being written.
#[hook]
pub fn use_address(workbench: &UseReducerHandle<Workbench>) {
    let query = (!workbench.is_playing()).then(|| workbench.link().write());
    use_address_bar(workbench.visits, query.clone());
    let state = workbench.clone();
    let guessing = workbench.prediction == Prediction::Open;
    use_effect_with((workbench.is_busy(), workbench.scenario.clone(), query, guessing), move |(is_busy, _, _, guessing)| {
        if !is_busy {
            address_bar::publish(&state.link().write(), *guessing);
        }
    });
}

/// `visits` says how many links were followed. What the last has replaced is the state before, or that in which it began to play.
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
