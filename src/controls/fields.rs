//! The controls of a scenario's fields: sliders, numbers, words, switches, each as the table of
//! fields describes it. Plain functions, because none of them keeps anything but the number that is
//! being typed, and a component costs two kilobytes of the page.

use crate::controls::number_field::{NumberField, name_id};
use crate::hooks::Dispatch;
use crate::state::action::{Action, Change};
use lockstep_core::link::Locks;
use lockstep_core::scenario::{Domain, Field, MachineChoice, Scenario};
use lockstep_core::words::value_name;
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
    /// The controls of those `fields` that have an effect in this scenario.
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

    /// A slider and a number for the same field, under one name. The slider reaches as far as is
    /// usual; the number takes everything that the scenario can.
    fn range(&self, field: Field, [least, most]: [&'static str; 2]) -> Html {
        let (id, value, row) = (name_id(field), self.scenario.text(field), field.row());
        let oninput = self.on_change(field, |slider: HtmlInputElement| slider.value());
        html! {
            <div key={field.word()} class="range-field">
                <span class="name" id={id.clone()}>{ row.label }</span>
                <input type="range" min={least} max={most} step={row.step} value={value.clone()} disabled={self.locks.field(field)}
                    aria-labelledby={id} aria-valuetext={[&value, " ", field.unit()].concat().trim_end().to_owned()}
                    oninput={oninput.reform(|event: InputEvent| event.into())} />
                { self.typed(field) }
            </div>
        }
    }

    /// A number with its name and no slider.
    fn number(&self, field: Field) -> Html {
        html! {
            <div key={field.word()} class="number-field">
                <span class="name" id={name_id(field)}>{ field.row().label }</span>
                { self.typed(field) }
                if field == Field::Seed { { self.another_seed() } }
            </div>
        }
    }

    fn another_seed(&self) -> Html {
        let dispatch = self.dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Scenario(Change::AnotherSeed)));
        html! { <button type="button" class="" disabled={self.locks.field(Field::Seed)} {onclick}>{ "Another seed" }</button> }
    }

    /// One of a few words.
    fn select(&self, field: Field, words: &[&'static str]) -> Html {
        let (id, value) = ([field.word(), "-choice"].concat(), self.scenario.text(field));
        let onchange = self.on_change(field, |select: HtmlSelectElement| select.value());
        // A machine of the user's own is in the list only where a link has brought it.
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

    /// On or off.
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

    fn typed(&self, field: Field) -> Html {
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

/// What the page calls a word: its own name, or the word in capitals, as SQLite writes it.
fn name_of(field: Field, word: &'static str) -> AttrValue {
    value_name(field, word).map_or_else(|| word.to_ascii_uppercase().into(), AttrValue::from)
}

/// Text with what stands between backticks as code.
fn with_code(text: &'static str) -> Html {
    let parts = text.split('`').enumerate();
    parts
        .map(|(place, part)| {
            if place % 2 == 1 {
                html! { <code>{ part }</code> }
            } else {
                html! { { part } }
            }
        })
        .collect()
}
