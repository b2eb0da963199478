//! The prediction: "How many of the rows get in?", asked before the first run is shown. A guess
//! makes the answer more memorable; the user can always skip it.

use crate::hooks::focus::{PLAY, focus_on};
use crate::hooks::use_dispatch;
use crate::state::action::{Action, PredictionAnswer};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The properties of [`Prediction`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The number of rows that the program tries to insert.
    pub tasks: u32,
}

/// See the module documentation.
#[component]
pub fn Prediction(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let field = use_node_ref();
    let problem = use_state(|| false);
    // The form is not submitted, because an iframe that only allows scripts does not allow form
    // submission.
    let guess = {
        let (dispatch, field, problem) = (dispatch.clone(), field.clone(), problem.clone());
        Callback::from(move |()| {
            let text = field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
            match text.trim().parse() {
                Ok(guess) => {
                    dispatch.dispatch(Action::Prediction(PredictionAnswer::Guess(guess)));
                    focus_on(PLAY);
                }
                Err(_) => problem.set(true),
            }
        })
    };
    let onclick = guess.reform(|_: MouseEvent| ());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            guess.emit(());
        }
    });
    let skip = Callback::from(move |_: MouseEvent| {
        dispatch.dispatch(Action::Prediction(PredictionAnswer::Skip));
        focus_on(PLAY);
    });
    html! {
        <form class="prediction" novalidate=true>
            <label for="guess">{ format!("Your guess: how many of the {} rows get in?", props.tasks) }</label>
            <span class="answer">
                <input id="guess" type="number" min="0" step="1" inputmode="numeric" ref={field} {onkeydown}
                    aria-invalid={problem.then_some("true")} aria-describedby={problem.then_some("guess-problem")} />
                <button type="button" class="primary" {onclick}>{ "Guess" }</button>
                <button type="button" onclick={skip}>{ "Skip" }</button>
            </span>
            if *problem { <span class="problem" id="guess-problem" role="alert">{ "Enter a whole number, 0 or more." }</span> }
        </form>
    }
}
