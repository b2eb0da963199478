//! Drags over an element, from pointer down to pointer up, also outside of the element.

use web_sys::Element;
use yew::prelude::*;

/// Listeners for the element.
pub struct Drag {
    /// For `onpointerdown`.
    pub on_down: Callback<PointerEvent>,
    /// For `onpointermove`.
    pub on_move: Callback<PointerEvent>,
}

/// Calls `on_drag` with the position in the element at `node`, in CSS pixels, and whether the drag
/// starts there.
#[hook]
pub fn use_drag(node: &NodeRef, on_drag: impl Fn(f64, f64, bool) + Clone + 'static) -> Drag {
    let on_down = {
        let (node, on_drag) = (node.clone(), on_drag.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(element) = node.cast::<Element>().filter(|_| event.button() == 0) {
                // If capturing fails, the drag merely ends at the element's border.
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
    let corner = element.get_bounding_client_rect();
    (f64::from(event.client_x()) - corner.left(), f64::from(event.client_y()) - corner.top())
}
