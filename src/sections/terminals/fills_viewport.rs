//! Marks the section while it fills most of the viewport.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};
use yew::prelude::*;

/// The section fills most of the viewport if it covers the middle of it: this much is cut off at
/// each edge.
const MARGIN: &str = "-45% 0px -45% 0px";
/// The attribute of the section while it does. On phones, the playback bar is hidden then.
const ATTRIBUTE: &str = "data-fills-viewport";

/// Sets the attribute of the section that contains `content`.
#[hook]
pub(super) fn use_fills_viewport(content: &NodeRef) {
    use_effect_with(content.clone(), |content| {
        let section = content.cast::<Element>().and_then(|content| content.closest("section").ok()?);
        let observer = section.as_ref().and_then(Observer::start);
        move || {
            drop(observer);
            if let Some(section) = section {
                mark(&section, false);
            }
        }
    });
}

fn mark(section: &Element, fills: bool) {
    // The name of the attribute is valid.
    let _ = if fills { section.set_attribute(ATTRIBUTE, "") } else { section.remove_attribute(ATTRIBUTE) };
}

/// Observes an element until dropped.
struct Observer {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Observer {
    fn start(section: &Element) -> Option<Self> {
        let marked = section.clone();
        let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            if let Some(entry) = entries.iter().last() {
                mark(&marked, entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting());
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(MARGIN);
        let observer = IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options).ok()?;
        observer.observe(section);
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
