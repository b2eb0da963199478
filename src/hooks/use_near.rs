//! Whether the user has come near a part of the page, so that it is rendered only then.

use crate::hooks::bring_into_view;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, window};
use yew::prelude::*;

/// How near the window's edge is near.
const MARGIN: &str = "300px";

/// Whether the element `id` has come near the window, or a link to an address that begins with `#` and `id` was followed. Once true,
/// it stays true.
#[hook]
pub fn use_near(id: &'static str) -> bool {
    let is_near = use_state_eq(|| false);
    let setter = is_near.setter();
    use_effect_with((), move |()| {
        let observer = element(id).and_then(|element| Observer::start(&element, setter.clone()));
        let links = document().map(|document| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&document, "click", options, move |event| follow(event, id, &setter))
        });
        if let Some(there) = hash().filter(|there| there.starts_with(id)) {
            go_to(there);
        }
        move || drop((observer, links))
    });
    *is_near
}

/// Follows a link into the part that may not have been rendered yet.
fn follow(event: &web_sys::Event, id: &str, setter: &UseStateSetter<bool>) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[href^='#']").ok()?).and_then(|link| link.get_attribute("href"));
    if let Some(there) = link.and_then(|link| link.strip_prefix('#').map(str::to_owned)).filter(|there| there.starts_with(id)) {
        setter.set(true);
        go_to(there);
    }
}

/// Scrolls to an element, after the part that holds it was rendered.
fn go_to(id: String) {
    Timeout::new(0, move || bring_into_view(&id)).forget();
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

/// Watches an element until it is dropped.
struct Observer {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(js_sys::Array)>,
}

impl Observer {
    fn start(element: &Element, setter: UseStateSetter<bool>) -> Option<Self> {
        let callback = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let is_near = |entry: JsValue| entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting();
            if entries.iter().any(is_near) {
                setter.set(true);
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(MARGIN);
        let observer = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options).ok()?;
        observer.observe(element);
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
