//! The bars above and below the steps: the moment in the script, and simulated time.

use super::answers::Answers;
use crate::stage::icon::Icon;
use crate::state::terminals::{Edit, Terminals};
use lockstep_core::terminals::{Connection, Line, Script, Terminal, Waiting};
use yew::prelude::*;

/// Buttons that move through the script and change it.
pub(super) fn bar(
    state: &Terminals,
    script: &Script,
    answers: &Answers,
    can_edit: bool,
    columns: usize,
    edit: &Callback<Edit>,
) -> Html {
    let numbers: Vec<usize> = script.lines.iter().map(|(number, _)| *number).collect();
    let shown = state.shown_up_to().map_or(numbers.len(), |last| numbers.iter().filter(|number| **number <= last).count());
    let to = |count: usize| Edit::ShowUpTo(if count == 0 { 0 } else { numbers.get(count - 1).copied().unwrap_or(0) });
    let (is_first, is_last) = (shown == 0, shown == numbers.len());
    let version = answers.view.as_ref().map(|view| format!("SQLite {}", view.version));
    html! {
        <div class="terminals-bar" role="group" aria-label="History">
            <span class="buttons">
                { move_button(edit, Icon::ToStart, "Before the first step", Edit::ShowUpTo(0), is_first) }
                { move_button(edit, Icon::StepBack, "One step back", to(shown.saturating_sub(1)), is_first) }
                { move_button(edit, Icon::StepForward, "One step forward", to(shown + 1), is_last) }
                { move_button(edit, Icon::ToEnd, "After the last step", Edit::ShowAll, is_last) }
            </span>
            <span class="terminals-moment">
                if numbers.is_empty() { { "no steps yet" } } else { { format!("step {shown} of {}", numbers.len()) } }
            </span>
            <span class="terminals-actions">
                { text_button(edit, "Undo", Edit::Undo, can_edit && state.can_undo()) }
                { text_button(edit, "New connection", Edit::AddColumn, can_edit && columns < Terminal::COUNT) }
                { text_button(edit, "Start over", Edit::Replace(String::new()), can_edit && !state.text.is_empty()) }
            </span>
            if let Some(version) = version { <span class="terminals-version">{ version }</span> }
        </div>
    }
}

/// A button with an icon. If `is_inert`, it does nothing and is announced as disabled; the
/// `disabled` attribute would take the focus away from a button that was just pressed.
fn move_button(edit: &Callback<Edit>, icon: Icon, name: &'static str, to: Edit, is_inert: bool) -> Html {
    let edit = edit.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if !is_inert {
            edit.emit(to.clone());
        }
    });
    html! {
        <button type="button" class="icon-button" aria-label={name} title={name} aria-disabled={is_inert.then_some("true")} {onclick}>
            { icon.view() }
        </button>
    }
}

fn text_button(edit: &Callback<Edit>, name: &'static str, change: Edit, is_enabled: bool) -> Html {
    let edit = edit.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if is_enabled {
            edit.emit(change.clone());
        }
    });
    html! { <button type="button" class="quiet" aria-disabled={(!is_enabled).then_some("true")} {onclick}>{ name }</button> }
}

/// The simulated time, and buttons that let it pass while a statement waits.
pub(super) fn time_bar(answers: &Answers, can_edit: bool, edit: &Callback<Edit>) -> Html {
    let Some(view) = &answers.view else {
        return html! { <p class="time-bar">{ "Time passes only when you let it." }</p> };
    };
    let waiting = view.connections.iter().filter_map(|connection| Some((connection, connection.waiting?)));
    let next = waiting.min_by_key(|(_, waiting)| waiting.next_in_ms);
    html! {
        <p class="time-bar">
            <span class="time-now">{ format!("Time: {} ms", view.now_ms) }</span>
            if let Some((connection, waiting)) = next { { waiting_view(connection, waiting, can_edit, edit) } }
        </p>
    }
}

fn waiting_view(connection: &Connection, waiting: Waiting, can_edit: bool, edit: &Callback<Edit>) -> Html {
    let milliseconds = waiting.next_in_ms.max(1);
    let next = edit.reform(move |_: MouseEvent| Edit::Append(Line::Wait { milliseconds }));
    let run = edit.reform(|_: MouseEvent| Edit::Append(Line::Run));
    html! {
        <>
            <span>{ format!("{} waits for its next attempt.", connection.terminal) }</span>
            <button type="button" disabled={!can_edit} onclick={next}>{ format!("Next attempt (+{milliseconds} ms)") }</button>
            <button type="button" disabled={!can_edit} onclick={run}>{ "Run until no statement waits" }</button>
        </>
    }
}
