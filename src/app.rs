//! The page: the only folder that knows Yew and the browser.
//!
//! [`workbench`] is the state and every way in which it can change, [`run`] a finished run
//! with what the page reads off it, [`under_way`] work that leaves the page free meanwhile, [`seeds`] runs another seed for a worker,
//! [`moment`] that run at its playhead, [`guard`] what a link has locked. `components` show them, `hooks` connect them to the browser.

use crate::controls::Controls;
use crate::hooks::focus::{PLAY, focus_on};
use crate::hooks::use_scenario_links;
use crate::hooks::{Dispatch, use_address, use_playback_clock, use_runs};
use crate::stage::notes::notes;
use crate::stage::player::Player;
use crate::stage::prediction::Prediction as PredictionForm;
use crate::stage::result::{reached_line, result_line};
use crate::state::action::Action;
use crate::state::workbench::{Prediction, Showing, Workbench};
use lockstep_core::trace::TaskId;
use wasm_bindgen::UnwrapThrowExt;
use yew::prelude::*;

/// Puts the page where `index.html` has a place for it. A worker, which has none, waits to be asked ([`seeds`]).
pub fn mount() {
    let Some(window) = web_sys::window() else { return };
    let document = window.document().expect_throw("a page has a document");
    let place = document.get_element_by_id("app").expect_throw("index.html has an element #app");
    place.set_inner_html("");
    yew::Renderer::<App>::with_root(place).render();
}

/// The whole page.
#[component]
pub fn App() -> Html {
    let workbench = use_reducer(|| Workbench::open(crate::hooks::address_bar::read()));
    let dispatch: Dispatch = workbench.dispatcher();
    use_runs(workbench.pending.clone(), &dispatch);
    use_playback_clock(workbench.is_playing(), workbench.is_calm(), &dispatch);
    use_address(&workbench);
    use_scenario_links(&dispatch);
    let controls = html! {
        <Controls scenario={workbench.scenario.clone()} first={workbench.pinned.clone()} set_at_once={workbench.set_at_once}
            locks={workbench.locks()} />
    };
    // In a small frame the pictures come first.
    let (above, below) = if workbench.is_embedded() { (Html::default(), controls) } else { (controls, Html::default()) };
    html! {
        <ContextProvider<Dispatch> context={dispatch.clone()}>
            <main id="run">
                { above }
                { notes(&workbench.notes, &dispatch) }
                { outcome(&workbench, &dispatch) }
                { picture(&workbench) }
                { below }
            </main>
        </ContextProvider<Dispatch>>
    }
}

/// The result, or the question for a guess that comes before it.
fn outcome(workbench: &Workbench, dispatch: &Dispatch) -> Html {
    let prediction = workbench.prediction;
    let give_up = || {
        let dispatch = dispatch.clone();
        Callback::from(move |_| {
            dispatch.dispatch(Action::StopRun);
            focus_on(PLAY);
        })
    };
    let reached = workbench.reached.map(|at| reached_line(at, workbench.showing.is_some().then(give_up)));
    match &workbench.showing {
        _ if prediction == Prediction::Open => html! { <PredictionForm tasks={workbench.scenario.tasks} /> },
        Some(Showing { run, .. }) => {
            result_line(run, workbench.is_busy(), reached, prediction, workbench.is_guessed_at(&run.trace.scenario))
        }
        None if reached.is_some() => html! { <p class="loading">{ reached }</p> },
        None if workbench.is_busy() => html! { <p class="loading">{ "Running the model \u{2026}" }</p> },
        None => html! { <p class="loading">{ "There is no run to show. Change a control, or reset." }</p> },
    }
}

/// The pictures, the program and its output; room is kept for them before the first run.
fn picture(workbench: &Workbench) -> Html {
    let Some(showing) = &workbench.showing else { return html! { <div class="player" /> } };
    let run = &showing.run;
    let has_task = |task: &TaskId| task.number() <= run.trace.scenario.coroutines();
    let task = workbench.selection.filter(has_task).unwrap_or_else(|| run.telling_task());
    let locks = workbench.locks();
    let (now, end) = (showing.playback.position, showing.playback.end);
    let heard = lockstep_core::words::milestone(&run.trace.scenario, &run.outcome, now, end);
    html! {
        <>
            <Player showing={showing.clone()} {task} view={workbench.view} {locks} untold={workbench.prediction == Prediction::Open}
                busy={workbench.is_busy()} />
            <p class="heard" aria-live="polite">{ heard }</p>
        </>
    }
}
