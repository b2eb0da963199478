//! The browser's address and history. Both may be refused in a sandboxed frame; then the link is only not kept.

use lockstep_core::link::{Link, in_address};
use web_sys::{Window, window};

/// The attribute of `#app` that holds the link of the page's present state, also where the address cannot be changed.
const LINK: &str = "data-link";
/// The attribute of the root element that holds the link with which a downloaded file opens.
const OPENS: &str = "data-opens";
/// The state of the history's entries that hold a state of the page.
const STATE: &str = "lockstep";

/// What the address asks for; where it asks for nothing, what the file asks for: one that was downloaded has its link in it.
#[must_use]
pub fn read() -> Link {
    let Some(window) = window() else { return Link::default() };
    let (search, hash) = (window.location().search().unwrap_or_default(), window.location().hash().unwrap_or_default());
    let asked = in_address(&search, &hash);
    if !asked.is_empty() {
        return Link::read(&asked);
    }
    let root = window.document().and_then(|document| document.document_element());
    Link::read(&root.and_then(|root| root.get_attribute(OPENS)).unwrap_or_default())
}

/// The query of the address that the browser has gone back or forward to; `None` if that is a place in the page and no state of it.
#[must_use]
pub fn returned_to() -> Option<String> {
    let window = window()?;
    let is_state = window.history().ok()?.state().ok()?.as_string().as_deref() == Some(STATE);
    let search = window.location().search().ok()?;
    is_state.then(|| search.trim_start_matches('?').to_owned())
}

/// Puts `query` into the address, with no entry in the history.
pub fn replace(query: &str) {
    let Some(window) = window() else { return };
    let address = address(&window, query);
    let _refused = window.history().and_then(|history| history.replace_state_with_url(&STATE.into(), "", Some(&address)));
}

/// Puts `query` into the address, with an entry in the history behind that of the state `left`, so that one can go back to it.
pub fn push(left: &str, query: &str) {
    replace(left);
    let Some(window) = window().filter(|_| left != query) else { return };
    let address = address(&window, query);
    let _refused = window.history().and_then(|history| history.push_state_with_url(&STATE.into(), "", Some(&address)));
}

fn address(window: &Window, query: &str) -> String {
    let path = window.location().pathname().unwrap_or_default();
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// Writes the link of the page's present state where scripts and style sheets can read it.
pub fn publish(query: &str) {
    let app = window().and_then(|window| window.document()?.get_element_by_id("app"));
    // It fails for names that no attribute can have.
    let _ = app.map(|app| app.set_attribute(LINK, query));
}
