//! The script as text, to edit and to share.

use crate::sections::embed::copy;
use crate::state::terminals::Edit;
use lockstep_core::link::Link;
use lockstep_core::link::snippet;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Properties of [`ScriptText`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The script.
    pub(super) text: Rc<str>,
    /// Whether the link locks it.
    pub(super) locked: bool,
    /// Whether it cannot be parsed.
    pub(super) has_problem: bool,
    /// Changes the state.
    pub(super) edit: Callback<Edit>,
}

/// See the module documentation.
#[component]
pub(super) fn ScriptText(props: &Props) -> Html {
    let Props { text, locked, has_problem, edit } = props;
    // What the user has typed and not run yet.
    let draft = use_state_eq(|| None::<String>);
    let status = use_state_eq(|| "");
    use_effect_with(text.clone(), {
        let (draft, status) = (draft.setter(), status.setter());
        move |_| {
            draft.set(None);
            status.set("");
        }
    });
    let shown = draft.as_deref().unwrap_or(text).to_owned();
    let oninput = {
        let draft = draft.setter();
        Callback::from(move |event: InputEvent| draft.set(Some(event.target_unchecked_into::<HtmlTextAreaElement>().value())))
    };
    let run = {
        let (edit, shown) = (edit.clone(), shown.clone());
        Callback::from(move |()| edit.emit(Edit::Replace(shown.trim_end().to_owned())))
    };
    let onkeydown = {
        let (run, draft) = (run.clone(), draft.setter());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                run.emit(());
            }
            "Escape" => draft.set(None),
            _ => {}
        })
    };
    let copy_link = {
        let (status, link) = (status.setter(), link_to(text));
        Callback::from(move |_: MouseEvent| {
            let (status, link) = (status.clone(), link.clone());
            spawn_local(async move {
                status.set(if copy(&link).await {
                    "Copied."
                } else {
                    "The browser did not allow it. Copy the address of this page."
                });
            });
        })
    };
    let is_changed = shown.trim_end() != text.trim_end();
    html! {
        <details class="script-text" open={*has_problem}>
            <summary>{ "Script as text" }</summary>
            <p class="quiet-text">{ "One line for each statement: " }<code>{ "A: BEGIN" }</code>{ ". Also " }<code>{ "A: .close" }</code>{ ", " }
                <code>{ "A: .kill" }</code>{ ", " }<code>{ "A: .crash COMMIT" }</code>{ ", " }<code>{ ".wait 100ms" }</code>{ " and " }<code>{ ".run" }</code>{ "." }</p>
            <textarea aria-label="The script" rows={(shown.lines().count() + 1).clamp(4, 20).to_string()} value={shown.clone()} {oninput} {onkeydown}
                readonly={*locked} spellcheck="false" autocapitalize="off" autocomplete="off" aria-invalid={has_problem.then_some("true")} />
            <p class="script-actions">
                <button type="button" disabled={*locked || !(is_changed || *has_problem)} onclick={run.reform(|_: MouseEvent| ())}>{ "Run this script" }</button>
                <button type="button" disabled={text.is_empty()} onclick={copy_link}>{ "Copy a link to it" }</button>
                <span role="status">{ *status }</span>
            </p>
        </details>
    }
}

/// The address of this page with only the script.
fn link_to(text: &str) -> String {
    let href = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let link = Link { script: Some(text.to_owned()), ..Link::default() };
    [snippet::folder(&href), "?", &link.write()].concat()
}
