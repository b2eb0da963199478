//! The outcome of run A of a comparison.

use crate::background::run_marks;
use crate::background::task::{AbortOnDrop, YieldTimer};
use crate::state::present::Present;
use lockstep_core::model;
use lockstep_core::run::PIECE;
use lockstep_core::scenario::Scenario;
use lockstep_core::trace::Outcome;
use std::rc::Rc;
use yew::prelude::*;

/// A scenario and the outcome of its run.
type Known = (Scenario, Rc<Outcome>);

/// The outcome of run A; `None` if runs are not being compared, or until it is known. If the run on
/// screen becomes run A, its outcome is reused; otherwise it is computed in pieces.
#[hook]
pub(super) fn use_first_outcome(present: &Present) -> Option<Rc<Outcome>> {
    let shown = use_mut_ref(|| None::<Known>);
    let computed = use_state(|| None::<Known>);
    if let Some(run) =
        present.run.as_ref().filter(|run| present.first.as_deref().is_none_or(|first| run.trace.scenario == *first))
    {
        let mut shown = shown.borrow_mut();
        if shown.as_ref().is_none_or(|(scenario, _)| *scenario != run.trace.scenario) {
            *shown = Some((run.trace.scenario.clone(), Rc::new(run.outcome.clone())));
        }
    }
    let outcome = present.first.as_deref().and_then(|first| {
        let is_of_first = |known: &&Known| known.0 == *first;
        let on_screen = shown.borrow();
        on_screen.as_ref().filter(is_of_first).or(computed.as_ref().filter(is_of_first)).map(|(_, outcome)| outcome.clone())
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
