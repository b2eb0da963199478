//! The run that the page shows, worked out here again for those parts of the workshop that read its trace. It is a pure function of
//! the scenario, so both have the same.

use gloo_timers::callback::Timeout;
use lockstep_core::model;
use lockstep_core::scenario::Scenario;
use lockstep_core::trace::{Trace, TraceIndex};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// The page's own run comes first, and a slider on its way is let go by.
const PAUSE_MS: u32 = 400;

thread_local! {
    /// The latest one: all parts ask for the same.
    static LATEST: RefCell<Option<(Scenario, Answer)>> = const { RefCell::new(None) };
}

/// A run, or why it was refused.
type Answer = Result<Rc<PresentRun>, String>;

/// A run with its look-up tables, which hold its outcome.
pub(super) struct PresentRun {
    pub(super) trace: Trace,
    pub(super) index: TraceIndex,
}

/// Two of the same scenario are the same.
impl PartialEq for PresentRun {
    fn eq(&self, other: &Self) -> bool {
        self.trace.scenario == other.trace.scenario
    }
}

/// The run of `scenario`, if it is `wanted`: none until it is done, and none if it is too large, which the page says.
#[hook]
pub(super) fn use_present_run(scenario: &Scenario, wanted: bool) -> Option<Rc<PresentRun>> {
    let run = use_state_eq(|| None::<Rc<PresentRun>>);
    let setter = run.setter();
    use_effect_with((scenario.clone(), wanted), move |(scenario, wanted)| {
        let scenario = scenario.clone();
        let timer = wanted.then(|| Timeout::new(PAUSE_MS, move || setter.set(present_run(&scenario).ok())));
        move || drop(timer)
    });
    (*run).clone().filter(|run| wanted && run.trace.scenario == *scenario)
}

/// The run of `scenario`, which is kept until another one is asked for.
///
/// # Errors
/// Why it was refused.
pub(super) fn present_run(scenario: &Scenario) -> Answer {
    LATEST.with_borrow_mut(|latest| match latest {
        Some((of, run)) if of == scenario => run.clone(),
        _ => {
            let run = model::run(scenario).map_err(|refusal| refusal.to_string());
            let run = run.map(|trace| Rc::new(PresentRun { index: TraceIndex::of(&trace), trace }));
            latest.insert((scenario.clone(), run)).1.clone()
        }
    })
}
