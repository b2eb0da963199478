//! The section *Ask SQLite*: terminals to one database file, and the file as a drawing.
//!
//! The page's state is the script ([`Terminals`](crate::state::terminals::Terminals)). Each input
//! and button appends a line to it, and [`use_answers`] sends the shown part of it to the engine,
//! the real SQLite.

mod answers;
mod cases;
mod composer;
mod copy_link;
mod file;
mod fills_viewport;
mod history;
mod script_text;
mod steps;

use crate::engine::EngineError;
use crate::hooks::focus::focus_on;
use crate::hooks::use_dispatch;
use crate::state::action::{Action, PageChange};
use crate::state::terminals::{Edit, Notice, Terminals as State};
use answers::{Answers, Steps, use_answers};
use cases::CaseList;
use composer::Composer;
use file::file_drawing;
use fills_viewport::use_fills_viewport;
use lockstep_core::model::database::script::ScriptError;
use lockstep_core::terminals::{Line, Script, Step, Terminal, View};
use lockstep_core::text::counted;
use script_text::ScriptText;
use std::rc::Rc;
use steps::{StepList, line_of};
use yew::prelude::*;

/// Properties of [`Terminals`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The state.
    pub(super) state: Rc<State>,
    /// Whether the link locks the script.
    pub(super) locked: bool,
}

/// The content of the section.
#[component]
pub(super) fn Terminals(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let edit = use_callback(dispatch.clone(), |edit: Edit, dispatch| dispatch.dispatch(Action::Terminals(edit)));
    let parsed: Rc<Result<Script, ScriptError>> = use_memo(props.state.text.clone(), |text| Script::parse(text));
    let is_used = use_state_eq(|| false);
    let wanted = (parsed.is_ok() && (*is_used || !props.state.text.is_empty())).then(|| props.state.shown_text());
    let answers = use_answers(wanted);
    use_effect_with(answers.view.as_ref().map(|view| view.version.clone()), move |version| {
        if let Some(version) = version {
            dispatch.dispatch(Action::Page(PageChange::SetSqliteVersion(version.as_str().into())));
        }
    });
    let pointed = use_state_eq(|| None::<usize>);
    let point = {
        let pointed = pointed.setter();
        Callback::from(move |line| pointed.set(line))
    };
    let onfocusin = {
        let is_used = is_used.setter();
        Callback::from(move |_: FocusEvent| is_used.set(true))
    };
    let content = use_node_ref();
    use_fills_viewport(&content);
    let empty = Script::default();
    let script = parsed.as_ref().as_ref().unwrap_or(&empty);
    let columns = props.state.columns(script);
    let last_shown = props.state.shown_up_to().unwrap_or(usize::MAX);
    let shown = &script.lines[..script.lines.partition_point(|(line, _)| *line <= last_shown)];
    let current = shown.last().map(|(line, _)| *line);
    let pointed_step = pointed.filter(|line| *line <= last_shown).and_then(|line| answers.steps.of_line(line));
    let is_time_passing = shown.last().is_some_and(|(_, what)| line_of(what).is_none());
    let acted = last_to_act(shown, is_time_passing, &answers.steps);
    let spoken = acted.as_ref().map(|step| spoken(step, answers.view.as_deref().filter(|_| is_time_passing)));
    let asked = pointed_step.or(acted);
    let can_edit = !props.locked && parsed.is_ok() && answers.error != Some(EngineError::Absent);
    html! {
        <div class="terminals-body" ref={content} {onfocusin}>
            if !props.locked { <CaseList has_script={!props.state.text.is_empty()} edit={edit.clone()} /> }
            { engine_problem(&answers) }
            if let Err(error) = &*parsed { { script_problem(error) } }
            { cases::case_now(&props.state.text, props.locked, &edit) }
            <div class="terminals-stage">
                <div class="terminals-grid" data-columns={columns.len().to_string()}>
                    { history::bar(&props.state, script, &answers, can_edit, props.locked, columns.len(), &edit) }
                    { notice(&props.state, &edit) }
                    <StepList parsed={parsed.clone()} {last_shown} {current} steps={answers.steps.clone()} is_pending={answers.is_pending} {point} edit={edit.clone()} />
                    { history::time_bar(&answers, can_edit, last_shown == usize::MAX, &edit) }
                    <div class="composers">
                        for terminal in &columns { { composer(*terminal, script, &answers, can_edit, &edit) } }
                    </div>
                </div>
                { file_drawing(&answers, asked) }
            </div>
            <p class="heard" aria-live="polite">{ spoken }</p>
            <ScriptText text={props.state.text.clone()} locked={props.locked} has_problem={parsed.is_err()} {edit} />
        </div>
    }
}

