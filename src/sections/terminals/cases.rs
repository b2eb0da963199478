//! The ready-made cases.

use crate::state::terminals::{Edit, Terminals};
use lockstep_core::terminals::{CASES, Case};
use yew::prelude::*;

/// The list of all cases. It is open while the script is empty.
pub(super) fn case_list(state: &Terminals, locked: bool, edit: &Callback<Edit>) -> Html {
    if locked {
        return Html::default();
    }
    html! {
        <details class="cases" open={state.text.is_empty()}>
            <summary>{ format!("{} ready-made cases", CASES.len()) }</summary>
            <ul>
                for case in CASES { <li key={case.name}>{ case_button(case, case.title, edit) }</li> }
            </ul>
        </details>
    }
}

/// The case that the script begins with, and what to look at.
pub(super) fn case_now(text: &str, locked: bool, edit: &Callback<Edit>) -> Html {
    let Some(index) = case_of(text) else { return Html::default() };
    let case = &CASES[index];
    let next = CASES.get(index + 1).filter(|_| !locked);
    html! {
        <div class="case-now" data-case={case.name}>
            <h3>{ case.title }</h3>
            <p>
                { case.about }
                for fact in case.facts { { " " }<a class="fact" href={["lesson/facts.html#f", fact].concat()}>{ "fact " }{ *fact }</a> }
            </p>
            if let Some(next) = next { <p class="case-next">{ "Next: " }{ case_button(next, next.title, edit) }</p> }
        </div>
    }
}

fn case_button(case: &'static Case, label: &'static str, edit: &Callback<Edit>) -> Html {
    let onclick = edit.reform(|_: MouseEvent| Edit::Replace(case.script.to_owned()));
    html! { <button type="button" class="case-button" title={case.about} {onclick}>{ label }</button> }
}

/// The case whose script `text` begins with; of several, the one with the longest script.
fn case_of(text: &str) -> Option<usize> {
    let begins = |case: &Case| text.strip_prefix(case.script).is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'));
    let matching = CASES.iter().enumerate().filter(|(_, case)| begins(case));
    matching.max_by_key(|(_, case)| case.script.len()).map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_recognized_by_its_script_also_when_lines_are_added() {
        for (index, case) in CASES.iter().enumerate() {
            assert_eq!(case_of(case.script), Some(index), "{}", case.name);
            assert_eq!(case_of(&[case.script, "\nA: SELECT 1"].concat()), Some(index), "{}", case.name);
        }
        assert_eq!(case_of("A: SELECT 1"), None);
    }
}
