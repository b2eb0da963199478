//! The sections below the stage: the story, the terminals and the workshop. They are lazy-loaded: each is rendered
//! when the user scrolls near it and replaces a placeholder in `index.html`. They read the present
//! state of the page from the context ([`use_present`](crate::hooks::use_present)).

mod challenges;
mod embed;
mod export;
mod file_drop;
mod own_machine;
mod save;
mod story;
mod sweep;
mod terminals;

use crate::hooks::{scroll_when_visible, use_near_viewport};
use crate::state::terminals::Terminals as TerminalsState;
use lockstep_core::link::{Locks, Part};
use std::rc::Rc;
use web_sys::{Element, window};
use yew::prelude::*;

/// A section of the workshop.
struct Section {
    /// Its HTML id, which starts with [`WORKSHOP`].
    id: &'static str,
    /// Its heading.
    name: &'static str,
    /// Renders the content below the heading.
    show: fn() -> Html,
}

/// The id of the element for the story.
const STORY: &str = "story";
/// The id of the section of the terminals, and of the element for its content.
const TERMINALS: &str = "terminals";
const TERMINALS_CONTENT: &str = "terminals-content";
/// The id of the workshop.
const WORKSHOP: &str = "workshop";
/// The id of the element for the workshop's sections.
const WORKSHOP_SECTIONS: &str = "workshop-sections";

/// The sections of the workshop, in the order of the page.
const SECTIONS: [Section; 5] = [sweep::SECTION, challenges::SECTION, own_machine::SECTION, embed::SECTION, export::SECTION];

/// Properties of [`Sections`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the terminals.
    pub terminals: Rc<TerminalsState>,
    /// The fields and parts that the link locks.
    pub locks: Locks,
}

/// All sections, each rendered into its element of `index.html`.
#[component]
pub fn Sections(props: &Props) -> Html {
    let (is_story_near, is_workshop_near) = (use_near_viewport(STORY), use_near_viewport(WORKSHOP));
    let are_terminals_near = use_near_viewport(TERMINALS);
    let has_script = !props.terminals.text.is_empty();
    use_effect_with((), move |()| {
        if has_script {
            scroll_when_visible(TERMINALS.to_owned());
        }
    });
    let story = use_container(STORY, is_story_near);
    let terminals = use_container(TERMINALS_CONTENT, are_terminals_near || has_script);
    let workshop = use_container(WORKSHOP_SECTIONS, is_workshop_near);
    html! {
        <>
            if let Some(container) = story { { create_portal(html! { <story::Story /> }, container) } }
            if let Some(container) = terminals {
                { create_portal(html! { <terminals::Terminals state={props.terminals.clone()} locked={props.locks.part(Part::Terminals)} /> }, container) }
            }
            if let Some(container) = workshop { { create_portal(workshop_sections(), container) } }
        </>
    }
}

/// The element `id`, without its placeholder; `None` until the user has scrolled near it.
#[hook]
fn use_container(id: &'static str, is_near: bool) -> Option<Element> {
    let container = use_memo(is_near, |is_near| {
        let element = window().filter(|_| *is_near)?.document()?.get_element_by_id(id)?;
        element.set_inner_html("");
        Some(element)
    });
    (*container).clone()
}

fn workshop_sections() -> Html {
    html! {
        <>
            <nav class="workshop-contents" aria-label="Contents of the workshop">
                for section in &SECTIONS { <a href={["#", section.id].concat()}>{ section.name }</a> }
            </nav>
            for section in &SECTIONS { { section_view(section) } }
        </>
    }
}

fn section_view(section: &Section) -> Html {
    let heading = [section.id, "-name"].concat();
    html! {
        <section id={section.id} class="workshop-section" aria-labelledby={heading.clone()} data-testid={section.id}>
            <h3 id={heading}>{ section.name }</h3>
            { (section.show)() }
        </section>
    }
}
