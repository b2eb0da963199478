//! The number input of a field. It keeps the typed text, even if it is invalid. Only valid values
//! are dispatched. For an invalid one, a message says which values are allowed.

use crate::hooks::use_dispatch;
use crate::state::action::{Action, Change};
use lockstep_core::scenario::{Field, Scenario};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of a number input.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The field.
    pub field: Field,
    /// The current value, as it is written in a link.
    pub value: AttrValue,
    /// Incremented when all controls are set at once. The input then discards the typed text.
    pub set_at_once: u32,
    /// Whether the field is locked.
    pub locked: bool,
}

/// A number input with its unit and an error message.
#[component]
pub fn NumberField(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let draft = use_draft(props.field, &props.value, props.set_at_once);
    let oninput = {
        let (draft, field) = (draft.clone(), props.field);
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            if canonical(field, &text).is_some() {
                dispatch.dispatch(Action::Scenario(Change::Set(field, text.clone())));
            }
            draft.set(Some(text));
        })
    };
    let onblur = {
        let (draft, field) = (draft.clone(), props.field);
        Callback::from(move |_: FocusEvent| {
            if draft.as_ref().is_some_and(|text| canonical(field, text).is_some()) {
                draft.set(None);
            }
        })
    };
    let is_invalid = draft.as_ref().is_some_and(|text| canonical(props.field, text).is_none());
    let problem = is_invalid.then(|| format!("{}: enter {}.", props.field.row().label, props.field.domain()));
    let problem_id = format!("{}-problem", props.field.word());
    let unit = props.field.unit();
    let text = draft.as_ref().map_or_else(|| props.value.clone(), |text| AttrValue::from(text.clone()));
    html! {
        <span class="number">
            <input type="number" value={text} disabled={props.locked} step={props.field.row().step} aria-labelledby={name_id(props.field)}
                inputmode="decimal" aria-invalid={is_invalid.then_some("true")}
                aria-describedby={is_invalid.then(|| problem_id.clone())} {oninput} {onblur} />
            if !unit.is_empty() { <span class="unit">{ unit }</span> }
            if let Some(problem) = problem { <span class="problem" id={problem_id} role="alert">{ problem }</span> }
        </span>
    }
}

/// The id of the element with the field's label.
#[must_use]
pub fn name_id(field: Field) -> String {
    [field.word(), "-name"].concat()
}

/// The text that the user is typing; `None` if the input shows the field's value. The text is
/// discarded when the slider, Reset or a link changes the field.
#[hook]
fn use_draft(field: Field, value: &AttrValue, set_at_once: u32) -> UseStateHandle<Option<String>> {
    let draft = use_state(|| None::<String>);
    let state = draft.clone();
    use_effect_with((field, value.clone()), move |(field, value)| {
        if state.as_ref().is_some_and(|text| canonical(*field, text).as_deref() != Some(value)) {
            state.set(None);
        }
    });
    let state = draft.clone();
    use_effect_with(set_at_once, move |_| state.set(None));
    draft
}

/// The value as it is written in a link; `None` if the text is not an allowed value.
fn canonical(field: Field, text: &str) -> Option<String> {
    let mut scenario = Scenario::default();
    scenario.set(field, text.trim()).ok()?;
    Some(scenario.text(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_allowed_values_have_a_canonical_form() {
        assert_eq!(canonical(Field::Timeout, "5.0"), Some("5".into()));
        assert_eq!(canonical(Field::Tasks, " 20 "), Some("20".into()));
        for text in ["", "-1", "0", "10001", "many", "1e400"] {
            assert_eq!(canonical(Field::Tasks, text), None, "{text}");
        }
    }
}
