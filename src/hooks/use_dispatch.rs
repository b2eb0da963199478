//! Gives every component the dispatcher through the context, so that none needs the state to
//! dispatch an action.

use crate::state::workbench::Workbench;
use yew::prelude::*;

/// Dispatches actions. It is compared by pointer, so that passing it on never causes a render.
pub type Dispatch = UseReducerDispatcher<Workbench>;

/// The dispatcher that `App` provides.
///
/// # Panics
/// Outside of `App`.
#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().expect("App provides the dispatcher")
}
