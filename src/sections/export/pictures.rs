//! A picture of the run at a moment, to look at and to take: SVG, or PNG of the same.

use super::{file_name as run_name, save};
use crate::background::message::{Request, Response};
use crate::background::pool::request;
use crate::background::task::AbortOnDrop;
use crate::state::run::Run;
use js_sys::{Array, Promise};
use lockstep_core::export::picture::{Frame, Picture, Theme};
use lockstep_core::playback::Playback;
use lockstep_core::time::SimTime;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Of which run, and where the page's playhead stands.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) run: Rc<Run>,
    pub(super) at: Option<SimTime>,
}

/// What is chosen.
#[derive(Clone, Copy, PartialEq)]
struct Choice {
    picture: Picture,
    frame: Frame,
}

/// See the module.
#[component]
pub(super) fn Pictures(props: &Props) -> Html {
    let frame = Frame { width: 1280, height: 720, theme: Theme::Light };
    let choice = use_state_eq(|| Choice { picture: Picture::PollClock, frame });
    // Where the page stands at the very start there is nothing to be seen yet.
    let trace = &props.run.trace;
    let at = props.at.unwrap_or(trace.stopped_at()).min(Playback::new(trace).end);
    let text = use_drawn(&props.run, at, *choice);
    let address: String = js_sys::encode_uri_component(&text).into();
    let address = Rc::new(["data:image/svg+xml;charset=utf-8,", &address].concat());
    let name = format!("{}-{}", run_name(&trace.scenario), file_name(choice.picture));
    html! {
        <fieldset class="take-pictures">
            <legend>{ "Picture of the moment at which the page stands" }</legend>
            { choices(&choice) }
            if text.is_empty() {
                <p role="status">{ "Drawing\u{2026}" }</p>
            } else {
                <p class="take-row">
                    { svg_button(&name, &text) }
                    { png_button(&name, &address, choice.frame) }
                </p>
                <img class="take-preview" data-testid="take-picture" src={address.to_string()} alt={described(&text)} />
            }
        </fieldset>
    }
}

/// The picture as a worker draws it; the one before until it is done.
#[hook]
fn use_drawn(run: &Rc<Run>, at: SimTime, choice: Choice) -> Rc<String> {
    let text = use_state(|| Rc::new(String::new()));
    let setter = text.setter();
    use_effect_with((run.clone(), at, choice), move |(run, at, Choice { picture, frame })| {
        let asked = Request::Picture { scenario: run.trace.scenario.clone(), at: *at, picture: *picture, frame: *frame };
        let task = AbortOnDrop::spawn(async move {
            if let (Response::Picture(drawn), _) = request(asked, None, |_| {}).await {
                setter.set(Rc::new(drawn));
            }
        });
        move || drop(task)
    });
    (*text).clone()
}

fn choices(choice: &UseStateHandle<Choice>) -> Html {
    let Choice { picture, frame } = **choice;
    let pictures = Picture::ALL.map(|(picture, _, name)| (picture, name));
    let on_picture = {
        let choice = choice.clone();
        move |picture| choice.set(Choice { picture, ..*choice })
    };
    let on_theme = {
        let choice = choice.clone();
        move |theme| choice.set(Choice { frame: Frame { theme, ..frame }, picture })
    };
    let on_width = {
        let choice = choice.clone();
        move |width| choice.set(Choice { frame: Frame { width, ..frame }, picture })
    };
    let on_height = {
        let choice = choice.clone();
        move |height| choice.set(Choice { frame: Frame { height, ..frame }, picture })
    };
    html! {
        <p class="take-row">
            { select("Picture", &pictures, picture, on_picture) }
            { select("Colours", &Theme::ALL, frame.theme, on_theme) }
            { side("Width", frame.width, on_width) }
            { side("Height", frame.height, on_height) }
        </p>
    }
}

fn select<T: Copy + PartialEq + 'static>(
    label: &'static str,
    all: &[(T, &'static str)],
    chosen: T,
    set: impl Fn(T) + 'static,
) -> Html {
    let values: Vec<T> = all.iter().map(|(value, _)| *value).collect();
    let onchange = Callback::from(move |event: Event| {
        let place = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Some(value) = usize::try_from(place).ok().and_then(|place| values.get(place)) {
            set(*value);
        }
    });
    html! {
        <label>{ label }{ " " }
            <select {onchange}>
                for (value, name) in all { <option selected={*value == chosen}>{ *name }</option> }
            </select>
        </label>
    }
}

/// A side in pixels; what is typed outside of what can be drawn is taken to the nearest that can.
fn side(label: &'static str, pixels: u32, set: impl Fn(u32) + 'static) -> Html {
    let (least, most) = Frame::SIDES;
    let onchange = Callback::from(move |event: Event| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        let wanted = field.value().parse().unwrap_or(pixels).clamp(least, most);
        field.set_value(&wanted.to_string());
        set(wanted);
    });
    html! {
        <label>{ label }{ " " }
            <input type="number" min={least.to_string()} max={most.to_string()} step="10" value={pixels.to_string()} {onchange} />{ " px" }
        </label>
    }
}

fn svg_button(name: &str, text: &Rc<String>) -> Html {
    let (name, text) = ([name, ".svg"].concat(), text.clone());
    let label = format!("Download SVG ({})", save::size(text.len()));
    let onclick = Callback::from(move |_: MouseEvent| {
        save::save(&name, "image/svg+xml", &Array::of1(&text.as_str().into()));
    });
    html! { <button type="button" {onclick}>{ label }</button> }
}

fn png_button(name: &str, address: &Rc<String>, frame: Frame) -> Html {
    let (name, address) = ([name, ".png"].concat(), address.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let (name, address) = (name.clone(), address.clone());
        spawn_local(async move {
            if let Some(blob) = painted(&address, frame).await {
                save::save_blob(&name, &blob);
            }
        });
    });
    html! { <button type="button" {onclick}>{ format!("Download PNG ({} \u{d7} {})", frame.width, frame.height) }</button> }
}

/// The picture as the browser paints it.
async fn painted(address: &str, frame: Frame) -> Option<Blob> {
    let image = HtmlImageElement::new_with_width_and_height(frame.width, frame.height).ok()?;
    image.set_src(address);
    JsFuture::from(image.decode()).await.ok()?;
    let canvas: HtmlCanvasElement = web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(frame.width);
    canvas.set_height(frame.height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_html_image_element(&image, 0.0, 0.0).ok()?;
    let promise = Promise::new(&mut |resolve, _| {
        let done = Closure::once_into_js(move |blob: Option<Blob>| resolve.call1(&wasm_bindgen::JsValue::NULL, &blob.into()));
        // It fails for a canvas with foreign pictures on it, and this one has none.
        let _ = canvas.to_blob(done.unchecked_ref());
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

fn file_name(picture: Picture) -> &'static str {
    Picture::ALL.iter().find(|(known, ..)| *known == picture).map_or("", |(_, name, _)| name)
}

/// The words that the file has for those who do not see it.
fn described(text: &str) -> String {
    let words = text.split_once("<desc id=\"words\">").and_then(|(_, rest)| rest.split_once("</desc>"));
    words.map_or("", |(words, _)| words).to_owned()
}
