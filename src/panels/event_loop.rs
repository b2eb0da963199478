//! The event loop: its pass, how far it is, and what waits for the next one. The answer to the question's first question.

use crate::panels::panel::panel;
use crate::state::moment::Moment;
use lockstep_core::decimal::fixed;
use lockstep_core::trace::loop_now::LoopNow;
use yew::prelude::*;

/// See the module.
pub fn loop_panel(moment: &Moment) -> Html {
    let Moment { trace, index, now } = moment;
    let now = LoopNow::at(trace, index, now.at);
    let (number, ntodo) = now.pass.map_or((0, 0), |pass| (pass.number, pass.ntodo));
    let tasks = trace.scenario.tasks;
    let bars = html! {
        <>
            <p class="reading">{ "Pass " }<strong class="figure">{ number }</strong></p>
            { bar("Callbacks of this pass, ntodo:", ntodo, tasks) }
            { bar("Answers that wait for the next:", now.waiting, tasks) }
            <p class="why">{ does(&now) }</p>
        </>
    };
    panel("loop", "Event loop", Html::default(), bars)
}

fn bar(before: &'static str, count: u32, of: u32) -> Html {
    let part = (f64::from(count) / f64::from(of.max(1)) * 100.0).min(100.0);
    html! {
        <div class="bar">
            <span>{ before }{ " " }<b>{ count }</b></span>
            <svg width="100%" height="6" aria-hidden="true"><rect class="bar-all" width="100%" height="6" />
                <rect class="bar-part" width={format!("{}%", fixed(part, 0))} height="6" /></svg>
        </div>
    }
}

fn does(now: &LoopNow) -> String {
    let Some(last) = now.last else {
        return if now.stopped {
            STOPPED
        } else if now.pass.is_none() {
            "It has not begun."
        } else {
            "It takes in answers; no coroutine has run in this pass."
        }
        .to_owned();
    };
    let ran = now.ran;
    match now {
        _ if now.stopped => STOPPED.to_owned(),
        LoopNow { waiting: 0, .. } => {
            format!("Run on in this pass: {ran}, task {last} the last. Now it waits for a worker to answer.")
        }
        _ => format!("Run on in this pass: {ran}, task {last} the last. What came in since waits for the next pass."),
    }
}

const STOPPED: &str = "It has stopped: what workers answer now nobody sees.";
