//! What can be changed: the three numbers of the question, the machine, the seed, and the rest behind *More*.

use super::number_field::NumberField;
use super::range_field::RangeField;
use super::select_field::SelectField;
use crate::scenario::{Field, Journal, MachineChoice, Scenario, Synchronous};
use crate::ui::hooks::use_dispatch;
use crate::ui::words::{MOST_TASKS_WITHOUT_A_HIGHER_LIMIT, machine_description, machine_name, machine_origin};
use crate::ui::workbench::Action;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the controls show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The scenario as it is set now.
    pub scenario: Rc<Scenario>,
    /// How often all controls were set at once.
    pub set_at_once: u32,
}

/// See the module.
#[component]
pub fn Controls(props: &Props) -> Html {
    let Props { scenario, set_at_once } = props;
    let set_at_once = *set_at_once;
    let value = |field| AttrValue::from(scenario.text(field));
    html! {
        <section class="controls" aria-label="Controls">
            <RangeField field={Field::Tasks} label="Tasks" value={value(Field::Tasks)} {set_at_once}
                least="1" most="2000" step="1" />
            <RangeField field={Field::Timeout} label="Busy timeout" value={value(Field::Timeout)} {set_at_once}
                least="0" most="30" step="0.5" unit="s" />
            <RangeField field={Field::Sleep} label="Sleep before commit" value={value(Field::Sleep)} {set_at_once}
                least="0" most="5" step="0.1" unit="s" />
            <SelectField field={Field::Machine} label="Machine" value={value(Field::Machine)}
                choices={machines(scenario.machine)} />
            <Seed scenario={scenario.clone()} {set_at_once} />
            <div class="fine">
                <More scenario={scenario.clone()} {set_at_once} />
                <p class="origin">{ machine_origin(scenario.machine) }{ open_files(scenario.tasks) }</p>
                <ResetButton />
            </div>
        </section>
    }
}

/// What the real program meets beside the lock when it has many connections.
fn open_files(tasks: u32) -> Html {
    if tasks <= MOST_TASKS_WITHOUT_A_HIGHER_LIMIT {
        return Html::default();
    }
    html! {
        <>
            { " More than 1000 connections need a higher limit on open files (" }<code>{ "ulimit -n" }</code>
            { "), which the model leaves out." }
        </>
    }
}

/// The machines that the model has. The reader's own is in the list only where a link has brought it.
fn machines(now: MachineChoice) -> Vec<(AttrValue, AttrValue)> {
    let is_listed = |machine, word| {
        machine == now || (machine != MachineChoice::Custom && Scenario::default().set(Field::Machine, word).is_ok())
    };
    let listed = MachineChoice::ALL.iter().filter(|(machine, word)| is_listed(*machine, word));
    listed.map(|&(machine, word)| (word.into(), machine_name(machine).into())).collect()
}

#[component]
fn Seed(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::AnotherSeed));
    html! {
        <div class="seed-field">
            <span class="name" id="seed-name">{ "Seed" }</span>
            <NumberField field={Field::Seed} label="Seed" labelled_by="seed-name"
                value={props.scenario.text(Field::Seed)} set_at_once={props.set_at_once} step="1" />
            <button type="button" {onclick}>{ "Another seed" }</button>
        </div>
    }
}

#[component]
fn ResetButton() -> Html {
    let dispatch = use_dispatch();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Reset));
    html! { <button type="button" class="quiet" {onclick}>{ "Reset" }</button> }
}

#[component]
fn More(props: &Props) -> Html {
    let scenario = &props.scenario;
    html! {
        <details class="more">
            <summary>{ "More" }</summary>
            <div class="more-fields">
                <SelectField field={Field::Journal} label="Journal mode" value={scenario.text(Field::Journal)}
                    choices={same_words(Journal::ALL)} />
                <SelectField field={Field::Synchronous} label="Synchronous" value={scenario.text(Field::Synchronous)}
                    choices={same_words(Synchronous::ALL)} />
                <KeepGoing on={scenario.keep_going} />
                <p class="description">{ machine_description(scenario.machine) }</p>
            </div>
        </details>
    }
}

/// Words that the page writes as SQLite does.
fn same_words<T>(all: &[(T, &'static str)]) -> Vec<(AttrValue, AttrValue)> {
    all.iter().map(|(_, word)| (AttrValue::from(*word), AttrValue::from(word.to_uppercase()))).collect()
}

#[derive(Properties, PartialEq)]
struct KeepGoingProps {
    on: bool,
}

#[component]
fn KeepGoing(props: &KeepGoingProps) -> Html {
    let dispatch = use_dispatch();
    let onchange = Callback::from(move |event: Event| {
        let on = event.target_unchecked_into::<HtmlInputElement>().checked();
        dispatch.dispatch(Action::Set(Field::KeepGoing, u8::from(on).to_string()));
    });
    html! {
        <label class="switch">
            <input type="checkbox" checked={props.on} {onchange} />
            { "Go on after an error (" }<code>{ "return_exceptions=True" }</code>{ ")" }
        </label>
    }
}
