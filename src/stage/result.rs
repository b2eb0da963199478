//! What came of the run, in one sentence, with the guess beside it.

use crate::state::run::Run;
use crate::state::workbench::Prediction;
use lockstep_core::scenario::Scenario;
use lockstep_core::time::SimTime;
use lockstep_core::words::{about, guessed, result_after_the_number};
use yew::prelude::*;

/// The result of `run`; `busy` while a newer one is being computed, with how far that has `reached` if it takes long. `of_this` says
/// whether the guess was for this run; `seeds` is what other seeds give.
pub fn result_line(
    run: &Run,
    busy: bool,
    reached: Option<Html>,
    prediction: Prediction,
    of_this: bool,
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
                    <strong class="figure">{ inserted }</strong>{ " " }{ result_after_the_number(scenario, outcome) }
                </span>
            }
            if let Prediction::Guessed(guess) = prediction {
                { " " }<span class="guessed">{ guessed(guess, inserted, of_this) }</span>
            }
        </p>
        // Room is kept for it, so that nothing jumps.
        <p class="seeds" id="other-seeds">{ seeds }</p>
        </div>
    }
}

/// A run that takes long has come so far; `stop` stops it, where there is one to go back to.
pub fn reached_line(at: SimTime, stop: Option<Callback<MouseEvent>>) -> Html {
    html! {
        <span class="sentence">
            { "Running the model: " }{ about(at) }{ " so far. " }
            if let Some(onclick) = stop { <button {onclick}>{ "Stop" }</button> }
        </span>
    }
}
