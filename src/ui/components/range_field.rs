//! A slider and a number field for the same number, under one name. The slider reaches as far as is usual; the number field
//! takes all that the scenario can.

use super::number_field::NumberField;
use crate::scenario::Field;
use crate::ui::hooks::use_dispatch;
use crate::ui::workbench::Action;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a range field shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The field.
    pub field: Field,
    /// Its name on the page.
    pub label: AttrValue,
    /// Its present value, as a link has it.
    pub value: AttrValue,
    /// How often all controls were set at once.
    pub set_at_once: u32,
    /// The slider's least value.
    pub least: AttrValue,
    /// The slider's greatest value.
    pub most: AttrValue,
    /// The slider's step.
    pub step: AttrValue,
    /// The unit, if it has one.
    #[prop_or_default]
    pub unit: AttrValue,
}

/// See the module.
#[component]
pub fn RangeField(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let field = props.field;
    let oninput = Callback::from(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        dispatch.dispatch(Action::Set(field, text));
    });
    let id = AttrValue::from(format!("{}-name", field.word()));
    html! {
        <div class="range-field">
            <span class="name" id={id.clone()}>{ &props.label }</span>
            <input type="range" min={props.least.clone()} max={props.most.clone()} step={props.step.clone()}
                value={props.value.clone()} aria-labelledby={id.clone()}
                aria-valuetext={format!("{} {}", props.value, props.unit).trim_end().to_owned()} {oninput} />
            <NumberField {field} label={props.label.clone()} labelled_by={id} value={props.value.clone()}
                set_at_once={props.set_at_once} step={props.step.clone()} unit={props.unit.clone()} />
        </div>
    }
}
