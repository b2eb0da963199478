//! Says which link the page shows: to the other programs on the page whenever no run is under way, and in the browser's address a
//! moment after the last change.

use crate::ui::address_bar;
use crate::ui::workbench::{Prediction, Workbench};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Browsers refuse more than about a hundred changes in half a minute.
const REST_MS: u32 = 350;

/// Writes the link of `workbench`. While it plays the moment moves on without being written.
#[hook]
pub fn use_address(workbench: &UseReducerHandle<Workbench>) {
    let query = (!workbench.is_playing()).then(|| workbench.link().write());
    use_address_bar(query.clone());
    let state = workbench.clone();
    let guessing = workbench.prediction == Prediction::Open;
    use_effect_with((workbench.is_busy(), workbench.scenario.clone(), query, guessing), move |(is_busy, _, _, guessing)| {
        if !is_busy {
            address_bar::publish(&state.link().write(), *guessing);
        }
    });
}

#[hook]
fn use_address_bar(query: Option<String>) {
    let opened = use_mut_ref(|| true);
    use_effect_with(query, move |query| {
        // The address that the page was opened with is right as it is.
        let is_first = opened.replace(false);
        let timer = query.clone().filter(|_| !is_first).map(|query| Timeout::new(REST_MS, move || address_bar::replace(&query)));
        move || drop(timer)
    });
}
