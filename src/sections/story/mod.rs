//! What can be said of the run that the page shows: what happened in it, in words, and how it differs from another. It stands right
//! below the page, in `#story`, and not before the reader has guessed.

mod compare;
mod findings;

use super::present::use_present;
use crate::background::under_way::{UnderWay, breathe};
use crate::hooks::focus::{focus_on, focused};
use crate::state::run::Run;
use gloo_timers::future::TimeoutFuture;
use lockstep_core::findings::findings as found;
use lockstep_core::scenario::Scenario;
use lockstep_core::trace::Outcome;
use std::rc::Rc;
use yew::prelude::*;

/// After a control has changed, the page runs first.
const AFTER_THE_PAGE_MS: u32 = 60;

/// Where runs are compared, and the link there that keeps one or lets it go.
const COMPARE: &str = "#compare";
const KEEPS: &str = "#compare [data-stay]";

/// A run, and what came of it and of the one that was kept.
#[derive(PartialEq)]
struct Told {
    scenario: Scenario,
    findings: Vec<lockstep_core::findings::Finding>,
    outcome: Outcome,
    /// The run that was kept, if one was.
    first: Option<(Scenario, Outcome)>,
}

impl Told {
    /// Runs `scenario`, and `first`; none if one of them is too large, which the page says.
    async fn of(scenario: Scenario, first: Option<Scenario>) -> Option<Self> {
        let run = Run::compute(&scenario, async |_| breathe().await).await.ok()?;
        let findings = found(&run.trace, &run.index);
        let first = match first {
            Some(first) if first == scenario => Some((first, run.outcome.clone())),
            Some(first) => {
                let run = Run::compute(&first, async |_| breathe().await).await.ok()?;
                Some((first, run.outcome))
            }
            None => None,
        };
        Some(Self { scenario, findings, outcome: run.outcome, first })
    }
}

/// See the module.
#[component]
pub(super) fn Story() -> Html {
    let (link, guessing) = use_present();
    let told = use_state(|| None::<Rc<Told>>);
    let (scenario, first) = match link.second.clone() {
        Some(second) => (second, Some(link.scenario.clone())),
        None => (link.scenario.clone(), None),
    };
    {
        let told = told.setter();
        use_effect_with((scenario, first), move |(scenario, first)| {
            let (scenario, first) = (scenario.clone(), first.clone());
            let work = UnderWay::begin(async move {
                TimeoutFuture::new(AFTER_THE_PAGE_MS).await;
                told.set(Told::of(scenario, first).await.map(Rc::new));
            });
            move || drop(work)
        });
    }
    use_focus_that_stays(told.as_ref().map(|told| told.first.is_some()));
    let Some(told) = told.as_ref().filter(|_| !guessing) else { return Html::default() };
    let (findings, compare) = (findings::findings(told, &link), compare::compare(told, &link));
    // Who has kept a run wants to see the difference first.
    if told.first.is_some() {
        html! { <>{ compare }{ findings }</> }
    } else {
        html! { <>{ findings }{ compare }</> }
    }
}

/// Whoever keeps a run, or lets it go, does so by a link that then goes away with its place: the focus goes on to the one that takes it back.
#[hook]
fn use_focus_that_stays(keeps: Option<bool>) {
    let had_it = focused().is_some_and(|active| active.closest(COMPARE).is_ok_and(|found| found.is_some()));
    use_effect_with(keeps, move |_| {
        if had_it && focused().is_some_and(|active| active.tag_name() == "BODY") {
            focus_on(KEEPS);
        }
    });
}
