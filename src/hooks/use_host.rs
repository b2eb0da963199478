//! Messages to and from the host page, if this page is in an iframe. The host page receives the
//! height and the link, and can set the theme.
//!
//! The messages match `web/lockstep-playground.js`: objects with `source: "lockstep"`, a `type`,
//! and the name of the iframe as `id`.

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

/// Exchanges messages with the host page, if there is one. `link` is the link to the current state.
#[hook]
pub fn use_host(link: String, dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    use_effect_with((), move |()| {
        let listeners = host().map(|_| (send_height(), listen(dispatch)));
        move || drop(listeners)
    });
    use_effect_with(link, |link| send("link", &[("query", link.as_str().into())]));
}

/// The window of the host page, if there is one.
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
        // It fails only for sealed objects.
        let _ = Reflect::set(&message, &(*name).into(), value);
    }
    // It fails only for values that cannot be cloned.
    let _ = host.post_message(&message, "*");
}

/// Sends the height of the page whenever it changes, also as an LTI message for learning platforms.
fn send_height() -> Option<(ResizeObserver, Closure<dyn FnMut()>)> {
    let body = window()?.document()?.body()?;
    let (measured, sent) = (body.clone(), Cell::new(0.0));
    let measure = Closure::<dyn FnMut()>::new(move || {
        let height = measured.get_bounding_client_rect().height().ceil();
        // Both heights are whole pixels.
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
        EventListener::new(&document, "click", open_in_new_tab),
        EventListener::new(&document, "keydown", |event| return_focus(event.unchecked_ref())),
    ])
}

/// The theme that the host page asks for; `None` for other messages, other senders and unknown
/// themes.
fn theme_in(event: &MessageEvent) -> Option<Theme> {
    let is_from_host = Object::is(&event.source()?.into(), &host()?.into());
    let text = |name: &str| Reflect::get(&event.data(), &name.into()).ok()?.as_string();
    let is_theme_message = is_from_host && text("source")? == SOURCE && text("type")? == "theme";
    Theme::from_word(&text("theme")?).filter(|_| is_theme_message)
}

/// Opens the lesson's pages in a new tab, because they would replace this page in the iframe.
fn open_in_new_tab(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(link) = target.and_then(|target| target.closest("a[href^='lesson/']").ok()?) {
        // It fails only for invalid attribute names.
        let _ = link.set_attribute("target", "_blank");
    }
}

/// Escape returns the focus to the host page, because a focused iframe receives all key presses.
fn return_focus(event: &KeyboardEvent) {
    if event.key() != "Escape" || event.default_prevented() {
        return;
    }
    if let Some(element) = focused().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // If it fails, the element keeps the focus.
        let _ = element.blur();
    }
    if let Some(host) = host() {
        // A host page of another origin may refuse it; the message below asks it to take the focus.
        let _ = host.focus();
    }
    send("leave", &[]);
}
