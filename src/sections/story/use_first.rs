//! The outcome of the run that was kept to compare others with.

use crate::background::run_marks;
use crate::background::task::{AbortOnDrop, YieldTimer};
use crate::state::present::Present;
use crate::state::run::PIECE;
use lockstep_core::model;
use lockstep_core::scenario::Scenario;
use lockstep_core::trace::Outcome;
use std::rc::Rc;
use yew::prelude::*;

/// A run's outcome and its scenario.
type Known = (Scenario, Rc<Outcome>);

/// The outcome of the first run of a comparison; `None` where there is none or it is not known yet. The run that is shown is known,
/// and stays known when it is kept; another is computed in pieces.
#[hook]
pub(super) fn use_first(present: &Present) -> Option<Rc<Outcome>> {
    let shown = use_mut_ref(|| None::<Known>);
    let computed = use_state(|| None::<Known>);
    if let Some(run) =
        present.run.as_ref().filter(|run| present.first.as_deref().is_none_or(|first| run.trace.scenario == *first))
    {
        shown.replace(Some((run.trace.scenario.clone(), Rc::new(run.outcome.clone()))));
    }
    let outcome = present.first.as_deref().and_then(|first| {
        let is_of_first = |known: &&Known| known.0 == *first;
        let kept = shown.borrow();
        kept.as_ref().filter(is_of_first).or(computed.as_ref().filter(is_of_first)).map(|(_, outcome)| outcome.clone())
    });
    let missing = present.first.clone().filter(|_| outcome.is_none());
    let setter = computed.setter();
    use_effect_with(missing, move |missing| {
        let task = missing.clone().map(|first| {
            AbortOnDrop::spawn(async move {
                run_marks::mark(run_marks::ON_PAGE, 1);
                let mut timer = YieldTimer::start();
                let trace = model::run_in_pieces(&first, PIECE, async |_| timer.yield_if_due().await).await;
                setter.set(trace.ok().map(|trace| ((*first).clone(), Rc::new(Outcome::of(&trace)))));
            })
        });
        move || drop(task)
    });
    outcome
}
