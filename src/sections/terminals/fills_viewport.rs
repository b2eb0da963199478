//! Marks the section while it fills most of the viewport.

use crate::hooks::ViewportObserver;
use web_sys::Element;
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
        let observer = section.as_ref().and_then(|section| {
            let marked = section.clone();
            ViewportObserver::start(section, MARGIN, move |fills| mark(&marked, fills))
        });
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
