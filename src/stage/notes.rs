//! The notes: problems that the user should know about, such as invalid parts of a link or a
//! refused run.

use crate::hooks::Dispatch;
use crate::state::action::{Action, PageChange};
use yew::prelude::*;

/// The list of notes, each a sentence; empty if there are none.
pub fn notes(notes: &[String], dispatch: &Dispatch) -> Html {
    if notes.is_empty() {
        return Html::default();
    }
    let dispatch = dispatch.clone();
    let dismiss = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Page(PageChange::DismissNotes)));
    html! {
        <section class="notes" data-testid="notes" role="alert" aria-label="Notes">
            <ul>
                for note in notes { <li>{ note }</li> }
            </ul>
            <button type="button" onclick={dismiss}>{ "Dismiss" }</button>
        </section>
    }
}
