//! A panic keeps its message: it is written to the console and shown, with a way to go on, instead of a page that stands still.

use crate::background::worker;
use std::panic::PanicHookInfo;
use web_sys::{CustomEvent, CustomEventInit, console};

/// The event on the window that has `web/start.js` show the panel; its detail is the message.
const EVENT: &str = "lockstep:panic";

/// Reports each panic of this thread from now on.
pub fn set_hook() {
    // Yew would set a hook of its own otherwise.
    yew::set_custom_panic_hook(Box::new(|info| report(&message(info))));
}

fn message(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
    format!("{}{place}", info.payload_as_str().unwrap_or("a panic without a message"))
}

fn report(message: &str) {
    console::error_1(&message.into());
    let Some(window) = web_sys::window() else { return worker::report_panic(message) };
    let init = CustomEventInit::new();
    init.set_detail(&message.into());
    if let Ok(event) = CustomEvent::new_with_event_init_dict(EVENT, &init) {
        // Nothing is left to do if the window refuses the event.
        let _ = window.dispatch_event(&event);
    }
}
