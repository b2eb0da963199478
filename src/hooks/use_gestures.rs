//! What fingers, pens and mice do over a picture: point, click, drag, pinch. Each gesture comes with where it began.

use lockstep_core::chart::geometry::distance;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Nearer than this to where it began, a drag is still a click; in CSS pixels.
const CLICK: f64 = 4.0;

/// A place inside the element, in CSS pixels.
type Place = (f64, f64);

/// Something that was done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// The pointer is over this place, with no button down; none when it has left.
    Over(Option<Place>),
    /// A button or a finger goes down: what follows refers to this moment.
    Begins,
    /// It was let go where it went down.
    Click(Place),
    /// It moves, from where it went down.
    Drag(Place, Place),
    /// Two fingers move, from where they were to where they are.
    Pinch([Place; 2], [Place; 2]),
}

/// A pointer that is down.
struct Pointer {
    id: i32,
    from: Place,
    at: Place,
}

#[derive(Default)]
struct Hand {
    pointers: Vec<Pointer>,
    has_moved: bool,
}

/// One listener for `onpointerdown`, `onpointermove`, `onpointerup`, `onpointercancel` and `onpointerleave` of the element at `node`.
#[hook]
pub fn use_gestures(node: &NodeRef, act: impl Fn(Gesture) + 'static) -> Callback<PointerEvent> {
    let hand = use_mut_ref(Hand::default);
    let node = node.clone();
    Callback::from(move |event: PointerEvent| {
        let gesture = node.cast::<Element>().and_then(|element| read(&hand, &element, &event));
        if let Some(gesture) = gesture {
            act(gesture);
        }
    })
}

fn read(hand: &Rc<RefCell<Hand>>, element: &Element, event: &PointerEvent) -> Option<Gesture> {
    let mut hand = hand.borrow_mut();
    let corner = element.get_bounding_client_rect();
    let at = (f64::from(event.client_x()) - corner.left(), f64::from(event.client_y()) - corner.top());
    let id = event.pointer_id();
    let known = hand.pointers.iter().position(|pointer| pointer.id == id);
    match (event.type_().as_str(), known) {
        ("pointerdown", None) if event.button() == 0 => {
            // Without the capture dragging ends at the element's border, and that is all.
            let _ = element.set_pointer_capture(id);
            hand.pointers.push(Pointer { id, from: at, at });
            begin(&mut hand);
            hand.has_moved = hand.pointers.len() > 1;
            Some(Gesture::Begins)
        }
        ("pointermove", None) => Some(Gesture::Over(Some(at))),
        ("pointermove", Some(place)) => {
            hand.pointers[place].at = at;
            moved(&mut hand)
        }
        ("pointerleave", None) => Some(Gesture::Over(None)),
        ("pointerup" | "pointercancel", Some(place)) => {
            hand.pointers.remove(place);
            begin(&mut hand);
            let is_click = !hand.has_moved && event.type_() == "pointerup";
            Some(if is_click { Gesture::Click(at) } else { Gesture::Begins })
        }
        _ => None,
    }
}

/// What follows is measured from where the fingers are now.
fn begin(hand: &mut Hand) {
    for pointer in &mut hand.pointers {
        pointer.from = pointer.at;
    }
}

fn moved(hand: &mut Hand) -> Option<Gesture> {
    match &hand.pointers[..] {
        [one] => {
            let far = distance(one.at, one.from) > CLICK;
            hand.has_moved |= far;
            let (from, at) = (one.from, one.at);
            hand.has_moved.then_some(Gesture::Drag(from, at))
        }
        [one, two, ..] => Some(Gesture::Pinch([one.from, two.from], [one.at, two.at])),
        [] => None,
    }
}
