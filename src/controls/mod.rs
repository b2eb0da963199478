//! The controls: the fields of the main group, and the other groups under *More*. The table of
//! fields defines the groups.

pub mod choice;
pub mod fields;
pub mod number_field;

use crate::controls::fields::Fields;
use crate::hooks::{Dispatch, use_dispatch};
use crate::state::action::{Action, Change};
use lockstep_core::link::{Locks, Part, preset_of};
use lockstep_core::scenario::presets::PRESETS;
use lockstep_core::scenario::{Group, Scenario, Strategy};
use lockstep_core::words::{MAX_TASKS_AT_DEFAULT_FILE_LIMIT, machine_description, machine_origin};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of the controls.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The current scenario.
    pub scenario: Rc<Scenario>,
    /// The scenario of the first run, in a comparison.
    pub first: Option<Rc<Scenario>>,
    /// Incremented when all controls are set at once, for example by Reset.
    pub set_at_once: u32,
    /// The locked fields and parts.
    pub locks: Locks,
}

/// The controls of the scenario.
#[component]
pub fn Controls(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let Props { scenario, set_at_once, locks, .. } = props;
    let fields = Fields { scenario, set_at_once: *set_at_once, locks: *locks, dispatch: &dispatch };
    html! {
        <fieldset class="controls" aria-label="Controls" disabled={locks.part(Part::Controls)}>
            { fields.all(Group::Main.fields()) }
            <div class="fine">
                { preset_choice(props, &dispatch) }
                { more(&fields) }
                <p class="origin">{ machine_origin(scenario.machine) }{ open_files_warning(max_open_connections(scenario)) }</p>
                { reset(&dispatch) }
            </div>
        </fieldset>
    }
}

fn reset(dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Scenario(Change::Reset)));
    html! { <button type="button" class="quiet" {onclick}>{ "Reset" }</button> }
}

/// A drop-down list of presets. The current one is selected.
fn preset_choice(props: &Props, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        let name = event.target_unchecked_into::<HtmlSelectElement>().value();
        dispatch.dispatch(Action::Scenario(Change::Follow(["scene=", &name].concat())));
    });
    let (now, first) = (&*props.scenario, props.first.as_deref());
    let shown = preset_of(first.unwrap_or(now), first.map(|_| now));
    html! {
        <label class="choice">
            <span class="name">{ "Preset" }</span>
            <select {onchange}>
                if shown.is_none() { <option selected=true disabled=true>{ "your own" }</option> }
                for preset in &PRESETS { <option value={preset.name} selected={shown == Some(preset)}>{ preset.title }</option> }
            </select>
        </label>
    }
}

/// Maximum number of connections that are open at the same time.
fn max_open_connections(scenario: &Scenario) -> u32 {
    let limit = if scenario.strategy == Strategy::Semaphore { scenario.limit } else { u32::MAX };
    scenario.connections().min(limit)
}

/// Warns that the real program reaches the limit of open files, which the model ignores.
fn open_files_warning(connections: u32) -> Html {
    if connections <= MAX_TASKS_AT_DEFAULT_FILE_LIMIT {
        return Html::default();
    }
    html! {
        <>
            { " More than 1000 connections need a higher " }<code>{ "ulimit -n" }</code>{ " (not modelled)." }
        </>
    }
}

fn more(fields: &Fields) -> Html {
    html! {
        <details class="more">
            <summary>{ "More" }</summary>
            <div class="more-fields">
                { fields.all(Group::UNDER_MORE.into_iter().flat_map(Group::fields)) }
                <p class="description">{ machine_description(fields.scenario.machine) }</p>
            </div>
        </details>
    }
}
