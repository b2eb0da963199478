//! The event loop panel: the current iteration, its progress, and the results that wait for the
//! next one.

use crate::panels::panel::panel;
use crate::state::moment::Moment;
use lockstep_core::decimal::fixed;
use lockstep_core::trace::loop_now::LoopNow;
use yew::prelude::*;

/// The event loop panel at `moment`.
pub fn loop_panel(moment: &Moment) -> Html {
    let Moment { trace, index, now } = moment;
    let now = LoopNow::at(trace, index, now.at);
    let (number, ntodo) = now.iteration.map_or((0, 0), |pass| (pass.number, pass.ntodo));
    let tasks = trace.scenario.tasks;
    let bars = html! {
        <>
            <p class="reading">{ "Iteration " }<strong class="figure">{ number }</strong></p>
            { bar("Callbacks in this iteration, ntodo:", ntodo, tasks) }
            { bar("Results waiting for the next iteration:", now.waiting, tasks) }
            <p class="why">{ status(&now) }</p>
        </>
    };
    panel("loop", "Event loop", Html::default(), bars)
}

fn bar(label: &'static str, count: u32, of: u32) -> Html {
    let percent = (f64::from(count) / f64::from(of.max(1)) * 100.0).min(100.0);
    html! {
        <div class="bar">
            <span>{ label }{ " " }<b>{ count }</b></span>
            <svg width="100%" height="6" aria-hidden="true"><rect class="bar-all" width="100%" height="6" />
                <rect class="bar-part" width={format!("{}%", fixed(percent, 0))} height="6" /></svg>
        </div>
    }
}

fn status(now: &LoopNow) -> String {
    let Some(last) = now.last else {
        return if now.stopped {
            STOPPED
        } else if now.iteration.is_none() {
            "The loop has not started yet."
        } else {
            "The loop collects results; no coroutine has run in this iteration yet."
        }
        .to_owned();
    };
    let ran = now.ran;
    match now {
        _ if now.stopped => STOPPED.to_owned(),
        LoopNow { waiting: 0, .. } => {
            format!(
                "Coroutines resumed in this iteration: {ran}, task {last} most recently. Now the loop waits for a worker thread."
            )
        }
        _ => format!(
            "Coroutines resumed in this iteration: {ran}, task {last} most recently. Newer results wait for the next one."
        ),
    }
}

const STOPPED: &str = "The loop has stopped: further results from the worker threads are ignored.";
