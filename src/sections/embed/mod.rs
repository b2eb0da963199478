//! The run that the page shows, for somebody's course: what the students see and may change, a
//! preview, and three texts to paste.
//!
//! The texts are made by `share`; here are the ticks. The preview is the page itself in a frame, so
//! it is what students get.

mod paste;
mod preview;
mod ticks;

use super::Section;
use crate::hooks::use_present;
use lockstep_core::link::preset_of;
use lockstep_core::link::{Frame, Snippet, snippet};
use paste::Paste;
use preview::Preview;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// See the module.
pub(super) const SECTION: Section =
    Section { id: "workshop-course", name: "Put it in your course", show: || html! { <Course /> } };

/// The page's frame as a teacher sets it.
type Set = UseStateHandle<Frame>;

#[component]
fn Course() -> Html {
    let present = use_present();
    let link = &present.link;
    let frame: Set = use_state(|| Frame { embed: true, ..Frame::default() });
    let (address, title) = (use_state(own_address), use_state(|| None::<String>));
    let called = || snippet::title(preset_of(&link.scenario, link.second.as_ref()));
    let title_now = (*title).clone().unwrap_or_else(called);
    let set_title = {
        let title = title.clone();
        Callback::from(move |text: String| title.set(Some(text)))
    };
    let set_address = {
        let address = address.clone();
        Callback::from(move |text: String| address.set(text))
    };
    let frame_now = Frame { lock: frame.lock.in_short(), ..(*frame).clone() };
    let snippet = Snippet::new(&address, &link.write(), &frame_now, &title_now);
    // Who follows a link has a window of their own, with room for the whole page.
    let whole = Snippet::new(&address, &link.write(), &Frame { embed: false, ..frame_now.clone() }, &title_now);
    html! {
        <>
            <p>{ "The texts below show the run above as it is now: its settings, its moment, the task that is selected. Tick what students get. \
                  What each word in a link means is in " }<a href="lesson/teachers.html">{ "For teachers" }</a>{ "." }</p>
            <div class="course-ticks">
                { ticks::seen(&frame) }
                { ticks::changed(&frame) }
                { ticks::looks(&frame) }
            </div>
            <div class="course-texts">
                { line("Address of the page", &address, set_address) }
                { line("Title, for those who do not see the frame", &title_now, set_title) }
                <Paste name="Link" what="Opens the whole page like this; for chats, slides and worksheets." text={whole.link()} />
                <Paste name="Frame" what="For pages that take HTML: Moodle, Canvas, Jupyter Book, mdBook, reveal.js." text={snippet.iframe()} />
                <Paste name="Element" what="For pages that may have scripts; it is as high as it needs to be." text={snippet.element()} />
            </div>
            <Preview query={snippet.query.clone()} title={title_now} />
        </>
    }
}

/// A line of text with its name.
fn line(name: &'static str, value: &str, set: Callback<String>) -> Html {
    let oninput = set.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! { <label class="course-line"><span>{ name }</span><input type="text" value={value.to_owned()} {oninput} /></label> }
}

/// Where this page is, if others can reach it there: a page that was opened as a file is nowhere.
fn own_address() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    if href.starts_with("http") { snippet::folder(&href).to_owned() } else { "https://your.host/lockstep/".to_owned() }
}
