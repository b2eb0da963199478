//! The result of the run in one sentence, compared with the guess.

use super::check::SqliteCheck;
use crate::state::workbench::Prediction;
use lockstep_core::run::Run;
use lockstep_core::scenario::Scenario;
use lockstep_core::time::SimTime;
use lockstep_core::words::{about, guessed, result_after_count};
use std::rc::Rc;
use yew::prelude::*;

/// The result of `run`. `busy` means that a newer run is pending; if that takes long, `reached` is
/// its progress, which replaces the result. `is_guess_for_run` says whether the guess was about
/// this run; `seeds` is the result of other seeds.
pub fn result_line(
    run: &Rc<Run>,
    busy: bool,
    reached: Option<Html>,
    prediction: Prediction,
    is_guess_for_run: bool,
    seeds: Option<String>,
) -> Html {
    let (outcome, scenario): (_, &Scenario) = (&run.outcome, &run.trace.scenario);
    let inserted = outcome.inserted();
    let first_error = outcome.first_error.map(|error| error.at.to_string()).unwrap_or_default();
    html! {
        <div class="outcome">
        <p class="result" role="status" aria-busy={if busy { "true" } else { "false" }} data-testid="result"
            data-inserted={inserted.to_string()} data-errors={outcome.errors.to_string()}
            data-first-error-s={first_error} data-digest={run.digest.clone()}>
            if let Some(reached) = reached {
                { reached }
            } else {
                <span class="sentence">
                    <strong class="figure">{ inserted }</strong>{ " " }{ result_after_count(scenario, outcome) }
                </span>
            }
            if let Prediction::Guessed(guess) = prediction {
                { " " }<span class="guessed">{ guessed(guess, inserted, is_guess_for_run) }</span>
            }
        </p>
        // Always rendered, so that the layout does not shift when the text appears.
        <p class="seeds" id="other-seeds">{ seeds }</p>
        if !busy {
            <SqliteCheck run={run.clone()} />
        }
        </div>
    }
}

/// The progress of a long run. `stop` cancels it; `None` if there is no run to return to.
pub fn reached_line(at: SimTime, stop: Option<Callback<MouseEvent>>) -> Html {
    html! {
        <span class="sentence">
            { "Running the model: " }{ about(at) }{ " so far. " }
            if let Some(onclick) = stop { <button {onclick}>{ "Stop" }</button> }
        </span>
    }
}
