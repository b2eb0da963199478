//! The bars above and below the steps: the moment in the script, and simulated time.

use super::answers::Answers;
use super::copy_link::CopyLink;
use crate::stage::icon::Icon;
use crate::state::terminals::{Edit, Terminals};
use lockstep_core::terminals::{Line, Script, Terminal, Waiting};
use yew::prelude::*;

/// Selector of the *Undo* button.
pub(super) const UNDO: &str = ".terminals-actions > .undo";

/// Buttons that move through the script and change it. `locked` says whether the link locks it.
pub(super) fn bar(
    state: &Terminals,
    script: &Script,
    answers: &Answers,
    can_edit: bool,
    locked: bool,
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
                if numbers.is_empty() { { "no steps" } } else { { format!("step {shown} of {}", numbers.len()) } }
            </span>
            <span class="terminals-actions">
                <CopyLink text={state.text.clone()} label="Copy link" class="quiet" />
                { text_button(edit, "Undo", "quiet undo", Edit::Undo, !locked && state.can_undo()) }
                { text_button(edit, "New connection", "quiet", Edit::AddColumn, can_edit && columns < Terminal::COUNT) }
                { text_button(edit, "Start over", "quiet", Edit::Replace(String::new()), !locked && !state.text.is_empty()) }
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

fn text_button(edit: &Callback<Edit>, name: impl Into<AttrValue>, class: &'static str, change: Edit, is_enabled: bool) -> Html {
    let edit = edit.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if is_enabled {
            edit.emit(change.clone());
        }
    });
    html! { <button type="button" {class} aria-disabled={(!is_enabled).then_some("true")} {onclick}>{ name.into() }</button> }
}

/// The simulated time, and buttons that let it pass while a statement waits. They stay when no
/// statement waits any more, so that the focus stays on them. `is_present` says whether all lines are
/// shown.
pub(super) fn time_bar(answers: &Answers, can_edit: bool, is_present: bool, edit: &Callback<Edit>) -> Html {
    let Some(view) = &answers.view else {
        return html! { <p class="time-bar">{ "Time passes only when you let it." }</p> };
    };
    let waiting = view.connections.iter().filter_map(|connection| Some((connection.terminal, connection.waiting?)));
    let next = waiting.min_by_key(|(_, waiting)| waiting.next_in_ms);
    html! {
        <p class="time-bar">
            <span class="time-now">{ format!("Time: {} ms", view.now_ms) }</span>
            if next.is_some() || answers.steps.has_waited() { { passing(next, can_edit, is_present, edit) } }
        </p>
    }
}

fn passing(next: Option<(Terminal, Waiting)>, can_edit: bool, is_present: bool, edit: &Callback<Edit>) -> Html {
    let milliseconds = next.map_or(1, |(_, waiting)| waiting.next_in_ms.max(1));
    let can_pass = next.is_some() && can_edit && is_present;
    let attempt = if can_pass { format!("Next attempt (+{milliseconds} ms)") } else { "Next attempt".to_owned() };
    let about = match next {
        None => "No statement waits.".to_owned(),
        Some((terminal, _)) if is_present => format!("{terminal} waits for its next attempt."),
        Some(_) => "Go to the last step to let time pass.".to_owned(),
    };
    html! {
        <>
            <span>{ about }</span>
            { text_button(edit, attempt, "", Edit::Append(Line::Wait { milliseconds }), can_pass) }
            { text_button(edit, "Run until no statement waits", "", Edit::Append(Line::Run), can_pass) }
        </>
    }
}
