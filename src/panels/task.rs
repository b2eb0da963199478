//! The task panel: the steps of the selected task, its busy-handler sleeps and used budget, and why
//! it waits.

use crate::panels::panel::panel;
use crate::state::moment::Moment;
use lockstep_core::decimal::fixed;
use lockstep_core::program::{Step, positions_in};
use lockstep_core::time::{SimDuration, SimTime};
use lockstep_core::trace::TaskId;
use lockstep_core::trace::backoff::sleeps_ms;
use lockstep_core::trace::task_now::{TaskNow, WaitNow};
use lockstep_core::words::task::{budget, length, state, why};
use std::fmt::Write;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Upper bound on the sleeps in the chart; later ones are left out.
const MAX_SLEEPS: usize = 120;

/// The task panel at `moment`. `on_select` is called with the task that the user selects, unless
/// the panel is `locked`.
pub fn task_panel(moment: &Moment, task: TaskId, locked: bool, on_select: &Callback<TaskId>) -> Html {
    let Moment { trace, index, now } = moment;
    let (at, tasks) = (now.at, trace.scenario.coroutines());
    let mut places = positions_in(trace, index, task);
    // Consecutive places in the same step are shown as one step.
    places.dedup_by_key(|place| (place.step, place.status));
    let task_now = TaskNow::at(trace, index, task, at);
    let on_select = on_select.clone();
    let onchange = Callback::from(move |event: Event| {
        let field: HtmlInputElement = event.target_unchecked_into();
        if let Some(number) = field.value().trim().parse().ok().filter(|number| (1..=tasks).contains(number)) {
            on_select.emit(TaskId::new(number));
        } else {
            field.set_value(&task.to_string());
        }
    });
    let timeout = trace.scenario.timeout;
    let steps = places.iter().enumerate().take_while(|(_, place)| place.at <= at).map(|(number, place)| {
        let until = places.get(number + 1).map_or(at, |next| next.at.min(at));
        step(place.step, place.at, until.since(place.at))
    });
    let inside = html! {
        <>
            <p class="reading">
                <label>{ "Task " }
                    <input type="number" aria-label="Selected task" min="1" max={tasks.to_string()} value={task.to_string()} disabled={locked} {onchange} />
                </label>
                { " " }<strong>{ state(&task_now) }</strong>
            </p>
            <p class="why" data-testid="why">{ why(trace, index, task, at) }</p>
            if let Some(wait) = task_now.wait { { sleeps_chart(&wait, timeout) } }
            <ol class="steps">{ for steps }</ol>
        </>
    };
    panel("task", "Selected task", Html::default(), inside)
}

fn step(step: Step, from: SimTime, duration: SimDuration) -> Html {
    let name = match step {
        Step::Acquire => "semaphore",
        Step::Connect => "connect",
        Step::Begin => "BEGIN",
        Step::Select => "SELECT",
        Step::Rollback => "rollback",
        Step::Pause => "pause",
        Step::PragmaJournal | Step::PragmaSynchronous => "PRAGMA",
        Step::Execute => "INSERT",
        Step::Sleep => "sleep",
        Step::Commit => "COMMIT",
        Step::Close | Step::CloseAfterError => "close",
        Step::Counted => "returned",
    };
    html! { <li><b>{ name }</b>{ format!(" at {} s", fixed(from.seconds(), 3)) }<span class="aside">{ length(duration) }</span></li> }
}

/// A bar for each sleep of the busy handler; those already slept are filled.
fn sleeps_chart(wait: &WaitNow, timeout: SimDuration) -> Html {
    let (mut slept, mut left, mut total, mut count) = (String::new(), String::new(), 0, 0);
    for (number, millis) in sleeps_ms(timeout).take(MAX_SLEEPS).enumerate() {
        total += u64::from(millis);
        count = number + 1;
        let path = if total <= wait.asked.millis() { &mut slept } else { &mut left };
        // Square-root scale, so that the short first sleeps are visible. Writing to a string cannot
        // fail.
        let height = 2 + millis.isqrt() * 3;
        let _ = write!(path, "M{} 34h3v-{height}h-3z", number * 5);
    }
    html! {
        <div class="ladder">
            <svg class="rungs" viewBox={format!("0 0 {} 34", (count * 5).max(60))} preserveAspectRatio="none" width="100%" height="34"
                aria-hidden="true">
                <path class="rungs-left" d={left} /><path class="rungs-slept" d={slept} />
            </svg>
            <p class="aside">{ budget(wait, timeout) }</p>
        </div>
    }
}