fn composer(terminal: Terminal, script: &Script, answers: &Answers, can_edit: bool, edit: &Callback<Edit>) -> Html {
    let connection = answers.connection(terminal).cloned();
    let earlier: Rc<[String]> = steps::statements_of(script, terminal).into();
    html! { <Composer key={terminal.index()} {terminal} {connection} {earlier} {can_edit} edit={edit.clone()} /> }
}

/// What the latest change removed, with a button that undoes it.
fn notice(state: &State, edit: &Callback<Edit>) -> Html {
    let text = state.notice.map(|notice| match notice {
        Notice::Cut(lines) => {
            format!("The {} after this moment {} removed.", counted(lines, "line"), if lines == 1 { "was" } else { "were" })
        }
        Notice::Replaced => "The script was replaced.".to_owned(),
        Notice::Full => "The script is full: it may have at most 10 000 characters.".to_owned(),
    });
    let undo = edit.reform(|_: MouseEvent| {
        // This button is removed, and would take the focus with it.
        focus_on(history::UNDO);
        Edit::Undo
    });
    let is_undoable = state.notice.is_some_and(|notice| notice != Notice::Full);
    html! {
        <p class="terminals-notice" role="status">
            if let Some(text) = text {
                <span>{ text }</span>
                if is_undoable { <button type="button" class="quiet" onclick={undo}>{ "Undo" }</button> }
            }
        </p>
    }
}

fn script_problem(error: &ScriptError) -> Html {
    html! {
        <p class="terminals-problem" role="alert">
            <strong>{ "This script cannot be read. " }</strong>{ format!("Line {}: {}.", error.line, error.problem) }
            { " Correct it below, start over, or choose a ready-made case." }
        </p>
    }
}

fn engine_problem(answers: &Answers) -> Html {
    match &answers.error {
        Some(EngineError::Absent) => html! {
            <p class="terminals-problem" role="alert">
                <strong>{ "This build of the page has no SQLite engine. " }</strong>
                { "It was built on a machine without a C compiler for WebAssembly. Install clang, or run script/bootstrap, which gets one, and build again." }
            </p>
        },
        Some(EngineError::Failed(reason)) => {
            let retry = answers.retry.reform(|_: MouseEvent| ());
            html! {
                <p class="terminals-problem" role="alert">
                    <strong>{ "SQLite could not answer. " }</strong>{ reason }{ " " }
                    <button type="button" onclick={retry}>{ "Try again" }</button>
                </p>
            }
        }
        None => Html::default(),
    }
}

/// The step that got an answer last: the latest one, but after a line that lets time pass the latest
/// one that has waited until then.
fn last_to_act(shown: &[(usize, Line)], is_time_passing: bool, steps: &Steps) -> Option<Rc<Step>> {
    let latest_first = || shown.iter().rev().filter_map(|(line, what)| line_of(what).and_then(|_| steps.of_line(*line)));
    let latest = latest_first().next()?;
    let has_waited = |step: &Rc<Step>| step.waited_ms > 0 && step.at_ms + step.waited_ms >= latest.at_ms;
    let waiter = if is_time_passing { latest_first().find(has_waited) } else { None };
    waiter.or(Some(latest))
}

/// A step for a screen reader; `passed` is the view after a line that lets time pass.
fn spoken(step: &Step, passed: Option<&View>) -> String {
    let step = step.spoken();
    passed.map(|view| format!("Time: {} ms. {step}", view.now_ms)).unwrap_or(step)
}
