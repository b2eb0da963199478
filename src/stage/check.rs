//! *Check with SQLite*: runs the scenario again, with the real SQLite answering each lock attempt.

use crate::background::pool::has_engine;
use crate::background::task::AbortOnDrop;
use crate::engine::{Checked, EngineError, check};
use crate::hooks::{SharedPresent, use_dispatch, use_present};
use crate::state::action::{Action, PageChange};
use lockstep_core::check::Difference;
use lockstep_core::run::Run;
use lockstep_core::text::grouped;
use lockstep_core::time::SimTime;
use lockstep_core::words::about;
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`SqliteCheck`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The run to check.
    pub(super) run: Rc<Run>,
}

/// How far the check is.
#[derive(Clone, Debug, PartialEq)]
enum State {
    Loading,
    Running(SimTime),
    Done(Checked),
    Failed(String),
}

/// A check of one run. It is forgotten when the page shows another run.
#[derive(Clone)]
struct Job {
    run: Rc<Run>,
    state: State,
}

/// See the module documentation.
#[component]
pub(super) fn SqliteCheck(props: &Props) -> Html {
    let Props { run } = props;
    let job = use_state(|| None::<Job>);
    let task = use_mut_ref(|| None::<AbortOnDrop>);
    let (dispatch, present) = (use_dispatch(), use_present());
    if !has_engine() {
        return html! {
            <p class="check" data-testid="engine" data-state="absent">
                { "This build has no SQLite to check with. " }<a href="#terminals">{ "Why?" }</a>
            </p>
        };
    }
    let current = job.as_ref().filter(|job| Rc::ptr_eq(&job.run, run)).map(|job| job.state.clone());
    if current.is_none() {
        // Another run is shown: dropping the task cancels the check of the old one.
        task.take();
    }
    let start = {
        let (job, task, run) = (job.setter(), task.clone(), run.clone());
        Callback::from(move |_: MouseEvent| {
            let set = {
                let (job, run) = (job.clone(), run.clone());
                move |state| job.set(Some(Job { run: run.clone(), state }))
            };
            set(State::Loading);
            let (dispatch, scenario) = (dispatch.clone(), run.trace.scenario.clone());
            *task.borrow_mut() = Some(AbortOnDrop::spawn(async move {
                let progress = set.clone();
                match check(scenario, move |reached| progress(State::Running(reached))).await {
                    Ok(checked) => {
                        dispatch.dispatch(Action::Page(PageChange::SetSqliteVersion(checked.version.as_str().into())));
                        set(State::Done(checked));
                    }
                    Err(EngineError::Failed(reason)) => set(State::Failed(reason)),
                    Err(EngineError::Absent) => set(State::Failed("This build has no SQLite.".to_owned())),
                }
            }));
        })
    };
    let cancel = {
        let (job, task) = (job.setter(), task.clone());
        Callback::from(move |_: MouseEvent| {
            task.take();
            job.set(None);
        })
    };
    let name = |state: &State| match state {
        State::Loading => "loading",
        State::Failed(_) => "failed",
        State::Running(_) => "running",
        State::Done(checked) if is_same(checked, run) => "same",
        State::Done(_) => "different",
    };
    let done = if let Some(State::Done(checked)) = &current { Some(checked) } else { None };
    // One button, so that the focus stays on it.
    let (label, onclick) = match &current {
        None => ("Check with SQLite", start),
        Some(State::Loading | State::Running(_)) => ("Cancel", cancel),
        Some(State::Failed(_)) => ("Try again", start),
        Some(State::Done(_)) => ("Check again", start),
    };
    html! {
        <p class="check">
            <span role="status" data-testid={current.is_some().then_some("engine")} data-state={current.as_ref().map(name)}
                data-version={done.map(|checked| checked.version.clone())}
                data-answers={done.map(|checked| checked.check.answers.to_string())}
                data-digest={done.map(|checked| checked.check.digest.clone())}>
                if let Some(state) = &current { { text(state, run, &present) }{ " " } }
            </span>
            <button class="quiet" {onclick} data-testid={current.is_none().then_some("check-sqlite")}>{ label }</button>
        </p>
    }
}

fn is_same(checked: &Checked, run: &Run) -> bool {
    checked.check.difference.is_none() && checked.check.digest == run.digest
}

fn text(state: &State, run: &Run, present: &SharedPresent) -> Html {
    match state {
        State::Loading => html! { "Loading SQLite \u{2026}" },
        State::Running(reached) => html! { <>{ "SQLite runs the program: " }{ about(*reached) }{ " so far." }</> },
        State::Failed(reason) => html! { reason },
        State::Done(checked) if is_same(checked, run) => html! {
            <>
                { "SQLite " }{ &checked.version }{ " gave the same answer to all " }{ grouped(checked.check.answers) }
                { " lock attempts." }
            </>
        },
        State::Done(checked) => match &checked.check.difference {
            Some(difference) => html! {
                <>
                    { "SQLite " }{ &checked.version }{ " differs. The model: " }{ &difference.model }{ ". SQLite: " }
                    { &difference.database }{ ". " }<a class="show-me" href={link_to(difference, present)}>{ "Show me" }</a>
                </>
            },
            None => html! { "SQLite ran another version of the model. Reload the page." },
        },
    }
}

/// The link to the moment of the first difference.
fn link_to(difference: &Difference, present: &SharedPresent) -> String {
    let mut link = present.link.clone();
    link.at = Some(difference.at);
    ["?", &link.write()].concat()
}
