//! A number that belongs to a field of the scenario. What is typed stays as typed, however wrong;
//! only what the field can take reaches the scenario, and a message says what that is.

use crate::hooks::use_dispatch;
use crate::state::action::{Action, Change};
use lockstep_core::scenario::{Field, Scenario};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a number field shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The field.
    pub field: Field,
    /// Its present value, as a link has it.
    pub value: AttrValue,
    /// How often all controls were set at once, which ends all typing.
    pub set_at_once: u32,
    /// Whether a link has locked it.
    pub locked: bool,
}

/// See the module.
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
    let wrong = draft.as_ref().is_some_and(|text| canonical(props.field, text).is_none());
    let problem = wrong.then(|| format!("{} takes {}.", props.field.row().label, props.field.domain()));
    let problem_id = format!("{}-problem", props.field.word());
    let unit = props.field.unit();
    let text = draft.as_ref().map_or_else(|| props.value.clone(), |text| AttrValue::from(text.clone()));
    html! {
        <span class="number">
            <input type="number" value={text} disabled={props.locked} step={props.field.row().step} aria-labelledby={name_id(props.field)}
                inputmode="decimal" aria-invalid={wrong.then_some("true")}
                aria-describedby={wrong.then(|| problem_id.clone())} {oninput} {onblur} />
            if !unit.is_empty() { <span class="unit">{ unit }</span> }
            if let Some(problem) = problem { <span class="problem" id={problem_id} role="alert">{ problem }</span> }
        </span>
    }
}

/// The id of the element that holds a field's name.
#[must_use]
pub fn name_id(field: Field) -> String {
    [field.word(), "-name"].concat()
}

/// The text being typed, if any. It gives way as soon as the field changes from elsewhere: a
/// slider, Reset, a link.
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

/// The text as the scenario would write it; none if the field cannot take it.
fn canonical(field: Field, text: &str) -> Option<String> {
    let mut scenario = Scenario::default();
    scenario.set(field, text.trim()).ok()?;
    Some(scenario.text(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_field_can_take_has_a_canonical_form() {
        assert_eq!(canonical(Field::Timeout, "5.0"), Some("5".into()));
        assert_eq!(canonical(Field::Tasks, " 20 "), Some("20".into()));
        for text in ["", "-1", "0", "10001", "many", "1e400"] {
            assert_eq!(canonical(Field::Tasks, text), None, "{text}");
        }
    }
}
