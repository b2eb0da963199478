//! A field of the scenario that takes one of a few words.

use crate::scenario::Field;
use crate::ui::hooks::use_dispatch;
use crate::ui::workbench::Action;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What a select field shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The field.
    pub field: Field,
    /// Its name on the page.
    pub label: AttrValue,
    /// Its present value, as a link has it.
    pub value: AttrValue,
    /// Every value, as a link has it and as the page names it.
    pub choices: Vec<(AttrValue, AttrValue)>,
}

/// See the module.
#[component]
pub fn SelectField(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let field = props.field;
    let onchange = Callback::from(move |event: Event| {
        let word = event.target_unchecked_into::<HtmlSelectElement>().value();
        dispatch.dispatch(Action::Set(field, word));
    });
    let id = format!("{}-choice", field.word());
    html! {
        <div class="select-field">
            <label for={id.clone()} class="name">{ &props.label }</label>
            <select {id} {onchange}>
                for (word, name) in props.choices.iter() {
                    <option key={word.as_str()} value={word.clone()} selected={*word == props.value}>{ name }</option>
                }
            </select>
        </div>
    }
}
