//! The workshop: what the page offers beside the one run that it shows. A program of its own, fetched when the reader comes near
//! its place (`web/load_workshop.js`), so that the page itself stays small.
//!
//! It shares code with the page, and with the page at work only two things: [`present`] reads the link that the page shows now, and
//! an ordinary scenario link in the workshop is followed by the page in place. It fills an element beside the page's, never
//! inside: Yew numbers its elements, and two programs that listen to the same element would take each other's numbers for theirs.

mod challenges;
mod clerk;
mod embed;
mod export;
mod file_drop;
mod follow;
mod own_machine;
pub mod present;
mod present_run;
mod save;
mod story;
mod sweep;
pub mod worker;

use wasm_bindgen::UnwrapThrowExt;
use yew::prelude::*;

/// A part of the workshop.
struct Section {
    /// Its address in the page. All begin with `workshop`: a link to one of them fetches the workshop.
    id: &'static str,
    /// Its heading.
    name: &'static str,
    /// What stands below the heading.
    show: fn() -> Html,
}

/// The element that holds all sections, and its attribute with the address of the folder that the workshop's files are in.
const PLACE: &str = "workshop-sections";
const FOLDER: &str = "data-folder";

/// All of them, in the order of the page.
const SECTIONS: [Section; 5] = [sweep::SECTION, challenges::SECTION, own_machine::SECTION, embed::SECTION, export::SECTION];

/// Fills the place that `index.html` has for the workshop. In a worker, which has no document, it listens for runs instead.
pub fn mount() {
    let Some(window) = web_sys::window() else { return worker::listen() };
    let document = window.document().expect_throw("a page has a document");
    let place = document.get_element_by_id(PLACE).expect_throw("index.html has a place for the workshop");
    place.set_inner_html("");
    yew::Renderer::<Workshop>::with_root(place).render();
    let place = document.get_element_by_id("story").expect_throw("index.html has an element #story");
    place.set_inner_html("");
    yew::Renderer::<story::Story>::with_root(place).render();
}

/// All sections below their table of contents.
#[component]
fn Workshop() -> Html {
    html! {
        <>
            <nav class="workshop-contents" aria-label="Contents of the workshop">
                for section in &SECTIONS { <a href={["#", section.id].concat()}>{ section.name }</a> }
            </nav>
            for section in &SECTIONS { { shown(section) } }
        </>
    }
}

/// The address of the folder that the workshop's files are in.
fn folder() -> String {
    let place = web_sys::window().and_then(|window| window.document()?.get_element_by_id(PLACE));
    place.and_then(|place| place.get_attribute(FOLDER)).unwrap_or_default()
}

fn shown(section: &Section) -> Html {
    let heading = [section.id, "-name"].concat();
    html! {
        <section id={section.id} class="workshop-section" aria-labelledby={heading.clone()} data-testid={section.id}>
            <h3 id={heading}>{ section.name }</h3>
            { (section.show)() }
        </section>
    }
}
