//! The ready-made cases.

use crate::hooks::focus::{focus_on, focused};
use crate::state::terminals::Edit;
use gloo_timers::callback::Timeout;
use lockstep_core::terminals::{CASES, Case};
use web_sys::HtmlDetailsElement;
use yew::prelude::*;

/// The name of the case that is shown.
const HEADING: &str = ".case-now > h3";

/// Properties of [`CaseList`].
#[derive(Properties, PartialEq)]
pub(super) struct ListProps {
    /// Whether there is a script.
    pub(super) has_script: bool,
    /// Changes the state.
    pub(super) edit: Callback<Edit>,
}

/// The list of all cases. It is open at first if there is no script, and opens when the script is
/// removed. It closes when a case is chosen, but not while the user works below it.
#[component]
pub(super) fn CaseList(props: &ListProps) -> Html {
    let ListProps { has_script, edit } = props;
    let list = use_node_ref();
    use_effect_with((list.clone(), *has_script), |(list, has_script)| {
        if !has_script {
            set_open(list, true);
        } else if !focused().is_some_and(|element| element.closest(".terminals-body").is_ok_and(|found| found.is_some())) {
            set_open(list, false);
        }
    });
    let choose = {
        let (list, edit) = (list.clone(), edit.clone());
        Callback::from(move |change| {
            set_open(&list, false);
            edit.emit(change);
        })
    };
    html! {
        <details class="cases" ref={list}>
            <summary>{ format!("{} ready-made cases", CASES.len()) }</summary>
            <ul>
                for case in CASES { <li key={case.name}>{ case_button(case, case.title.to_owned(), &choose) }</li> }
            </ul>
        </details>
    }
}

fn set_open(list: &NodeRef, is_open: bool) {
    if let Some(list) = list.cast::<HtmlDetailsElement>() {
        list.set_open(is_open);
    }
}

/// The case that the script begins with, and what to look at.
pub(super) fn case_now(text: &str, locked: bool, edit: &Callback<Edit>) -> Html {
    let Some(index) = case_of(text) else { return Html::default() };
    let case = &CASES[index];
    let next = CASES.get(index + 1).filter(|_| !locked);
    html! {
        <div class="case-now" data-case={case.name}>
            <h3 tabindex="-1">{ case.title }</h3>
            <p>
                { case.about }
                for fact in case.facts { { " " }<a class="fact" href={["lesson/facts.html#f", fact].concat()}>{ "fact " }{ *fact }</a> }
            </p>
            if let Some(next) = next { <p class="case-next">{ case_button(next, format!("Next case: {}", next.title), edit) }</p> }
        </div>
    }
}

fn case_button(case: &'static Case, label: String, edit: &Callback<Edit>) -> Html {
    let onclick = edit.reform(|_: MouseEvent| {
        // When the case is rendered.
        Timeout::new(0, show_case).forget();
        Edit::Replace(case.script.to_owned())
    });
    html! { <button type="button" class="case-button" title={case.about} {onclick}>{ label }</button> }
}

/// Moves the focus to the name of the case, and scrolls so that its steps are visible too.
fn show_case() {
    focus_on(HEADING);
    if let Some(heading) = focused().filter(|element| element.matches(HEADING).unwrap_or(false)) {
        heading.scroll_into_view();
    }
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
