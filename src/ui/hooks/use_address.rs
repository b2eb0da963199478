//! Says which link the page shows: to the other programs on the page whenever no run is under way, and in the browser's address a
//! moment after the last change. A link that was followed is an entry of the history, to come back from.

use super::{Dispatch, Watch};
use crate::share::Theme;
use crate::ui::address_bar;
use crate::ui::workbench::{Action, Prediction, Workbench};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Browsers refuse more than about a hundred changes in half a minute.
const REST_MS: u32 = 350;

/// Writes the link of `workbench`. While it plays the moment moves on without being written.
#[hook]
pub fn use_address(workbench: &UseReducerHandle<Workbench>) {
    let query = (!workbench.is_playing()).then(|| workbench.link().write());
    use_history(&workbench.visits, query.as_deref().unwrap_or_default());
    use_address_bar(query.clone());
    use_way_back(workbench.dispatcher());
    use_theme_shown(workbench.theme());
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

/// `visits` says how many links were followed and what the last has replaced by `query`.
#[hook]
fn use_history(visits: &(u32, String), query: &str) {
    let query = query.to_owned();
    use_effect_with(visits.clone(), move |(count, left)| {
        if *count > 0 {
            address_bar::push(left, &query);
        }
    });
}

#[hook]
fn use_way_back(dispatch: Dispatch) {
    use_effect_with((), move |()| {
        let back = move || {
            if let Some(query) = address_bar::returned_to() {
                dispatch.dispatch(Action::Return(query));
            }
        };
        let watch = web_sys::window().map(|window| Watch::begin(window.into(), "popstate", back));
        move || drop(watch)
    });
}

#[hook]
fn use_theme_shown(theme: Theme) {
    let opened = use_mut_ref(|| true);
    use_effect_with(theme, move |theme| {
        // What the link asks for stands already.
        if !opened.replace(false) {
            address_bar::show_theme(theme.word());
        }
    });
}
