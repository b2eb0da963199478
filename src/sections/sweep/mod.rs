//! The sweep: varies one setting over a range, runs each value with several seeds, and plots the
//! results.

mod curve;
mod form;
mod state;
mod table;

use super::Section;
use crate::background::pool::{parallel, request};
use crate::background::task::AbortOnDrop;
use crate::hooks::focus::focus_on;
use crate::hooks::use_present;
use curve::Curve;
use futures_util::{StreamExt, stream};
use lockstep_core::scenario::Scenario;
use lockstep_core::sweep::results::Point;
use lockstep_core::sweep::{Job, Measure, Sample, Sweep as Plan, description, measured};
use lockstep_core::text::counted;
use lockstep_worker::message::{Request, Response};
use state::{Action, Progress, Shown, State, SweepEvent};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use table::table;
use yew::prelude::*;

/// See the module documentation.
pub(super) const SECTION: Section = Section { id: "workshop-sweep", name: "Sweep", show: || html! { <Sweep /> } };

/// A value and its measured runs.
type Measured = (u64, Vec<Sample>);
/// Dispatches an action.
type Send = Callback<Action>;

#[component]
fn Sweep() -> Html {
    let state = use_reducer(State::default);
    let present = use_present().scenario.clone();
    let dispatcher = state.dispatcher();
    let send = Callback::from(move |action| dispatcher.dispatch(action));
    use_sweep(&state, &send);
    html! {
        <>
            <p>
                { "Varies one setting over a range and runs each value with several seeds. All other settings stay as in the run \
                   above. Select a point to open its run there." }
            </p>
            { form::ready(&send) }
            { form::form(&state, &present, &send) }
            if let Some(shown) = &state.shown { { outcome(shown, state.measure, &present, &send) } }
        </>
    }
}

/// Runs the current sweep. Cancelling it cancels its requests.
#[hook]
fn use_sweep(state: &State, send: &Send) {
    let send = send.clone();
    use_effect_with(state.running(), move |running| {
        let task = running.clone().map(|(number, sweep)| {
            let send = send.reform(move |event| Action::Event(number, event));
            AbortOnDrop::spawn(run(sweep, send))
        });
        move || drop(task)
    });
}

/// Sends the result of each run. If a value is refused, its remaining seeds are skipped, because
/// they would be refused too.
async fn run(sweep: Rc<Plan>, send: Callback<SweepEvent>) {
    let refused = RefCell::new(BTreeSet::new());
    let run = async |job: Job| {
        if refused.borrow().contains(&job.value_index) {
            return;
        }
        let message = Request::Sample { scenario: job.scenario.clone() };
        let result = match request(message, None, |_| {}).await {
            (Response::Sample(sample), _) => Ok(sample),
            (Response::Refused(reason), _) => Err(reason),
            _ => return,
        };
        if result.is_err() {
            refused.borrow_mut().insert(job.value_index);
        }
        send.emit(SweepEvent::Ran(job, result));
    };
    stream::iter(sweep.jobs()).for_each_concurrent(parallel() as usize, &run).await;
    send.emit(SweepEvent::Finished);
}

/// The progress, the curve with its caption, and the table.
fn outcome(shown: &Shown, measure: Measure, present: &Scenario, send: &Send) -> Html {
    let Shown { sweep, results, .. } = shown;
    let points = results.points(sweep, measure);
    let measured = measured::of(sweep);
    let words = words(sweep, &points, &measured, measure);
    html! {
        <>
            { progress_line(shown, send) }
            <figure class="sweep-figure">
                <Curve sweep={sweep.clone()} points={points.clone()} measured={measured.clone()} {measure} present={present.clone()} />
                <figcaption data-testid="sweep-words">
                    for sentence in words { <p>{ sentence }</p> }
                    <p class="quiet">{ legend(sweep, &points, &measured) }</p>
                </figcaption>
            </figure>
            for (value, refusal) in results.refused(sweep) {
                <p class="problem">{ format!("{}: {refusal}", sweep.axis.phrase(value)) }</p>
            }
            { table(sweep, &points, &measured, measure) }
        </>
    }
}

fn progress_line(shown: &Shown, send: &Send) -> Html {
    let (done, total) = (shown.results.done(), shown.sweep.total());
    let cancel = send.reform(|_: MouseEvent| {
        // This button disappears, and the focus would be lost.
        focus_on(&["#", form::RUN].concat());
        Action::Cancel
    });
    let (state, message) = match shown.progress {
        Progress::Running => ("running", String::new()),
        Progress::Done => ("done", format!("{done} runs done.")),
        Progress::Cancelled => ("cancelled", format!("Cancelled after {done} of {total} runs.")),
    };
    html! {
        <div class="sweep-progress" data-testid="sweep-progress" data-state={state} data-done={done.to_string()}>
            if shown.progress == Progress::Running {
                <progress max={total.to_string()} value={done.to_string()} aria-label="Runs done" />
                <span>{ format!("{done} of {total} runs") }</span>
                <button type="button" onclick={cancel}>{ "Cancel" }</button>
            }
            <span role="status">{ message }</span>
        </div>
    }
}

/// The sentences below the curve.
fn words(sweep: &Plan, points: &[Point], measured: &[Measured], measure: Measure) -> Vec<String> {
    let mut words = description::describe(points, sweep.axis, measure);
    words.extend(description::compare_with_measured(points, measured, sweep, measure));
    words
}

/// The legend of the curve.
fn legend(sweep: &Plan, points: &[Point], measured: &[Measured]) -> String {
    let runs: usize = measured.iter().map(|(_, samples)| samples.len()).sum();
    let diamonds = match runs {
        0 => "There are no measured runs with these settings.".to_owned(),
        _ => format!("Diamonds: {runs} measured runs of the real program."),
    };
    format!(
        "{}. Line: the median of {}; band: 5 to 95 % of them. {diamonds}",
        description::shared_settings(sweep),
        runs_of_each(points)
    )
}

/// "10 runs"; "2 to 3 runs" in an unfinished sweep.
fn runs_of_each(points: &[Point]) -> String {
    let runs = || points.iter().map(|point| point.runs);
    match (runs().min().unwrap_or(0), runs().max().unwrap_or(0)) {
        (least, most) if least == most => counted(most as u64, "run"),
        (least, most) => format!("{least} to {most} runs"),
    }
}
