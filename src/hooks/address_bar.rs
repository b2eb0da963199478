//! The browser's address: read once, rewritten in place. Both may be refused (a sandboxed frame), and nothing depends on it: other
//! programs on the page read the link from an attribute.

use lockstep_core::link::{Link, in_address};
use web_sys::{Element, Event, Window};

/// The attribute of `#app` that holds the page's present link.
pub const LINK: &str = "data-link";
/// The attribute of the root element that holds the link with which a downloaded file opens.
pub const OPENS: &str = "data-opens";
/// The attribute that `#app` has until the reader has guessed, or skipped that.
pub const GUESSING: &str = "data-guessing";
/// The event on the document that says that the link, or whether it is guessed at, has changed.
pub const CHANGED: &str = "lockstep:link";

/// What the address asks for; where it asks for nothing, what the file asks for: one that was downloaded has its link in it.
#[must_use]
pub fn read() -> Link {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return Link::default() };
    let asked = in_address(&location.search().unwrap_or_default(), &location.hash().unwrap_or_default());
    if !asked.is_empty() {
        return Link::read(&asked);
    }
    let page = web_sys::window().and_then(|window| window.document()?.document_element());
    Link::read(&page.and_then(|page| page.get_attribute(OPENS)).unwrap_or_default())
}

/// What an entry of the history says that has a state of the page; `web/embed.js` asks for that state when the reader goes back to it.
const STATE: &str = "lockstep";

/// Puts `query` into the address, with no entry in the history.
pub fn replace(query: &str) {
    let Some(window) = web_sys::window() else { return };
    let address = address(&window, query);
    // A frame without an origin of its own is refused: then the link is simply not kept.
    let _refused = window.history().and_then(|history| history.replace_state_with_url(&STATE.into(), "", Some(&address)));
}

/// The same with an entry in the history, behind that of the state `left`: so one comes back to it.
pub fn push(left: &str, query: &str) {
    replace(left);
    let Some(window) = web_sys::window().filter(|_| left != query) else { return };
    let address = address(&window, query);
    let _refused = window.history().and_then(|history| history.push_state_with_url(&STATE.into(), "", Some(&address)));
}

fn address(window: &Window, query: &str) -> String {
    let path = window.location().pathname().unwrap_or_default();
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// Tells the other programs on the page which link it shows, and whether the reader is still to guess what comes of it.
pub fn publish(query: &str, guessing: bool) {
    let Some(app) = app() else { return };
    // Neither fails: the names are good ones.
    let _ = app.set_attribute(LINK, query);
    let _ = app.toggle_attribute_with_force(GUESSING, guessing);
    let _ = Event::new(CHANGED).map(|event| app.owner_document().map(|document| document.dispatch_event(&event)));
}

fn app() -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id("app")
}
