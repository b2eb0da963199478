//! The link that the page shows now. The page keeps it in an attribute and tells of each change, also where the browser refuses to
//! change the address.

use crate::hooks::Watch;
use crate::hooks::address_bar::{CHANGED, GUESSING, LINK};
use lockstep_core::link::Link;
use lockstep_core::scenario::Scenario;
use web_sys::Document;
use yew::prelude::*;

/// The page's present link, kept up to date.
#[hook]
pub fn use_present_link() -> Link {
    use_present().0
}

/// The same, and whether the reader is still to guess what comes of the run.
#[hook]
pub fn use_present() -> (Link, bool) {
    let now = use_state_eq(read);
    let setter = now.setter();
    use_effect_with((), move |()| {
        let watch = document().map(|document| Watch::begin(document.into(), CHANGED, move || setter.set(read())));
        move || drop(watch)
    });
    (Link::read(&now.0), now.1)
}

/// The scenario of the run that is played: of two that are compared, the second.
#[must_use]
pub fn played(link: &Link) -> &Scenario {
    link.second.as_ref().unwrap_or(&link.scenario)
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The query string, and whether it is guessed at; the default run where the page has not said anything yet.
fn read() -> (String, bool) {
    let Some(app) = document().and_then(|document| document.get_element_by_id("app")) else { return Default::default() };
    (app.get_attribute(LINK).unwrap_or_default(), app.has_attribute(GUESSING))
}
