//! The program panel: the Python program of the scenario, with the current line of the selected
//! task highlighted.

use crate::panels::panel::panel as foldable_panel;
use crate::state::moment::Moment;
use lockstep_core::program::{Position, Source, Step, position::Status, position_at, positions_in};
use lockstep_core::run::Run;
use lockstep_core::trace::TaskId;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The properties of [`ProgramView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub run: Rc<Run>,
    /// The run at its playhead.
    pub moment: Moment,
    /// The task whose current line is highlighted.
    pub task: TaskId,
}

/// See the module documentation. Rendered again only when the task moves to another line.
#[component]
pub fn ProgramView(props: &Props) -> Html {
    let moment = &props.moment;
    let places = use_memo((moment.trace.clone(), moment.index.clone(), props.task), |(trace, index, task)| {
        positions_in(trace, index, *task)
    });
    let place = position_at(&places, moment.at());
    let task = props.task;
    let list = use_node_ref();
    let dependencies = (props.run.clone(), place.map(|place| (place.step, place.status)), task);
    let rendered = list.clone();
    use_effect_with(dependencies.clone(), move |_| scroll_to_line(&rendered));
    (*use_memo(dependencies, |(run, _, task)| panel(&run.source, *task, place, list))).clone()
}

/// Scrolls the list, but not the page, so that the highlighted line is in its middle.
fn scroll_to_line(list: &NodeRef) {
    let Some(list) = list.cast::<HtmlElement>() else { return };
    let line = list.query_selector("[aria-current]").ok().flatten().and_then(|line| line.dyn_into::<HtmlElement>().ok());
    if let Some(line) = line {
        list.set_scroll_top(line.offset_top() - list.client_height() / 2);
    }
}

fn panel(source: &Source, task: TaskId, place: Option<Position>, list: NodeRef) -> Html {
    let inside = html! {
        <div ref={list} class="program" data-testid="program" tabindex="0" role="region" aria-labelledby="program-name">
            <pre><code>{ for source.lines.iter().map(|line| {
                let here = place.filter(|place| line.step == Some(place.step));
                let class = classes!(
                    "line",
                    line.changed.then_some("changed"),
                    here.map(|place| if place.status == Status::Failed { "failed-here" } else { "here" }),
                );
                html! { <span {class} aria-current={here.map(|_| "step")}>{ &line.text }{ "\n" }</span> }
            }) }</code></pre>
        </div>
    };
    foldable_panel("program", "Program", html! { <span class="aside">{ status(task, place) }</span> }, inside)
}

/// The current line in words, also for users who cannot see the highlight.
fn status(task: TaskId, place: Option<Position>) -> String {
    let Some(place) = place else { return format!("task {task} has not started") };
    let status = match (place.status, place.step) {
        (Status::Failed, _) => "raised: database is locked",
        (Status::Returned, _) => "has returned",
        (_, Step::Acquire) => "waits for the semaphore",
        (_, Step::Connect) => "awaits its connection",
        (_, Step::PragmaJournal | Step::PragmaSynchronous) => "awaits a PRAGMA",
        (_, Step::Begin) => "awaits its BEGIN",
        (_, Step::Select) => "awaits its SELECT",
        (_, Step::Execute) => "awaits its INSERT",
        (_, Step::Sleep) => "is asleep with its transaction open",
        (_, Step::Commit) => "awaits its COMMIT",
        (_, Step::Rollback) => "rolls back",
        (_, Step::Pause) => "pauses before it retries",
        (_, Step::Close | Step::CloseAfterError | Step::Counted) => "awaits its close",
    };
    format!("task {task} {status}")
}
