//! Runs the scenario that is waiting for it: after the page had time to paint, and after a dragged slider has come to rest.

use super::Dispatch;
use crate::background::run_marks;
use crate::background::task::{AbortOnDrop, YieldTimer};
use crate::state::action::{Action, RunNews};
use crate::state::run::{Progress, Run};
use gloo_timers::future::TimeoutFuture;
use lockstep_core::scenario::Scenario;
use std::rc::Rc;
use yew::prelude::*;

/// Waiting seconds, tasks times timeout, up to which a run follows every move of a slider.
const SMALL: u64 = 10_000;
const PAUSE_BEFORE_A_SMALL_RUN_MS: u32 = 10;
/// Long enough for a slider on its way, short enough for one that has arrived.
const PAUSE_BEFORE_A_LARGE_RUN_MS: u32 = 150;

/// A run that takes longer than this shows its progress.
const LONG_MS: f64 = 150.0;

/// Runs `pending` and sends [`Action::Finished`]; a newer one takes its place, also where it has begun. The browser comes to its own
/// work, and to the reader's, after each piece of a long run.
#[hook]
pub fn use_runs(pending: Option<Rc<Scenario>>, dispatch: &Dispatch) {
    use_effect_with((pending, dispatch.clone()), |(pending, dispatch)| {
        let work = pending.clone().map(|scenario| AbortOnDrop::spawn(work(scenario, dispatch.clone())));
        move || drop(work)
    });
}

async fn work(scenario: Rc<Scenario>, dispatch: Dispatch) {
    TimeoutFuture::new(pause_before(&scenario)).await;
    let mut timer = YieldTimer::start();
    let run = Run::compute(&scenario, async |Progress { reached, .. }| {
        if timer.is_due() && timer.elapsed_ms() >= LONG_MS {
            dispatch.dispatch(Action::Run(RunNews::Reached(scenario.clone(), reached)));
        }
        timer.yield_if_due().await;
    });
    run_marks::mark(run_marks::ON_PAGE, 1);
    let result = run.await.map(Rc::new);
    dispatch.dispatch(Action::Run(RunNews::Finished(scenario, result)));
}

fn pause_before(scenario: &Scenario) -> u32 {
    let waiting_seconds = u64::from(scenario.tasks) * scenario.timeout.millis() / 1000;
    if waiting_seconds <= SMALL { PAUSE_BEFORE_A_SMALL_RUN_MS } else { PAUSE_BEFORE_A_LARGE_RUN_MS }
}
