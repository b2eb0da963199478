//! What is to be swept: ready-made sweeps, and a form for any other.

use super::Send;
use super::state::{Action, Number, State};
use lockstep_core::scenario::{Scenario, query};
use lockstep_core::sweep::axis::AXES;
use lockstep_core::sweep::ready::READY;
use lockstep_core::sweep::{Axis, Measure};
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The id of the button that begins a sweep.
pub(super) const RUN: &str = "run-the-sweep";

/// Sweeps worth seeing, one button each.
pub(super) fn ready(send: &Send) -> Html {
    html! {
        <ul class="sweep-ready">
            for ready in &READY {
                <li>
                    <button type="button" data-ready={ready.word} onclick={send.reform(move |_: MouseEvent| Action::RunReady(ready))}>
                        { ready.name }
                    </button>
                    { " " }<span>{ ready.about }</span>
                </li>
            }
        </ul>
    }
}

/// Any other.
pub(super) fn form(state: &State, present: &Scenario, send: &Send) -> Html {
    // Not by submitting: in a frame that may run scripts and nothing else no form is submitted.
    let run = {
        let present = present.clone();
        send.reform(move |()| Action::Run(present.clone()))
    };
    let onclick = run.reform(|_: MouseEvent| ());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let target: HtmlElement = event.target_unchecked_into();
        if event.key() == "Enter" && target.tag_name() == "INPUT" {
            event.prevent_default();
            run.emit(());
        }
    });
    let unit = state.axis.unit();
    html! {
        <form class="sweep-form" aria-label="A sweep of your own" {onkeydown}>
            { choice("Show", Measure::ALL.map(|(measure, name)| (name, measure == state.measure)), send.reform(chosen_measure)) }
            { choice("Against", AXES.each_ref().map(|axis| (axis.name, axis == state.axis)), send.reform(chosen_axis)) }
            { number(state, Number::From, "From", unit, send) }
            { number(state, Number::To, "To", unit, send) }
            { number(state, Number::Values, "Values, at most", "", send) }
            { number(state, Number::Seeds, "Runs of each", "", send) }
            <button type="button" class="primary" id={RUN} {onclick}>{ "Run the sweep" }</button>
            <p class="sweep-base">{ base(present) }</p>
            if let Some(problem) = &state.problem { <p class="problem" role="alert">{ problem }</p> }
        </form>
    }
}

/// What the form's sweep leaves as it is.
fn base(present: &Scenario) -> String {
    let fields = query::write(present).replace('&', ", ");
    let fields = if fields.is_empty() { "the question\u{2019}s program".to_owned() } else { fields };
    format!("All else as in the run above: {fields}.")
}

fn choice<const N: usize>(label: &'static str, words: [(&'static str, bool); N], onchange: Callback<Event>) -> Html {
    crate::controls::choice::choice(label, words.into_iter(), onchange)
}

fn chosen(event: &Event) -> usize {
    let select: HtmlSelectElement = event.target_unchecked_into();
    usize::try_from(select.selected_index()).unwrap_or_default()
}

fn chosen_measure(event: Event) -> Action {
    Action::Measure(Measure::ALL.get(chosen(&event)).map_or(Measure::Rows, |(measure, _)| *measure))
}

fn chosen_axis(event: Event) -> Action {
    const FIRST: &Axis = &AXES[0];
    Action::Sweep(AXES.get(chosen(&event)).and_then(|axis| Axis::of(axis.field)).unwrap_or(FIRST))
}

fn number(state: &State, which: Number, label: &'static str, unit: &'static str, send: &Send) -> Html {
    let oninput =
        send.reform(move |event: InputEvent| Action::Type(which, event.target_unchecked_into::<HtmlInputElement>().value()));
    html! {
        <label>
            <span class="name">{ label }</span>
            <span class="sweep-number">
                <input type="number" step="any" inputmode="decimal" value={state.typed[which as usize].clone()} {oninput} />
                if !unit.is_empty() { <span class="unit">{ unit }</span> }
            </span>
        </label>
    }
}
