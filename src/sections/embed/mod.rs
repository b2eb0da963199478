//! Helps a teacher to embed the current run in a course: checkboxes for what the students see and
//! can change, three snippets to paste, and a preview.
//!
//! [`Snippet`] generates the snippets. The preview is the page itself in an iframe, so it shows
//! exactly what students get.

mod paste;

mod preview;
mod ticks;

use super::Section;
use crate::hooks::use_present;
use lockstep_core::link::preset_of;
use lockstep_core::link::{Frame, Snippet, snippet};
use paste::Paste;
pub(super) use paste::copy;
use preview::Preview;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The section *Put it in your course*.
pub(super) const SECTION: Section =
    Section { id: "workshop-course", name: "Put it in your course", show: || html! { <Course /> } };

/// The settings of the frame, as the teacher chooses them.
type FrameState = UseStateHandle<Frame>;

#[component]
fn Course() -> Html {
    let present = use_present();
    let link = &present.link;
    let frame: FrameState = use_state(|| Frame { embed: true, ..Frame::default() });
    let (address, title) = (use_state(own_address), use_state(|| None::<String>));
    let default_title = || snippet::title(preset_of(&link.scenario, link.second.as_ref()));
    let title_now = (*title).clone().unwrap_or_else(default_title);
    let set_title = {
        let title = title.clone();
        Callback::from(move |text: String| title.set(Some(text)))
    };
    let set_address = {
        let address = address.clone();
        Callback::from(move |text: String| address.set(text))
    };
    let frame_now = Frame { lock: frame.lock.simplified(), ..(*frame).clone() };
    let snippet = Snippet::new(&address, &link.write(), &frame_now, &title_now);
    // A link opens in its own window, so it shows the whole page.
    let whole = Snippet::new(&address, &link.write(), &Frame { embed: false, ..frame_now.clone() }, &title_now);
    html! {
        <>
            <p>{ "The snippets below show the run above in its current state: the settings, the time and the selected task. Choose what students get. \
                  The names in a link are explained in " }<a href="lesson/teachers.html">{ "For teachers" }</a>{ "." }</p>
            <div class="course-ticks">
                { ticks::visible_parts(&frame, link.script.is_some()) }
                { ticks::changeable(&frame) }
                { ticks::looks(&frame) }
            </div>
            <div class="course-texts">
                { text_input("Address of the page", &address, set_address) }
                { text_input("Title, for screen readers", &title_now, set_title) }
                <Paste name="Link" what="Opens the whole page in this state. For chats, slides and worksheets." text={whole.link()} />
                <Paste name="Frame" what="For pages that accept HTML: Moodle, Canvas, Jupyter Book, mdBook, reveal.js." text={snippet.iframe()} />
                <Paste name="Element" what="For pages that accept scripts. It adjusts its height." text={snippet.element()} />
            </div>
            <Preview query={snippet.query.clone()} title={title_now} />
        </>
    }
}

/// A text input with its label.
fn text_input(name: &'static str, value: &str, set: Callback<String>) -> Html {
    let oninput = set.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! { <label class="course-line"><span>{ name }</span><input type="text" value={value.to_owned()} {oninput} /></label> }
}

/// The address of this page, or a placeholder if the page was opened as a local file.
fn own_address() -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    if href.starts_with("http") { snippet::folder(&href).to_owned() } else { "https://your.host/lockstep/".to_owned() }
}
