//! Which theme is shown: pictures on a canvas must be painted again when it changes, style sheets see to the rest. The system may
//! change it, and so may the page around this one (`web/embed.js`).

use super::Watch;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::EventTarget;
use yew::prelude::*;

/// A number that is another one after each change.
#[hook]
pub fn use_theme() -> u32 {
    let changes = use_state_eq(|| 0);
    let setter = changes.setter();
    use_effect_with((), move |()| {
        let count = Rc::new(Cell::new(0_u32));
        let watch = |(target, event)| {
            let (count, setter) = (count.clone(), setter.clone());
            Watch::begin(target, event, move || {
                count.set(count.get().wrapping_add(1));
                setter.set(count.get());
            })
        };
        let watches = sources().map(|source| source.map(watch));
        move || drop(watches)
    });
    *changes
}

/// Who tells of a change, and by which event.
fn sources() -> [Option<(EventTarget, &'static str)>; 2] {
    let window = web_sys::window();
    let system = window.as_ref().and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten());
    let document = window.and_then(|window| window.document());
    [system.map(|query| (query.into(), "change")), document.map(|document| (document.into(), "lockstep:theme"))]
}
