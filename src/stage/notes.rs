//! What the page could not do as asked: parts of a link that mean nothing, a run that is refused. Nothing is lost without a note.

use crate::hooks::Dispatch;
use crate::state::action::{Action, PageChange};
use yew::prelude::*;

/// One sentence each; nothing where there are none.
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
