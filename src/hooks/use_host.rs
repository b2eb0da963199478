//! The page around this one, where this page stands in a frame: it is told the height and the link, and it sets the theme.
//!
//! The messages are those of `web/lockstep-playground.js`: objects with `source: "lockstep"`, a `type`, and the frame's name as `id`.

use crate::hooks::Dispatch;
use crate::hooks::focus::focused;
use crate::state::action::{Action, PageChange};
use gloo_events::EventListener;
use js_sys::{Object, Reflect};
use lockstep_core::link::Theme;
use std::cell::Cell;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, KeyboardEvent, MessageEvent, ResizeObserver, Window, window};
use yew::prelude::*;

/// The `source` of every message.
const SOURCE: &str = "lockstep";

/// Talks with the page around this one; does nothing where there is none. `link` is the link of the page's present state.
#[hook]
pub fn use_host(link: String, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    use_effect_with((), move |()| {
        let talk = host().map(|_| (send_height(), listen(dispatch)));
        move || drop(talk)
    });
    use_effect_with(link, |link| send("link", &[("query", link.as_str().into())]));
}

/// The window around this one, if there is one.
fn host() -> Option<Window> {
    let window = window()?;
    let parent = window.parent().ok()??;
    (!Object::is(&parent, &window)).then_some(parent)
}

fn send(kind: &str, values: &[(&str, JsValue)]) {
    let Some((host, window)) = host().zip(window()) else { return };
    let id = window.name().unwrap_or_default();
    let common = [("source", SOURCE.into()), ("type", kind.into()), ("id", id.into())];
    post(&host, common.iter().chain(values));
}

fn post<'a>(host: &Window, values: impl Iterator<Item = &'a (&'a str, JsValue)>) {
    let message = Object::new();
    for (name, value) in values {
        // It fails for objects that are sealed.
        let _ = Reflect::set(&message, &(*name).into(), value);
    }
    // It fails for values that cannot be copied.
    let _ = host.post_message(&message, "*");
}

/// Sends the height of the page whenever it changes, also in the form that learning platforms understand.
fn send_height() -> Option<(ResizeObserver, Closure<dyn FnMut()>)> {
    let body = window()?.document()?.body()?;
    let (measured, sent) = (body.clone(), Cell::new(0.0));
    let measure = Closure::<dyn FnMut()>::new(move || {
        let height = measured.get_bounding_client_rect().height().ceil();
        // Whole pixels are equal exactly.
        if (height - sent.replace(height)).abs() < 1.0 {
            return;
        }
        send("height", &[("height", height.into())]);
        if let Some(host) = host() {
            post(&host, [("subject", "lti.frameResize".into()), ("height", height.into())].iter());
        }
    });
    let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok()?;
    observer.observe(&body);
    Some((observer, measure))
}

fn listen(dispatch: Dispatch) -> Option<[EventListener; 3]> {
    let window = window()?;
    let document = window.document()?;
    Some([
        EventListener::new(&window, "message", move |event| {
            if let Some(theme) = theme_in(event.unchecked_ref()) {
                dispatch.dispatch(Action::Page(PageChange::SetHostTheme(theme)));
            }
        }),
        EventListener::new(&document, "click", open_beside),
        EventListener::new(&document, "keydown", |event| leave(event.unchecked_ref())),
    ])
}

/// The theme that the page around this one asks for; `None` for messages of others and for unknown themes.
fn theme_in(event: &MessageEvent) -> Option<Theme> {
    let is_of_host = Object::is(&event.source()?.into(), &host()?.into());
    let text = |name: &str| Reflect::get(&event.data(), &name.into()).ok()?.as_string();
    let is_meant = is_of_host && text("source")? == SOURCE && text("type")? == "theme";
    Theme::from_word(&text("theme")?).filter(|_| is_meant)
}

/// Opens the text pages in a window of their own: another page would take this one's place in the frame.
fn open_beside(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(link) = target.and_then(|target| target.closest("a[href^='lesson/']").ok()?) {
        // It fails for names that no attribute can have.
        let _ = link.set_attribute("target", "_blank");
    }
}

/// Escape gives the focus back to the page around this one: a frame that has the focus keeps all keys.
fn leave(event: &KeyboardEvent) {
    if event.key() != "Escape" || event.default_prevented() {
        return;
    }
    if let Some(element) = focused().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot lose the focus keeps it.
        let _ = element.blur();
    }
    if let Some(host) = host() {
        // Pages of another origin may refuse it; they are told anyway.
        let _ = host.focus();
    }
    send("leave", &[]);
}
