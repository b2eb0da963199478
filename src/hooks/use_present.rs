//! The way down to the sections below the stage: what they show, without a render for each frame that plays.

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

/// What `workbench` shows; the same as before while the playhead moves or a run is under way.
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

/// What the page shows, in a section.
///
/// # Panics
/// Outside of `App`.
#[hook]
pub fn use_present() -> SharedPresent {
    use_context::<SharedPresent>().expect("App provides what it shows to all sections")
}
