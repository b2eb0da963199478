//! Gives the sections below the stage their data through the context, without a render for each
//! frame of playback.

use crate::state::present::Present;
use crate::state::workbench::Workbench;
use std::ops::Deref;
use std::rc::Rc;
use yew::prelude::*;

/// A [`Present`] that is compared by pointer.
#[derive(Clone, Debug)]
pub struct SharedPresent(Rc<Present>);

impl PartialEq for SharedPresent {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for SharedPresent {
    type Target = Present;

    fn deref(&self) -> &Present {
        &self.0
    }
}

/// The present state of `workbench`; unchanged during playback and while a run is pending.
#[hook]
pub fn use_provided_present(workbench: &Workbench) -> SharedPresent {
    let kept = use_mut_ref(|| SharedPresent(Rc::new(Present::of(workbench))));
    if !workbench.is_busy() && !workbench.is_playing() {
        let now = Present::of(workbench);
        if now != **kept.borrow() {
            kept.replace(SharedPresent(Rc::new(now)));
        }
    }
    kept.borrow().clone()
}

/// The present state of the page, for a section.
///
/// # Panics
/// Outside of `App`.
#[hook]
pub fn use_present() -> SharedPresent {
    use_context::<SharedPresent>().expect("App provides the present state to all sections")
}
