//! How large an element is on the screen, kept up to date.

use gloo_events::EventListener;
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
        let watch = node.cast::<Element>().and_then(|element| Watch::start(element, setter));
        move || drop(watch)
    });
    *size
}

/// Watches an element until it is dropped.
struct Watch {
    observer: ResizeObserver,
    _measure: Closure<dyn FnMut()>,
    _resize: EventListener,
}

impl Watch {
    fn start(element: Element, setter: UseStateSetter<Size>) -> Option<Self> {
        let (watched, resized) = (element.clone(), (element.clone(), setter.clone()));
        let callback = Closure::<dyn FnMut()>::new(move || setter.set(measure(&element)));
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        // The observer reports once when it begins, so the first size comes by itself.
        observer.observe(&watched);
        // The pixel ratio can change without the size, when the window moves to another screen; browsers report that as a resize.
        let resize = EventListener::new(web_sys::window()?.as_ref(), "resize", move |_| resized.1.set(measure(&resized.0)));
        Some(Self { observer, _measure: callback, _resize: resize })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
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
