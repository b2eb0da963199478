//! A listener of the browser's own, for things that are no element of Yew's.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::EventTarget;

/// Listens until it is dropped.
pub struct Watch {
    target: EventTarget,
    event: &'static str,
    act: Closure<dyn FnMut()>,
}

impl Watch {
    /// Calls `act` at each `event` of `target`.
    #[must_use]
    pub fn begin(target: EventTarget, event: &'static str, act: impl FnMut() + 'static) -> Self {
        let act = Closure::<dyn FnMut()>::new(act);
        // It fails in browsers whose media queries tell nobody of a change; there all stays as it was at first.
        let _ = target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
        Self { target, event, act }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It fails for a listener that is not there, and then there is nothing to remove.
        let _ = self.target.remove_event_listener_with_callback(self.event, self.act.as_ref().unchecked_ref());
    }
}
