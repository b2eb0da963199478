//! For lazy loading: whether the user has scrolled near a part of the page.

use crate::hooks::{ViewportObserver, scroll_into_view};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, window};
use yew::prelude::*;

/// Distance from the viewport at which an element counts as near.
const MARGIN: &str = "300px";

/// How often, and after how many milliseconds, a part that an anchor leads to is looked for.
const RETRIES: u32 = 50;
const RETRY_MS: u32 = 100;

/// Whether the element `id` has been near the viewport, or the user has followed a link to an
/// anchor that starts with `id`. Once true, it stays true.
#[hook]
pub fn use_near_viewport(id: &'static str) -> bool {
    let is_near = use_state_eq(|| false);
    let setter = is_near.setter();
    use_effect_with((), move |()| {
        if let Some(anchor) = hash().filter(|anchor| anchor.starts_with(id)) {
            setter.set(true);
            scroll_when_visible(anchor);
        }
        let near = setter.clone();
        let on_change = move |is_near| {
            if is_near {
                near.set(true);
            }
        };
        let observer = element(id).and_then(|element| ViewportObserver::start(&element, MARGIN, on_change));
        let links = document().map(|document| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, "click", options, move |event| follow_anchor(event, id, &setter))
        });
        move || drop((observer, links))
    });
    *is_near
}

/// Follows a link to an anchor in this part, which may not be rendered yet.
fn follow_anchor(event: &web_sys::Event, id: &str, setter: &UseStateSetter<bool>) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[href^='#']").ok()?).and_then(|link| link.get_attribute("href"));
    if let Some(anchor) = link.and_then(|link| link.strip_prefix('#').map(str::to_owned)).filter(|anchor| anchor.starts_with(id))
    {
        setter.set(true);
        scroll_when_visible(anchor);
    }
}

/// Scrolls to an element once it is rendered and visible: when the page opens, this part waits for
/// the first run.
pub fn scroll_when_visible(id: String) {
    try_to_scroll(id, RETRIES);
}

fn try_to_scroll(id: String, retries: u32) {
    let wait_ms = if retries == RETRIES { 0 } else { RETRY_MS };
    Timeout::new(wait_ms, move || {
        if element(&id).is_some_and(|element| element.client_height() > 0) {
            scroll_into_view(&id);
        } else if retries > 0 {
            try_to_scroll(id, retries - 1);
        }
    })
    .forget();
}

fn document() -> Option<web_sys::Document> {
    window()?.document()
}

fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

fn hash() -> Option<String> {
    window()?.location().hash().ok()?.strip_prefix('#').map(str::to_owned)
}
