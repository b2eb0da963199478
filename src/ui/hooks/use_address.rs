//! Keeps the browser's address at what the page shows, a moment after the last change.

use crate::ui::address_bar;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Browsers refuse more than about a hundred changes in half a minute.
const REST_MS: u32 = 350;

/// Writes `query` into the address once it has stood for a moment. None (while playing) leaves the address as it is.
#[hook]
pub fn use_address(query: Option<String>) {
    let opened = use_mut_ref(|| true);
    use_effect_with(query, move |query| {
        // The address that the page was opened with is right as it is.
        let is_first = opened.replace(false);
        let timer = query.clone().filter(|_| !is_first).map(|query| Timeout::new(REST_MS, move || address_bar::replace(&query)));
        move || drop(timer)
    });
}
