//! Reports panics: logs the message to the console and shows a panel with ways to continue, because
//! the page no longer responds.

use std::panic::PanicHookInfo;
use web_sys::{CustomEvent, CustomEventInit, console};

/// The event on `window` that makes `web/first_paint.js` show the panel. Its `detail` is the
/// message.
const EVENT: &str = "lockstep:panic";

/// Installs the panic hook of this thread.
pub fn set_hook() {
    // Set through Yew, which would otherwise install its own hook.
    yew::set_custom_panic_hook(Box::new(|info| report(&message(info))));
}

fn message(info: &PanicHookInfo<'_>) -> String {
    let location = info.location().map(|location| format!(" ({}:{})", location.file(), location.line())).unwrap_or_default();
    format!("{}{location}", info.payload_as_str().unwrap_or("a panic without a message"))
}

fn report(message: &str) {
    console::error_1(&message.into());
    let Some(window) = web_sys::window() else { return lockstep_worker::report_panic(message) };
    let init = CustomEventInit::new();
    init.set_detail(&message.into());
    if let Ok(event) = CustomEvent::new_with_event_init_dict(EVENT, &init) {
        // If dispatching fails, there is no other way to show the message.
        let _ = window.dispatch_event(&event);
    }
}
