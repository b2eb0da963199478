//! What the page could not do as asked: parts of a link that mean nothing, a run that is refused. Nothing is lost without a note.

use crate::ui::hooks::use_dispatch;
use crate::ui::workbench::Action;
use yew::prelude::*;

/// What the notes say.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// One sentence each.
    pub notes: Vec<String>,
}

/// See the module.
#[component]
pub fn Notes(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let dismiss = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::DismissNotes));
    html! {
        <section class="notes" data-testid="notes" role="alert" aria-label="Notes">
            <ul>
                for note in props.notes.iter() { <li>{ note }</li> }
            </ul>
            <button type="button" onclick={dismiss}>{ "Dismiss" }</button>
        </section>
    }
}
