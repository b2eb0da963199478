//! What came of the run, in one sentence, with the guess beside it.

use crate::scenario::Scenario;
use crate::ui::run::Run;
use crate::ui::words::{guessed, result_after_the_number};
use crate::ui::workbench::Prediction;
use std::rc::Rc;
use yew::prelude::*;

/// What the result shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The latest finished run.
    pub run: Rc<Run>,
    /// Whether a newer one is being computed.
    pub busy: bool,
    /// What the reader expected.
    pub prediction: Prediction,
}

/// See the module.
#[component]
pub fn ResultLine(props: &Props) -> Html {
    let (outcome, scenario): (_, &Scenario) = (&props.run.outcome, &props.run.trace.scenario);
    let inserted = outcome.inserted();
    let first_error = outcome.first_error.map(|error| error.at.to_string()).unwrap_or_default();
    html! {
        <p class="result" role="status" aria-busy={if props.busy { "true" } else { "false" }} data-testid="result"
            data-inserted={inserted.to_string()} data-errors={outcome.errors.to_string()}
            data-first-error-s={first_error} data-digest={props.run.digest.clone()}>
            <span class="sentence">
                <strong class="figure">{ inserted }</strong>{ " " }{ result_after_the_number(scenario, outcome) }
            </span>
            if let Prediction::Guessed(guess) = props.prediction {
                { " " }<span class="guessed">{ guessed(guess, inserted) }</span>
            }
        </p>
    }
}
