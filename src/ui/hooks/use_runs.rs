//! Runs the scenario that is waiting for it: after the page had time to paint, and after a dragged slider has come to rest.

use super::Dispatch;
use crate::scenario::Scenario;
use crate::ui::run::Run;
use crate::ui::workbench::Action;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// Waiting seconds, tasks times timeout, up to which a run follows every move of a slider.
const SMALL: u64 = 10_000;
const PAUSE_BEFORE_A_SMALL_RUN_MS: u32 = 10;
/// Long enough for a slider on its way, short enough for one that has arrived.
const PAUSE_BEFORE_A_LARGE_RUN_MS: u32 = 150;

/// Runs `pending` and sends [`Action::Finished`]; a newer one takes its place before it has begun.
#[hook]
pub fn use_runs(pending: Option<Rc<Scenario>>, dispatch: &Dispatch) {
    use_effect_with((pending, dispatch.clone()), |(pending, dispatch)| {
        let timer = pending.clone().map(|scenario| later(scenario, dispatch.clone()));
        move || drop(timer)
    });
}

fn later(scenario: Rc<Scenario>, dispatch: Dispatch) -> Timeout {
    Timeout::new(pause_before(&scenario), move || {
        let result = Run::of(&scenario).map(Rc::new);
        dispatch.dispatch(Action::Finished(scenario, result));
    })
}

fn pause_before(scenario: &Scenario) -> u32 {
    let waiting_seconds = u64::from(scenario.tasks) * scenario.timeout.millis() / 1000;
    if waiting_seconds <= SMALL { PAUSE_BEFORE_A_SMALL_RUN_MS } else { PAUSE_BEFORE_A_LARGE_RUN_MS }
}
