//! The page: the only folder that knows Yew and the browser.
//!
//! [`workbench`] is the state and every way in which it can change, [`link`] that state as a query string, [`run`] a finished run
//! with what the page reads off it, [`words`] the sentences. `components` show them, `hooks` connect them to the browser.

pub mod address_bar;
pub mod canvas;
pub mod components;
pub mod hooks;
pub mod link;
pub mod run;
pub mod words;
pub mod workbench;

use components::answers::answers;
use components::colophon::colophon;
use components::controls::Controls;
use components::masthead::masthead;
use components::notes::Notes;
use components::player::Player;
use components::prediction::Prediction as PredictionForm;
use components::result::ResultLine;
use hooks::{Dispatch, use_address, use_playback_clock, use_runs};
use wasm_bindgen::UnwrapThrowExt;
use workbench::{Prediction, Showing, Workbench};
use yew::prelude::*;

/// Puts the page where `index.html` has a place for it.
pub fn mount() {
    let document = web_sys::window().and_then(|window| window.document()).expect_throw("a page has a document");
    let place = document.get_element_by_id("app").expect_throw("index.html has an element #app");
    place.set_inner_html("");
    yew::Renderer::<App>::with_root(place).render();
}

/// The whole page.
#[component]
pub fn App() -> Html {
    let workbench = use_reducer(|| Workbench::open(address_bar::read()));
    let dispatch: Dispatch = workbench.dispatcher();
    use_runs(workbench.pending.clone(), &dispatch);
    use_playback_clock(workbench.is_playing(), &dispatch);
    use_address((!workbench.is_playing()).then(|| workbench.link().write()));
    html! {
        <ContextProvider<Dispatch> context={dispatch}>
            { masthead() }
            <main>
                <Controls scenario={workbench.scenario.clone()} set_at_once={workbench.set_at_once} />
                if !workbench.notes.is_empty() { <Notes notes={workbench.notes.clone()} /> }
                { outcome(&workbench) }
                { picture(&workbench) }
                { answers() }
            </main>
            { colophon() }
        </ContextProvider<Dispatch>>
    }
}

/// The result, or the question for a guess that comes before it.
fn outcome(workbench: &Workbench) -> Html {
    let prediction = workbench.prediction;
    match &workbench.showing {
        _ if prediction == Prediction::Open => html! { <PredictionForm tasks={workbench.scenario.tasks} /> },
        Some(Showing { run, .. }) => html! { <ResultLine run={run.clone()} busy={workbench.is_busy()} {prediction} /> },
        None if workbench.is_busy() => html! { <p class="loading">{ "Running the model \u{2026}" }</p> },
        None => html! { <p class="loading">{ "There is no run to show. Change a control, or reset." }</p> },
    }
}

/// The pictures, the program and its output; room is kept for them before the first run.
fn picture(workbench: &Workbench) -> Html {
    let Some(showing) = &workbench.showing else { return html! { <div class="player" /> } };
    let run = &showing.run;
    let task = workbench.selection.unwrap_or_else(|| run.telling_task());
    let (now, end) = (showing.playback.position, showing.playback.end);
    let heard = words::milestone(&run.trace.scenario, &run.outcome, now, end);
    html! {
        <>
            <Player showing={showing.clone()} {task} untold={workbench.prediction == Prediction::Open} busy={workbench.is_busy()} />
            <p class="heard" aria-live="polite">{ heard }</p>
        </>
    }
}
