//! Preset-made sweeps, and a form for a sweep of the user's own.

use super::Send;
use super::state::{Action, Number, State};
use lockstep_core::scenario::{Scenario, query};
use lockstep_core::sweep::axis::AXES;
use lockstep_core::sweep::presets::PRESETS;
use lockstep_core::sweep::{Axis, Measure};
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The id of the button that starts a sweep.
pub(super) const RUN: &str = "run-the-sweep";

/// The ready-made sweeps, one button each.
pub(super) fn ready(send: &Send) -> Html {
    html! {
        <ul class="sweep-ready">
            for ready in &PRESETS {
                <li>
                    <button type="button" data-ready={ready.word} onclick={send.reform(move |_: MouseEvent| Action::RunPreset(ready))}>
                        { ready.name }
                    </button>
                    { " " }<span>{ ready.about }</span>
                </li>
            }
        </ul>
    }
}

/// The form for the user's own sweep, with `present` as its base.
pub(super) fn form(state: &State, present: &Scenario, send: &Send) -> Html {
    // The form is not submitted, because an iframe that only allows scripts does not allow form
    // submission.
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
            { choice("Show", Measure::ALL.map(|(measure, name)| (name, measure == state.measure)), send.reform(select_measure)) }
            { choice("Against", AXES.each_ref().map(|axis| (axis.name, axis == state.axis)), send.reform(select_axis)) }
            { number(state, Number::From, "From", unit, send) }
            { number(state, Number::To, "To", unit, send) }
            { number(state, Number::Values, "Values (at most)", "", send) }
            { number(state, Number::Seeds, "Runs per value", "", send) }
            <button type="button" class="primary" id={RUN} {onclick}>{ "Run the sweep" }</button>
            <p class="sweep-base">{ base(present) }</p>
            if let Some(problem) = &state.problem { <p class="problem" role="alert">{ problem }</p> }
        </form>
    }
}

/// The settings that the sweep does not change, in words.
fn base(present: &Scenario) -> String {
    let fields = query::write(present).replace('&', ", ");
    let fields = if fields.is_empty() { "the question\u{2019}s program".to_owned() } else { fields };
    format!("Other settings as in the run above: {fields}.")
}

fn choice<const N: usize>(label: &'static str, options: [(&'static str, bool); N], onchange: Callback<Event>) -> Html {
    crate::controls::choice::choice(label, options.into_iter(), onchange)
}

fn selected_index(event: &Event) -> usize {
    let select: HtmlSelectElement = event.target_unchecked_into();
    usize::try_from(select.selected_index()).unwrap_or_default()
}

fn select_measure(event: Event) -> Action {
    Action::Measure(Measure::ALL.get(selected_index(&event)).map_or(Measure::Rows, |(measure, _)| *measure))
}

fn select_axis(event: Event) -> Action {
    const DEFAULT: &Axis = &AXES[0];
    Action::Sweep(AXES.get(selected_index(&event)).and_then(|axis| Axis::of(axis.field)).unwrap_or(DEFAULT))
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
