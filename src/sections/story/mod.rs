//! What happened in the run, in words, and how it differs from another. Hidden until the user has guessed.

mod compare;
mod findings;
mod use_first;

use crate::hooks::focus::{focus_on, focused};
use crate::hooks::use_present;
use use_first::use_first;
use yew::prelude::*;

/// Where runs are compared, and the link there that keeps a run or stops comparing.
const COMPARE: &str = "#compare";
const KEEP_OR_STOP: &str = "#compare [data-stay]";

/// See the module.
#[component]
pub(super) fn Story() -> Html {
    let present = use_present();
    let first = use_first(&present);
    let is_told = present.run.is_some() && !present.is_guessing;
    use_kept_focus(present.first.is_some());
    if !is_told {
        return Html::default();
    }
    let Some(run) = &present.run else { return Html::default() };
    let findings = html! { <findings::Findings run={run.clone()} link={present.link.clone()} /> };
    let compare = compare::compare(&present, run, first);
    // A user who has kept a run wants to see the difference first.
    if present.first.is_some() {
        html! { <>{ compare }{ findings }</> }
    } else {
        html! { <>{ findings }{ compare }</> }
    }
}

/// The link that keeps a run goes away when it is followed, and so does the link that stops comparing. The focus then moves to the
/// other one.
#[hook]
fn use_kept_focus(compares: bool) {
    let had_focus = focused().is_some_and(|active| active.closest(COMPARE).is_ok_and(|found| found.is_some()));
    use_effect_with(compares, move |_| {
        if had_focus && focused().is_some_and(|active| active.tag_name() == "BODY") {
            focus_on(KEEP_OR_STOP);
        }
    });
}
