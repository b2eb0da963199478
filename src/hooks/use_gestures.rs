//! Recognises pointer gestures on an element: hover, click, drag and pinch. A drag or a pinch has
//! its start positions and its current ones.

use lockstep_core::chart::geometry::distance;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// A press that moves at most this far, in CSS pixels, is a click and not a drag.
const CLICK_RADIUS: f64 = 4.0;

/// A position in the element, in CSS pixels.
type Point = (f64, f64);

/// A gesture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// The pointer hovers here with no button down; `None` after it has left the element.
    Hover(Option<Point>),
    /// A pointer went down or up. The next drag or pinch starts at the pointers' positions at this
    /// moment.
    Start,
    /// A pointer went up at this position and was not dragged before.
    Click(Point),
    /// One pointer moves: its start and its current position.
    Drag(Point, Point),
    /// Two pointers move: their start and their current positions.
    Pinch([Point; 2], [Point; 2]),
}

/// A pointer that is down.
struct Pointer {
    id: i32,
    /// The start position of the current drag or pinch.
    from: Point,
    /// The current position.
    at: Point,
}

/// The pointers that are down.
#[derive(Default)]
struct ActivePointers {
    pointers: Vec<Pointer>,
    /// Whether the gesture is a drag or a pinch, so it can no longer become a click.
    has_moved: bool,
}

/// Calls `on_gesture` for each gesture. Returns one listener for `onpointerdown`, `onpointermove`,
/// `onpointerup`, `onpointercancel` and `onpointerleave` of the element at `node`.
#[hook]
pub fn use_gestures(node: &NodeRef, on_gesture: impl Fn(Gesture) + 'static) -> Callback<PointerEvent> {
    let active = use_mut_ref(ActivePointers::default);
    let node = node.clone();
    Callback::from(move |event: PointerEvent| {
        let gesture = node.cast::<Element>().and_then(|element| gesture_of(&active, &element, &event));
        if let Some(gesture) = gesture {
            on_gesture(gesture);
        }
    })
}

fn gesture_of(active: &Rc<RefCell<ActivePointers>>, element: &Element, event: &PointerEvent) -> Option<Gesture> {
    let mut active = active.borrow_mut();
    let bounds = element.get_bounding_client_rect();
    let at = (f64::from(event.client_x()) - bounds.left(), f64::from(event.client_y()) - bounds.top());
    let id = event.pointer_id();
    let known = active.pointers.iter().position(|pointer| pointer.id == id);
    match (event.type_().as_str(), known) {
        ("pointerdown", None) if event.button() == 0 => {
            // If the capture fails, the drag just ends at the element's edge.
            let _ = element.set_pointer_capture(id);
            active.pointers.push(Pointer { id, from: at, at });
            restart(&mut active);
            active.has_moved = active.pointers.len() > 1;
            Some(Gesture::Start)
        }
        ("pointermove", None) => Some(Gesture::Hover(Some(at))),
        ("pointermove", Some(index)) => {
            active.pointers[index].at = at;
            gesture_of_move(&mut active)
        }
        ("pointerleave", None) => Some(Gesture::Hover(None)),
        ("pointerup" | "pointercancel", Some(index)) => {
            active.pointers.remove(index);
            restart(&mut active);
            let is_click = !active.has_moved && event.type_() == "pointerup";
            Some(if is_click { Gesture::Click(at) } else { Gesture::Start })
        }
        _ => None,
    }
}

/// Makes the current positions the start of the next drag or pinch.
fn restart(active: &mut ActivePointers) {
    for pointer in &mut active.pointers {
        pointer.from = pointer.at;
    }
}

fn gesture_of_move(active: &mut ActivePointers) -> Option<Gesture> {
    match &active.pointers[..] {
        [one] => {
            let is_far = distance(one.at, one.from) > CLICK_RADIUS;
            active.has_moved |= is_far;
            let (from, at) = (one.from, one.at);
            active.has_moved.then_some(Gesture::Drag(from, at))
        }
        [one, two, ..] => Some(Gesture::Pinch([one.from, two.from], [one.at, two.at])),
        [] => None,
    }
}
