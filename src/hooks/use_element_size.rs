//! The size of an element, updated when it changes.

use gloo_events::EventListener;
use lockstep_core::chart::Size;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// The inner size of the element at `node`, in CSS pixels, with the device pixel ratio; 0 by 0
/// until it is known.
#[hook]
pub fn use_element_size(node: &NodeRef) -> Size {
    let size = use_state_eq(|| Size::new(0.0, 0.0, 1.0));
    let setter = size.setter();
    use_effect_with(node.clone(), move |node| {
        let observer = node.cast::<Element>().and_then(|element| SizeObserver::start(element, setter));
        move || drop(observer)
    });
    *size
}

/// Observes the size of an element until dropped.
struct SizeObserver {
    observer: ResizeObserver,
    _measure: Closure<dyn FnMut()>,
    _resize: EventListener,
}

impl SizeObserver {
    fn start(element: Element, setter: UseStateSetter<Size>) -> Option<Self> {
        let (observed, resized) = (element.clone(), (element.clone(), setter.clone()));
        let callback = Closure::<dyn FnMut()>::new(move || setter.set(measure(&element)));
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        // The observer also reports the initial size.
        observer.observe(&observed);
        // The pixel ratio can change without the size when the window moves to another screen;
        // browsers then send a resize event.
        let resize = EventListener::new(web_sys::window()?.as_ref(), "resize", move |_| resized.1.set(measure(&resized.0)));
        Some(Self { observer, _measure: callback, _resize: resize })
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

fn measure(element: &Element) -> Size {
    let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    Size::new(element.client_width().into(), element.client_height().into(), ratio).with_text(text_scale())
}

/// The size of the page's text relative to 16 px; the user or a theme may have enlarged it.
fn text_scale() -> f64 {
    const DEFAULT: f64 = 16.0;
    let window = web_sys::window();
    let root = window.as_ref().and_then(|window| window.document()?.document_element());
    let style = root.and_then(|root| window?.get_computed_style(&root).ok()?);
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    // In whole pixels, because parsing floats would add 20 kB to the program.
    let pixels = size.and_then(|size| size.split(['.', 'p']).next()?.parse::<u32>().ok());
    pixels.map_or(1.0, |pixels| f64::from(pixels) / DEFAULT)
}
