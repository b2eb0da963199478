//! Runs the pending scenario, debounced: after the page has painted, and after a slider has stopped
//! moving.

use super::Dispatch;
use crate::background::run_marks;
use crate::background::task::{AbortOnDrop, YieldTimer};
use crate::state::action::{Action, RunNews};
use gloo_timers::future::TimeoutFuture;
use lockstep_core::run::{Progress, Run};
use lockstep_core::scenario::Scenario;
use std::rc::Rc;
use yew::prelude::*;

/// A run is small if tasks times timeout, in seconds, is at most this.
const SMALL_RUN_SECONDS: u64 = 10_000;
/// Short, so that small runs follow every move of a slider.
const SMALL_RUN_DEBOUNCE_MS: u32 = 10;
/// Long enough that no large run starts while a slider moves.
const LARGE_RUN_DEBOUNCE_MS: u32 = 150;

/// A run that takes longer than this, in milliseconds, reports its progress.
const LONG_RUN_MS: f64 = 150.0;

/// Runs `pending` and dispatches [`RunNews`]; a newer pending scenario cancels the run. The run
/// yields to the browser while it computes.
#[hook]
pub fn use_runs(pending: Option<Rc<Scenario>>, dispatch: &Dispatch) {
    use_effect_with((pending, dispatch.clone()), |(pending, dispatch)| {
        let task = pending.clone().map(|scenario| AbortOnDrop::spawn(run(scenario, dispatch.clone())));
        move || drop(task)
    });
}

async fn run(scenario: Rc<Scenario>, dispatch: Dispatch) {
    TimeoutFuture::new(debounce_ms(&scenario)).await;
    let mut timer = YieldTimer::start();
    let run = Run::compute(&scenario, async |Progress { reached, .. }| {
        if timer.is_due() && timer.elapsed_ms() >= LONG_RUN_MS {
            dispatch.dispatch(Action::Run(RunNews::Reached(scenario.clone(), reached)));
        }
        timer.yield_if_due().await;
    });
    run_marks::mark(run_marks::ON_PAGE, 1);
    let result = run.await.map(Rc::new);
    dispatch.dispatch(Action::Run(RunNews::Finished(scenario, result)));
}

fn debounce_ms(scenario: &Scenario) -> u32 {
    let waiting_seconds = u64::from(scenario.tasks) * scenario.timeout.millis() / 1000;
    if waiting_seconds <= SMALL_RUN_SECONDS { SMALL_RUN_DEBOUNCE_MS } else { LARGE_RUN_DEBOUNCE_MS }
}
