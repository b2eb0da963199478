//! A picture of the run at the playhead, with a preview: SVG, or the same as PNG.

use super::{file_name as run_name, save};
use crate::background::pool::request;
use crate::background::task::AbortOnDrop;
use js_sys::{Array, Promise};
use lockstep_core::export::picture::{Frame, Picture, Theme};
use lockstep_core::playback::Playback;
use lockstep_core::run::Run;
use lockstep_core::time::SimTime;
use lockstep_worker::message::{Request, Response};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The run, and the playhead of the page.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) run: Rc<Run>,
    pub(super) at: Option<SimTime>,
}

/// The options that the user has selected.
#[derive(Clone, Copy, PartialEq)]
struct Choice {
    picture: Picture,
    frame: Frame,
}

/// See the module documentation.
#[component]
pub(super) fn Pictures(props: &Props) -> Html {
    let frame = Frame { width: 1280, height: 720, theme: Theme::Light };
    let choice = use_state_eq(|| Choice { picture: Picture::PollClock, frame });
    // Without a playhead in the link the stop is shown, because there is nothing to see at the
    // start.
    let trace = &props.run.trace;
    let at = props.at.unwrap_or(trace.stopped_at()).min(Playback::new(trace).end);
    let text = use_svg(&props.run, at, *choice);
    let url: String = js_sys::encode_uri_component(&text).into();
    let url = Rc::new(["data:image/svg+xml;charset=utf-8,", &url].concat());
    let name = format!("{}-{}", run_name(&trace.scenario), file_name(choice.picture));
    html! {
        <fieldset class="take-pictures">
            <legend>{ "Picture at the current playhead" }</legend>
            { choices(&choice) }
            if text.is_empty() {
                <p role="status">{ "Drawing\u{2026}" }</p>
            } else {
                <p class="take-row">
                    { svg_button(&name, &text) }
                    { png_button(&name, &url, choice.frame) }
                </p>
                <img class="take-preview" data-testid="take-picture" src={url.to_string()} alt={description(&text)} />
            }
        </fieldset>
    }
}

/// The picture as SVG, drawn by a worker; the previous one until it is ready, and at first an empty
/// string.
#[hook]
fn use_svg(run: &Rc<Run>, at: SimTime, choice: Choice) -> Rc<String> {
    let text = use_state(|| Rc::new(String::new()));
    let setter = text.setter();
    use_effect_with((run.clone(), at, choice), move |(run, at, Choice { picture, frame })| {
        let message = Request::Picture { scenario: run.trace.scenario.clone(), at: *at, picture: *picture, frame: *frame };
        let task = AbortOnDrop::spawn(async move {
            if let (Response::Picture(drawn), _) = request(message, None, |_| {}).await {
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
            { number_field("Width", frame.width, on_width) }
            { number_field("Height", frame.height, on_height) }
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
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Some(value) = usize::try_from(index).ok().and_then(|index| values.get(index)) {
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

/// A field for the width or height in pixels, clamped to [`Frame::SIDES`].
fn number_field(label: &'static str, pixels: u32, set: impl Fn(u32) + 'static) -> Html {
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

fn png_button(name: &str, url: &Rc<String>, frame: Frame) -> Html {
    let (name, url) = ([name, ".png"].concat(), url.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        let (name, url) = (name.clone(), url.clone());
        spawn_local(async move {
            if let Some(blob) = png(&url, frame).await {
                save::save_blob(&name, &blob);
            }
        });
    });
    html! { <button type="button" {onclick}>{ format!("Download PNG ({} \u{d7} {})", frame.width, frame.height) }</button> }
}

/// The SVG at `url`, painted by the browser and encoded as PNG.
async fn png(url: &str, frame: Frame) -> Option<Blob> {
    let image = HtmlImageElement::new_with_width_and_height(frame.width, frame.height).ok()?;
    image.set_src(url);
    JsFuture::from(image.decode()).await.ok()?;
    let canvas: HtmlCanvasElement = web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(frame.width);
    canvas.set_height(frame.height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_html_image_element(&image, 0.0, 0.0).ok()?;
    let promise = Promise::new(&mut |resolve, _| {
        let done = Closure::once_into_js(move |blob: Option<Blob>| resolve.call1(&wasm_bindgen::JsValue::NULL, &blob.into()));
        // It fails only for a canvas with images of another origin.
        let _ = canvas.to_blob(done.unchecked_ref());
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

fn file_name(picture: Picture) -> &'static str {
    Picture::ALL.iter().find(|(known, ..)| *known == picture).map_or("", |(_, name, _)| name)
}

/// The alternative text in the SVG.
fn description(text: &str) -> String {
    let words = text.split_once("<desc id=\"words\">").and_then(|(_, rest)| rest.split_once("</desc>"));
    words.map_or("", |(words, _)| words).to_owned()
}
