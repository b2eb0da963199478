//! The root component: owns the state, provides the contexts, and lays out the parts of the page.

use crate::controls::Controls;
use crate::hooks::focus::{PLAY, focus_on};
use crate::hooks::{
    Dispatch, SharedPresent, address_bar, use_address, use_host, use_other_seeds, use_playback_clock, use_provided_present,
    use_provided_theme, use_runs, use_scenario_links,
};
use crate::sections::Sections;
use crate::stage::notes::notes;
use crate::stage::player::Player;
use crate::stage::prediction::Prediction as PredictionForm;
use crate::stage::result::{reached_line, result_line};
use crate::state::action::Action;
use crate::state::workbench::{Prediction, Showing, Workbench};
use lockstep_core::chart::palette::Theme;
use lockstep_core::trace::TaskId;
use wasm_bindgen::UnwrapThrowExt;
use yew::prelude::*;

/// The name in a link that makes the program panic, so that tests can see what the page then shows.
/// It is in no table of names.
const PANIC_NAME: &str = "test-panic";

/// The id of the element of the footer for the version of SQLite.
const SQLITE_VERSION: &str = "sqlite-version";

/// Renders the page into the element `#app` of `index.html`.
///
/// # Panics
/// If there is no document or no such element, and for a link with `PANIC_NAME`.
pub fn mount() {
    let document = web_sys::window().and_then(|window| window.document()).expect_throw("a page has a document");
    let root = document.get_element_by_id("app").expect_throw("index.html has an element #app");
    root.set_inner_html("");
    assert!(!address_bar::has_name(PANIC_NAME), "a panic for a test: the link has the name {PANIC_NAME}");
    yew::Renderer::<App>::with_root(root).render();
}

/// The whole page.
#[component]
pub fn App() -> Html {
    let workbench = use_reducer(|| Workbench::open(address_bar::read()));
    let dispatch: Dispatch = workbench.dispatcher();
    use_runs(workbench.pending.clone(), &dispatch);
    use_playback_clock(workbench.is_playing(), workbench.has_reduced_motion(), &dispatch);
    use_address(&workbench, &dispatch);
    use_scenario_links(&dispatch);
    let present = use_provided_present(&workbench);
    let theme = use_provided_theme(workbench.theme(), &dispatch);
    let query = present.link.write();
    // The style sheet hides the text below until the link is published: the pictures of the first
    // run would push it down.
    let is_ready = present.run.is_some() || !workbench.is_busy();
    use_effect_with((query.clone(), is_ready), |(query, is_ready)| {
        if *is_ready {
            address_bar::publish(query);
        }
    });
    use_host(query, &dispatch);
    let seeds = use_other_seeds(&present);
    let controls = html! {
        <Controls scenario={workbench.scenario.clone()} first={workbench.pinned.clone()} set_at_once={workbench.set_at_once}
            locks={workbench.locks()} />
    };
    // In an embedded page the pictures come before the controls.
    let (above, below) = if workbench.is_embedded() { (Html::default(), controls) } else { (controls, Html::default()) };
    html! {
        <ContextProvider<Dispatch> context={dispatch.clone()}>
            <ContextProvider<Theme> context={theme}>
                <ContextProvider<SharedPresent> context={present}>
                    <main id="run">
                        { above }
                        { notes(&workbench.notes, &dispatch) }
                        { outcome(&workbench, seeds, &dispatch) }
                        { picture(&workbench) }
                        { below }
                    </main>
                    <Sections terminals={workbench.terminals.clone()} locks={workbench.locks()} />
                    { sqlite_version(workbench.sqlite_version.as_deref()) }
                </ContextProvider<SharedPresent>>
            </ContextProvider<Theme>>
        </ContextProvider<Dispatch>>
    }
}

/// The version of the real SQLite in the footer, once it has answered.
fn sqlite_version(version: Option<&str>) -> Html {
    let footer = web_sys::window().and_then(|window| window.document()?.get_element_by_id(SQLITE_VERSION));
    match (version, footer) {
        (Some(version), Some(footer)) => {
            create_portal(html! { <>{ "The SQLite in this page is version " }{ version }{ "." }</> }, footer)
        }
        _ => Html::default(),
    }
}

/// The result of the run; before the user has answered the prediction, the question.
fn outcome(workbench: &Workbench, seeds: Option<String>, dispatch: &Dispatch) -> Html {
    let prediction = workbench.prediction;
    let stop = || {
        let dispatch = dispatch.clone();
        Callback::from(move |_| {
            dispatch.dispatch(Action::StopRun);
            focus_on(PLAY);
        })
    };
    let reached = workbench.reached.map(|at| reached_line(at, workbench.showing.is_some().then(stop)));
    match &workbench.showing {
        _ if prediction == Prediction::Open => html! { <PredictionForm tasks={workbench.scenario.tasks} /> },
        Some(Showing { run, .. }) => {
            result_line(run, workbench.is_busy(), reached, prediction, workbench.is_guess_for(&run.trace.scenario), seeds)
        }
        None if reached.is_some() => html! { <p class="loading">{ reached }</p> },
        None if workbench.is_busy() => html! { <p class="loading">{ "Running the model \u{2026}" }</p> },
        None => html! { <p class="loading">{ "There is no run to show. Change a control, or reset." }</p> },
    }
}

/// The pictures, the program and its output. Before the first run an empty element reserves their
/// space.
fn picture(workbench: &Workbench) -> Html {
    let Some(showing) = &workbench.showing else { return html! { <div class="player" /> } };
    let run = &showing.run;
    let has_task = |task: &TaskId| task.number() <= run.trace.scenario.coroutines();
    let task = workbench.selection.filter(has_task).unwrap_or_else(|| run.default_task());
    let locks = workbench.locks();
    let (now, end) = (showing.playback.position, showing.playback.end);
    let announcement = lockstep_core::words::milestone(&run.trace.scenario, &run.outcome, now, end);
    html! {
        <>
            <Player showing={showing.clone()} measured={workbench.measured.clone()} {task} view={workbench.view} {locks} hide_future={workbench.prediction == Prediction::Open}
                busy={workbench.is_busy()} />
            <p class="heard" aria-live="polite">{ announcement }</p>
        </>
    }
}
