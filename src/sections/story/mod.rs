//! The story: what happened in the run, in words, and how it differs from another run. Hidden until
//! the user has answered the prediction.

mod compare;
mod findings;
mod use_first_outcome;

use crate::hooks::focus::{focus_on, focused};
use crate::hooks::use_present;
use use_first_outcome::use_first_outcome;
use yew::prelude::*;

/// Selector of the section that compares runs.
const COMPARE: &str = "#compare";
/// Selector of its link that keeps a run or stops comparing.
const TOGGLE_LINK: &str = "#compare [data-stay]";

/// See the module documentation.
#[component]
pub(super) fn Story() -> Html {
    let present = use_present();
    let first = use_first_outcome(&present);
    let is_visible = present.run.is_some() && !present.is_guessing;
    use_toggle_focus(present.first.is_some());
    if !is_visible {
        return Html::default();
    }
    let Some(run) = &present.run else { return Html::default() };
    let findings = html! { <findings::Findings run={run.clone()} link={present.link.clone()} /> };
    let compare = compare::compare(&present, run, first);
    // While runs are compared, the difference is more important than the findings.
    if present.first.is_some() {
        html! { <>{ compare }{ findings }</> }
    } else {
        html! { <>{ findings }{ compare }</> }
    }
}

/// Each of the links "Keep this run as A" and "Stop comparing" is replaced by the other when it is
/// followed. Moves the focus to the new one.
#[hook]
fn use_toggle_focus(is_comparing: bool) {
    let had_focus = focused().is_some_and(|active| active.closest(COMPARE).is_ok_and(|found| found.is_some()));
    use_effect_with(is_comparing, move |_| {
        if had_focus && focused().is_some_and(|active| active.tag_name() == "BODY") {
            focus_on(TOGGLE_LINK);
        }
    });
}
