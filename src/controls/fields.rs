//! The controls of a scenario's fields: sliders, numbers, words, switches. Plain functions, because none of them keeps anything
//! but the number that is being typed, and a component costs two kilobytes of the page.

use crate::controls::number_field::NumberField;
use crate::hooks::Dispatch;
use crate::state::action::{Action, Change};
use lockstep_core::link::Locks;
use lockstep_core::scenario::{Field, Scenario};
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What all controls of a scenario need.
pub struct Fields<'a> {
    /// The scenario as it is set now.
    pub scenario: &'a Scenario,
    /// How often all controls were set at once.
    pub set_at_once: u32,
    /// What of them cannot be changed.
    pub locks: Locks,
    /// Where a change goes.
    pub dispatch: &'a Dispatch,
}

impl Fields<'_> {
    /// A slider and a number for the same field, under one name. The slider reaches from `least` to `most`, as is usual; the
    /// number field takes all that the scenario can.
    pub fn range(&self, field: Field, label: &'static str, [least, most, step]: [&'static str; 3], unit: &'static str) -> Html {
        let (id, value, locked) = (name_id(field), self.scenario.text(field), self.locks.field(field));
        let oninput = self.on_change(field, |slider: HtmlInputElement| slider.value());
        html! {
            <div class="range-field">
                <span class="name" id={id.clone()}>{ label }</span>
                <input type="range" min={least} max={most} {step} value={value.clone()} disabled={locked} aria-labelledby={id}
                    aria-valuetext={[&value, " ", unit].concat().trim_end().to_owned()} oninput={oninput.reform(|event: InputEvent| event.into())} />
                { self.typed(field, label, step, unit) }
            </div>
        }
    }

    /// A number with its name and no slider; `behind` stands behind it.
    pub fn number(&self, field: Field, label: &'static str, step: &'static str, unit: &'static str, behind: Html) -> Html {
        html! {
            <div class="number-field">
                <span class="name" id={name_id(field)}>{ label }</span>
                { self.typed(field, label, step, unit) }
                { behind }
            </div>
        }
    }

    /// One of a few words: `choices` has each as a link has it and as the page names it.
    pub fn select(&self, field: Field, label: &'static str, choices: Vec<(&'static str, AttrValue)>) -> Html {
        let (id, value) = ([field.word(), "-choice"].concat(), self.scenario.text(field));
        let onchange = self.on_change(field, |select: HtmlSelectElement| select.value());
        html! {
            <div class="select-field">
                <label for={id.clone()} class="name">{ label }</label>
                <select {id} disabled={self.locks.field(field)} {onchange}>
                    for (word, name) in choices {
                        <option key={word} value={word} selected={word == value}>{ name }</option>
                    }
                </select>
            </div>
        }
    }

    /// On or off.
    pub fn switch(&self, field: Field, on: bool, name: Html) -> Html {
        let onchange = self.on_change(field, |switch: HtmlInputElement| u8::from(switch.checked()).to_string());
        html! {
            <label class="switch">
                <input type="checkbox" checked={on} disabled={self.locks.field(field)} {onchange} /><span>{ name }</span>
            </label>
        }
    }

    fn typed(&self, field: Field, label: &'static str, step: &'static str, unit: &'static str) -> Html {
        html! {
            <NumberField {field} {label} value={self.scenario.text(field)} set_at_once={self.set_at_once}
                locked={self.locks.field(field)} {step} {unit} />
        }
    }

    fn on_change<E: JsCast + AsRef<EventTarget> + 'static>(&self, field: Field, text: fn(E) -> String) -> Callback<Event> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |event: Event| {
            dispatch.dispatch(Action::Scenario(Change::Set(field, text(event.target_unchecked_into()))));
        })
    }
}

/// The id of the element that holds a field's name.
#[must_use]
pub fn name_id(field: Field) -> String {
    [field.word(), "-name"].concat()
}
