//! The controls of a scenario's fields: sliders, number inputs, drop-down lists and checkboxes. The
//! table of fields describes them. They are plain functions, because only the number input has
//! state, and each component adds two kilobytes to the page.

use crate::controls::number_field::{NumberField, name_id};
use crate::hooks::Dispatch;
use crate::state::action::{Action, Change};
use lockstep_core::link::Locks;
use lockstep_core::scenario::{Domain, Field, MachineChoice, Scenario};
use lockstep_core::words::value_name;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The data that all controls of a scenario need.
pub struct Fields<'a> {
    /// The current scenario.
    pub scenario: &'a Scenario,
    /// Incremented when all controls are set at once, for example by Reset.
    pub set_at_once: u32,
    /// The locked fields.
    pub locks: Locks,
    /// Dispatches changes.
    pub dispatch: &'a Dispatch,
}

impl Fields<'_> {
    /// The controls of those `fields` that apply to this scenario.
    pub fn all(&self, fields: impl Iterator<Item = Field>) -> Html {
        fields.filter(|field| (field.row().applies)(self.scenario)).map(|field| self.control(field)).collect()
    }

    fn control(&self, field: Field) -> Html {
        match (field.domain(), field.row().slider) {
            (Domain::Switch, _) => self.switch(field),
            (Domain::Word(words), _) => self.select(field, &words),
            (_, Some(ends)) => self.range(field, ends),
            (_, None) => self.number(field),
        }
    }

    /// A slider and a number input for the same field, with one label. The slider covers the usual
    /// range. The number input accepts the whole allowed range.
    fn range(&self, field: Field, [min, max]: [&'static str; 2]) -> Html {
        let (id, value, row) = (name_id(field), self.scenario.text(field), field.row());
        let oninput = self.on_change(field, |slider: HtmlInputElement| slider.value());
        html! {
            <div key={field.word()} class="range-field">
                <span class="name" id={id.clone()}>{ row.label }</span>
                <input type="range" {min} {max} step={row.step} value={value.clone()} disabled={self.locks.field(field)}
                    aria-labelledby={id} aria-valuetext={[&value, " ", field.unit()].concat().trim_end().to_owned()}
                    oninput={oninput.reform(|event: InputEvent| event.into())} />
                { self.number_input(field) }
            </div>
        }
    }

    /// A number input with its label, without a slider.
    fn number(&self, field: Field) -> Html {
        html! {
            <div key={field.word()} class="number-field">
                <span class="name" id={name_id(field)}>{ field.row().label }</span>
                { self.number_input(field) }
                if field == Field::Seed { { self.seed_button() } }
            </div>
        }
    }

    fn seed_button(&self) -> Html {
        let dispatch = self.dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Scenario(Change::AnotherSeed)));
        html! { <button type="button" class="" disabled={self.locks.field(Field::Seed)} {onclick}>{ "Another seed" }</button> }
    }

    /// A drop-down list.
    fn select(&self, field: Field, words: &[&'static str]) -> Html {
        let (id, value) = ([field.word(), "-choice"].concat(), self.scenario.text(field));
        let onchange = self.on_change(field, |select: HtmlSelectElement| select.value());
        // The user's own machine is only listed if it is selected, because it needs a profile.
        let is_listed = |word: &&str| field != Field::Machine || *word == value || *word != MachineChoice::Custom.word();
        html! {
            <div key={field.word()} class="select-field">
                <label for={id.clone()} class="name">{ field.row().label }</label>
                <select {id} disabled={self.locks.field(field)} {onchange}>
                    for word in words.iter().copied().filter(is_listed) {
                        <option key={word} value={word} selected={word == value}>{ name_of(field, word) }</option>
                    }
                </select>
            </div>
        }
    }

    /// A checkbox.
    fn switch(&self, field: Field) -> Html {
        let onchange = self.on_change(field, |switch: HtmlInputElement| u8::from(switch.checked()).to_string());
        let on = self.scenario.text(field) == "1";
        html! {
            <label key={field.word()} class="switch">
                <input type="checkbox" checked={on} disabled={self.locks.field(field)} {onchange} />
                <span>{ with_code(field.row().label) }</span>
            </label>
        }
    }

    fn number_input(&self, field: Field) -> Html {
        html! {
            <NumberField {field} value={self.scenario.text(field)} set_at_once={self.set_at_once} locked={self.locks.field(field)} />
        }
    }

    fn on_change<E: JsCast + AsRef<EventTarget> + 'static>(&self, field: Field, text: fn(E) -> String) -> Callback<Event> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |event: Event| {
            dispatch.dispatch(Action::Scenario(Change::Set(field, text(event.target_unchecked_into()))));
        })
    }
}

/// The label of a word. Words without one are SQLite's keywords, in capitals.
fn name_of(field: Field, word: &'static str) -> AttrValue {
    value_name(field, word).map_or_else(|| word.to_ascii_uppercase().into(), AttrValue::from)
}

/// Text in which `code` in backticks becomes a `code` element.
fn with_code(text: &'static str) -> Html {
    let parts = text.split('`').enumerate();
    parts
        .map(|(index, part)| {
            if index % 2 == 1 {
                html! { <code>{ part }</code> }
            } else {
                html! { { part } }
            }
        })
        .collect()
}
