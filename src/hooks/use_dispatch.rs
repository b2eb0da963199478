//! The way up: every component can send an action, and none needs the state for it.

use crate::state::workbench::Workbench;
use yew::prelude::*;

/// Sends actions. It compares by pointer, so that passing it on never causes a render.
pub type Dispatch = UseReducerDispatcher<Workbench>;

/// The dispatcher that `App` provides.
///
/// # Panics
/// Outside of `App`.
#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().expect("App provides the dispatcher to all that it shows")
}
