//! Handles drags that start on an element. A drag lasts until the pointer goes up, also outside the
//! element.

use web_sys::Element;
use yew::prelude::*;

/// Event listeners for the element.
pub struct Drag {
    /// For `onpointerdown`.
    pub on_down: Callback<PointerEvent>,
    /// For `onpointermove`.
    pub on_move: Callback<PointerEvent>,
}

/// Calls `on_drag` with the pointer's position in the element at `node`, in CSS pixels, and with
/// `true` at the start of a drag, otherwise `false`.
#[hook]
pub fn use_drag(node: &NodeRef, on_drag: impl Fn(f64, f64, bool) + Clone + 'static) -> Drag {
    let on_down = {
        let (node, on_drag) = (node.clone(), on_drag.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(element) = node.cast::<Element>().filter(|_| event.button() == 0) {
                // If the capture fails, the drag just ends at the element's edge.
                let _ = element.set_pointer_capture(event.pointer_id());
                let (x, y) = position(&element, &event);
                on_drag(x, y, true);
            }
        })
    };
    let on_move = {
        let node = node.clone();
        Callback::from(move |event: PointerEvent| {
            let is_captured = |element: &Element| element.has_pointer_capture(event.pointer_id());
            if let Some(element) = node.cast::<Element>().filter(is_captured) {
                let (x, y) = position(&element, &event);
                on_drag(x, y, false);
            }
        })
    };
    Drag { on_down, on_move }
}

fn position(element: &Element, event: &PointerEvent) -> (f64, f64) {
    let bounds = element.get_bounding_client_rect();
    (f64::from(event.client_x()) - bounds.left(), f64::from(event.client_y()) - bounds.top())
}
