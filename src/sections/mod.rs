//! The sections below the stage: what happened in the run, in words, and the workshop. They are rendered when the user comes near.
//!
//! Each takes the place of a text in `index.html` that stands there until then, and reads what the page shows from the context
//! ([`use_present`](crate::hooks::use_present)).

mod challenges;
mod embed;
mod export;
mod file_drop;
mod own_machine;
mod save;
mod story;
mod sweep;

use crate::hooks::use_near;
use web_sys::{Element, window};
use yew::prelude::*;

/// A section of the workshop.
struct Section {
    /// Its address in the page, which begins with [`WORKSHOP`].
    id: &'static str,
    /// Its heading.
    name: &'static str,
    /// What stands below the heading.
    show: fn() -> Html,
}

/// The id of the story's place, and of the workshop.
const STORY: &str = "story";
const WORKSHOP: &str = "workshop";
/// The id of the place for the workshop's sections.
const WORKSHOP_SECTIONS: &str = "workshop-sections";

/// The sections of the workshop, in the order of the page.
const SECTIONS: [Section; 5] = [sweep::SECTION, challenges::SECTION, own_machine::SECTION, embed::SECTION, export::SECTION];

/// All sections, each in its place in `index.html`.
#[component]
pub fn Sections() -> Html {
    let (near_story, near_workshop) = (use_near(STORY), use_near(WORKSHOP));
    let story = use_place(STORY, near_story);
    let workshop = use_place(WORKSHOP_SECTIONS, near_workshop);
    html! {
        <>
            if let Some(place) = story { { create_portal(html! { <story::Story /> }, place) } }
            if let Some(place) = workshop { { create_portal(workshop_sections(), place) } }
        </>
    }
}

/// The element `id`, emptied, from when the user comes near it.
#[hook]
fn use_place(id: &'static str, is_near: bool) -> Option<Element> {
    let place = use_memo(is_near, |is_near| {
        let place = window().filter(|_| *is_near)?.document()?.get_element_by_id(id)?;
        place.set_inner_html("");
        Some(place)
    });
    (*place).clone()
}

fn workshop_sections() -> Html {
    html! {
        <>
            <nav class="workshop-contents" aria-label="Contents of the workshop">
                for section in &SECTIONS { <a href={["#", section.id].concat()}>{ section.name }</a> }
            </nav>
            for section in &SECTIONS { { shown(section) } }
        </>
    }
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
