//! What can be changed: the three numbers of the question, the machine, the seed, and the rest behind *More*.

pub mod choice;
pub mod fields;
pub mod number_field;

use crate::controls::fields::Fields;
use crate::hooks::{Dispatch, use_dispatch};
use crate::state::action::{Action, Change};
use lockstep_core::link::preset_of;
use lockstep_core::link::{Locks, Part};
use lockstep_core::scenario::presets::PRESETS;
use lockstep_core::scenario::{Begin, Field, Journal, MachineChoice, Scenario, Strategy, Synchronous};
use lockstep_core::words::{MOST_TASKS_WITHOUT_A_HIGHER_LIMIT, machine_description, machine_name, machine_origin, strategy_name};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What the controls show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The scenario as it is set now.
    pub scenario: Rc<Scenario>,
    /// The run that was kept, where two are compared.
    pub first: Option<Rc<Scenario>>,
    /// How often all controls were set at once.
    pub set_at_once: u32,
    /// What of them cannot be changed.
    pub locks: Locks,
}

/// See the module.
#[component]
pub fn Controls(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let Props { scenario, set_at_once, locks, .. } = props;
    let fields = Fields { scenario, set_at_once: *set_at_once, locks: *locks, dispatch: &dispatch };
    html! {
        <fieldset class="controls" aria-label="Controls" disabled={locks.part(Part::Controls)}>
            { fields.range(Field::Tasks, "Tasks", ["1", "2000", "1"], "") }
            { fields.range(Field::Timeout, "Busy timeout", ["0", "30", "0.5"], "s") }
            { fields.range(Field::Sleep, "Sleep before commit", ["0", "5", "0.1"], "s") }
            { fields.select(Field::Machine, "Machine", machines(scenario.machine)) }
            { seed(&fields) }
            <div class="fine">
                { preset_choice(props, &dispatch) }
                { more(&fields) }
                <p class="origin">{ machine_origin(scenario.machine) }{ open_files(open_at_a_time(scenario)) }</p>
                { button("Reset", "quiet", false, Action::Scenario(Change::Reset), &dispatch) }
            </div>
        </fieldset>
    }
}

fn button(name: &'static str, class: &'static str, disabled: bool, action: Action, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()));
    html! { <button type="button" {class} {disabled} {onclick}>{ name }</button> }
}

/// Runs with a name; which of them is shown, if one is.
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
                for preset in &PRESETS { <option value={preset.name} selected={shown == Some(preset)}>{ preset.words }</option> }
            </select>
        </label>
    }
}

/// How many connections are open at a time.
fn open_at_a_time(scenario: &Scenario) -> u32 {
    let limit = if scenario.strategy == Strategy::Semaphore { scenario.limit } else { u32::MAX };
    scenario.connections().min(limit)
}

/// What the real program meets beside the lock when it has many connections.
fn open_files(connections: u32) -> Html {
    if connections <= MOST_TASKS_WITHOUT_A_HIGHER_LIMIT {
        return Html::default();
    }
    html! {
        <>
            { " More than 1000 connections need a higher " }<code>{ "ulimit -n" }</code>{ ", which is left out." }
        </>
    }
}

/// The machines that the model has. The reader's own is in the list only where a link has brought it.
fn machines(now: MachineChoice) -> Vec<(&'static str, AttrValue)> {
    let is_listed = |machine, word| {
        machine == now || (machine != MachineChoice::Custom && Scenario::default().set(Field::Machine, word).is_ok())
    };
    let listed = MachineChoice::ALL.iter().filter(|(machine, word)| is_listed(*machine, word));
    listed.map(|&(machine, word)| (word, machine_name(machine).into())).collect()
}

fn seed(fields: &Fields) -> Html {
    let another =
        button("Another seed", "", fields.locks.field(Field::Seed), Action::Scenario(Change::AnotherSeed), fields.dispatch);
    fields.number(Field::Seed, "Seed", "1", "", another)
}

fn more(fields: &Fields) -> Html {
    let scenario = fields.scenario;
    let number = |field, label, step, unit| fields.number(field, label, step, unit, Html::default());
    let own_connections = !scenario.strategy.has_one_connection();
    html! {
        <details class="more">
            <summary>{ "More" }</summary>
            <div class="more-fields">
                { fields.select(Field::Strategy, "Strategy", strategies()) }
                if scenario.strategy == Strategy::Semaphore { { number(Field::Limit, "Limit", "1", "") } }
                { fields.select(Field::Begin, "Begin", same_words(Begin::ALL)) }
                if own_connections {
                    { fields.switch(Field::ReadFirst, scenario.read_first, "Read first, then write".into()) }
                    { number(Field::Retries, "Retries", "1", "") }
                    if scenario.retries > 0 { { number(Field::RetryPause, "Retry pause", "0.01", "s") } }
                }
                { fields.select(Field::Journal, "Journal mode", same_words(Journal::ALL)) }
                { fields.select(Field::Synchronous, "Synchronous", same_words(Synchronous::ALL)) }
                { number(Field::CommitTime, "COMMIT (0: the machine\u{2019}s)", "0.001", "s") }
                if scenario.strategy != Strategy::SingleTransaction {
                    { fields.switch(Field::KeepGoing, scenario.keep_going, html! {
                        <>{ "Go on after an error (" }<code>{ "return_exceptions=True" }</code>{ ")" }</>
                    }) }
                }
                <p class="description">{ machine_description(scenario.machine) }</p>
            </div>
        </details>
    }
}

fn strategies() -> Vec<(&'static str, AttrValue)> {
    Strategy::ALL.iter().map(|&(strategy, word)| (word, strategy_name(strategy).into())).collect()
}

/// Words that the page writes as SQLite does.
fn same_words<T>(all: &[(T, &'static str)]) -> Vec<(&'static str, AttrValue)> {
    all.iter().map(|(_, word)| (*word, word.to_ascii_uppercase().into())).collect()
}
