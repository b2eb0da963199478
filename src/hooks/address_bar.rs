//! The browser's URL and history. A sandboxed iframe may not be allowed to change them;
//! the page works without that.

use lockstep_core::link::{Link, in_address};
use web_sys::{Window, window};

/// The attribute of `#app` with the link to the current state. It is set even if the URL cannot be
/// changed.
const LINK: &str = "data-link";
/// The attribute of the root element with the link that a downloaded page opens with.
const OPENS: &str = "data-opens";
/// `history.state` of the entries that hold a state of the page.
const STATE: &str = "lockstep";

/// The link in the URL; if there is none, the link in the file, which a downloaded page has.
#[must_use]
pub fn read() -> Link {
    let Some(window) = window() else { return Link::default() };
    let (search, hash) = (window.location().search().unwrap_or_default(), window.location().hash().unwrap_or_default());
    let query = in_address(&search, &hash);
    if !query.is_empty() {
        return Link::read(&query);
    }
    let root = window.document().and_then(|document| document.document_element());
    Link::read(&root.and_then(|root| root.get_attribute(OPENS)).unwrap_or_default())
}

/// Whether the query string of the URL has this name.
#[must_use]
pub fn has_name(name: &str) -> bool {
    let search = window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    let mut names = search.trim_start_matches('?').split('&').map(|pair| pair.split('=').next().unwrap_or_default());
    names.any(|other| other == name)
}

/// The query string that the browser has gone back or forward to; `None` if that entry is an anchor
/// in the page and not a state.
#[must_use]
pub fn returned_to() -> Option<String> {
    let window = window()?;
    let is_state = window.history().ok()?.state().ok()?.as_string().as_deref() == Some(STATE);
    let search = window.location().search().ok()?;
    is_state.then(|| search.trim_start_matches('?').to_owned())
}

/// Replaces the query string of the URL without a new history entry.
pub fn replace(query: &str) {
    let Some(window) = window() else { return };
    let address = address(&window, query);
    let _refused = window.history().and_then(|history| history.replace_state_with_url(&STATE.into(), "", Some(&address)));
}

/// Adds a history entry with `query`, after one for the state `left`, so that the user can go back
/// to that state.
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

/// Writes the link to the current state into an attribute, where scripts and style sheets can read
/// it.
pub fn publish(query: &str) {
    let app = window().and_then(|window| window.document()?.get_element_by_id("app"));
    // It fails only for invalid attribute names.
    let _ = app.map(|app| app.set_attribute(LINK, query));
}
