//! Which theme the system asks for: pictures on a canvas must be painted again when it changes, style sheets see to the rest.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::MediaQueryList;
use yew::prelude::*;

/// A number that differs from theme to theme.
#[hook]
pub fn use_theme() -> u32 {
    let theme = use_state_eq(|| query().map_or(0, |query| u32::from(query.matches())));
    let setter = theme.setter();
    use_effect_with((), move |()| {
        let watch = query().map(|query| Watch::begin(query, setter));
        move || drop(watch)
    });
    *theme
}

fn query() -> Option<MediaQueryList> {
    web_sys::window()?.match_media("(prefers-color-scheme: dark)").ok()?
}

struct Watch {
    query: MediaQueryList,
    changed: Closure<dyn FnMut()>,
}

impl Watch {
    fn begin(query: MediaQueryList, setter: UseStateSetter<u32>) -> Self {
        let asked = query.clone();
        let changed = Closure::<dyn FnMut()>::new(move || setter.set(asked.matches().into()));
        // It fails in browsers whose queries tell nobody of a change; there the theme stays as it was at first.
        let _ = query.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        Self { query, changed }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It fails for a listener that is not there, and then there is nothing to remove.
        let _ = self.query.remove_event_listener_with_callback("change", self.changed.as_ref().unchecked_ref());
    }
}
