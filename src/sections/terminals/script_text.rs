//! The script as text, to edit and to share.

use super::copy_link::CopyLink;
use crate::state::terminals::Edit;
use std::rc::Rc;
use web_sys::{HtmlDetailsElement, HtmlTextAreaElement};
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
    use_effect_with(text.clone(), {
        let draft = draft.setter();
        move |_| draft.set(None)
    });
    // It stays open and above the steps when the problem is solved, because the focus may be in it.
    let details = use_node_ref();
    let is_first = use_state_eq(|| *has_problem);
    use_effect_with((*has_problem, text.is_empty(), details.clone()), {
        let is_first = is_first.setter();
        move |(has_problem, is_empty, details)| {
            if *has_problem || *is_empty {
                is_first.set(*has_problem);
            }
            if let Some(details) = details.cast::<HtmlDetailsElement>().filter(|_| *has_problem) {
                details.set_open(true);
            }
        }
    });
    let shown = draft.as_deref().unwrap_or(text).to_owned();
    let oninput = {
        let draft = draft.setter();
        Callback::from(move |event: InputEvent| draft.set(Some(event.target_unchecked_into::<HtmlTextAreaElement>().value())))
    };
    let can_run = !*locked && (*has_problem || shown.trim_end() != text.trim_end());
    let run = {
        let (edit, shown) = (edit.clone(), shown.clone());
        Callback::from(move |()| {
            if can_run {
                edit.emit(Edit::Replace(shown.trim_end().to_owned()));
            }
        })
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
    html! {
        <details class={classes!("script-text", is_first.then_some("first"))} ref={details}>
            <summary>{ "Script as text" }</summary>
            <p class="quiet-text">{ "One line for each statement: " }<code>{ "A: BEGIN" }</code>{ ". Also " }<code>{ "A: .close" }</code>{ ", " }
                <code>{ "A: .kill" }</code>{ ", " }<code>{ "A: .crash COMMIT" }</code>{ ", " }<code>{ ".wait 100ms" }</code>{ " and " }<code>{ ".run" }</code>{ "." }</p>
            <textarea aria-label="The script" rows={(shown.lines().count() + 1).clamp(4, 20).to_string()} value={shown.clone()} {oninput} {onkeydown}
                readonly={*locked} spellcheck="false" autocapitalize="off" autocomplete="off" aria-invalid={has_problem.then_some("true")} />
            <p class="script-actions">
                <button type="button" aria-disabled={(!can_run).then_some("true")} onclick={run.reform(|_: MouseEvent| ())}>{ "Run this script" }</button>
                <CopyLink text={text.clone()} label="Copy a link to it" />
            </p>
        </details>
    }
}
