//! Dragging over a picture: from where the pointer goes down until it is let go, even outside.

use web_sys::Element;
use yew::prelude::*;

/// Listeners for the element that is dragged over.
pub struct Drag {
    /// For `onpointerdown`.
    pub down: Callback<PointerEvent>,
    /// For `onpointermove`.
    pub moved: Callback<PointerEvent>,
}

/// Calls `act` with the place inside the element at `node`, in CSS pixels, and whether the drag begins there.
#[hook]
pub fn use_drag(node: &NodeRef, act: impl Fn(f64, f64, bool) + Clone + 'static) -> Drag {
    let down = {
        let (node, act) = (node.clone(), act.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(element) = node.cast::<Element>().filter(|_| event.button() == 0) {
                // Without the capture dragging ends at the element's border, and that is all.
                let _ = element.set_pointer_capture(event.pointer_id());
                let (x, y) = place(&element, &event);
                act(x, y, true);
            }
        })
    };
    let moved = {
        let node = node.clone();
        Callback::from(move |event: PointerEvent| {
            let held = |element: &Element| element.has_pointer_capture(event.pointer_id());
            if let Some(element) = node.cast::<Element>().filter(held) {
                let (x, y) = place(&element, &event);
                act(x, y, false);
            }
        })
    };
    Drag { down, moved }
}

fn place(element: &Element, event: &PointerEvent) -> (f64, f64) {
    let corner = element.get_bounding_client_rect();
    (f64::from(event.client_x()) - corner.left(), f64::from(event.client_y()) - corner.top())
}
