//! How large an element is on the screen, kept up to date.

use lockstep_core::chart::Size;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// The inner size of the element at `node`, with the device's pixel ratio; nothing by nothing until it is known.
#[hook]
pub fn use_element_size(node: &NodeRef) -> Size {
    let size = use_state_eq(|| Size::new(0.0, 0.0, 1.0));
    let setter = size.setter();
    use_effect_with(node.clone(), move |node| {
        let watch = node.cast::<Element>().and_then(|element| Watch::begin(element, setter));
        move || drop(watch)
    });
    *size
}

/// Watches an element until it is dropped.
struct Watch {
    observer: ResizeObserver,
    measure: Closure<dyn FnMut()>,
}

impl Watch {
    fn begin(element: Element, setter: UseStateSetter<Size>) -> Option<Self> {
        let watched = element.clone();
        let measure = Closure::<dyn FnMut()>::new(move || setter.set(measure(&element)));
        let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok()?;
        // The observer reports once when it begins, so the first size comes by itself.
        observer.observe(&watched);
        // The pixel ratio can change without the size, when the window goes to another screen; browsers tell that as a resize.
        let window = web_sys::window()?;
        window.add_event_listener_with_callback("resize", measure.as_ref().unchecked_ref()).ok()?;
        Some(Self { observer, measure })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
        if let Some(window) = web_sys::window() {
            // It fails for a listener that is not there, and then there is nothing to remove.
            let _ = window.remove_event_listener_with_callback("resize", self.measure.as_ref().unchecked_ref());
        }
    }
}

fn measure(element: &Element) -> Size {
    let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    Size::new(element.client_width().into(), element.client_height().into(), ratio).with_text(text())
}

/// How much larger than usual the page's text is: the reader, or a theme, may have enlarged it.
fn text() -> f64 {
    const USUAL: f64 = 16.0;
    let window = web_sys::window();
    let root = window.as_ref().and_then(|window| window.document()?.document_element());
    let style = root.and_then(|root| window?.get_computed_style(&root).ok()?);
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    // In whole pixels: to parse any float at all would cost the page twenty kilobytes.
    let pixels = size.and_then(|size| size.split(['.', 'p']).next()?.parse::<u32>().ok());
    pixels.map_or(1.0, |pixels| f64::from(pixels) / USUAL)
}
