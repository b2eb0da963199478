//! Downloads of the run's events and of its Python program.

use super::{file_name, save};
use crate::background::pool::request;
use js_sys::Array;
use lockstep_core::export::Format;
use lockstep_core::run::Run;
use lockstep_core::scenario::Scenario;
use lockstep_worker::message::{Request, Response};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The properties of [`Events`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) run: Rc<Run>,
}

/// See the module documentation.
#[component]
pub(super) fn Events(props: &Props) -> Html {
    let run = &props.run;
    let busy = use_state_eq(|| None::<Format>);
    let sizes =
        use_memo(run.clone(), |run| Format::ALL.map(|(format, _)| (format, format.estimated_bytes(&run.trace, &run.index))));
    let row = |(format, bytes): (Format, usize)| {
        let (is_busy, run, busy) = (*busy == Some(format), run.clone(), busy.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let (run, busy) = (run.clone(), busy.clone());
            busy.set(Some(format));
            spawn_local(async move {
                write(&run.trace.scenario, format).await;
                busy.set(None);
            });
        });
        file_row(name(format), description(format), &format!("about {}", save::size(bytes)), is_busy, onclick)
    };
    html! {
        <ul class="take-files">
            { for sizes.iter().copied().map(row) }
            { program(run) }
        </ul>
    }
}

async fn write(scenario: &Scenario, format: Format) {
    let message = Request::File { scenario: scenario.clone(), format };
    if let (Response::File, Some(file)) = request(message, None, |_| {}).await {
        save::save_blob(&[&file_name(scenario), format.ending()].concat(), file.unchecked_ref());
    }
}

fn program(run: &Run) -> Html {
    let text: String = run.source.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect();
    let size = save::size(text.len());
    let onclick = Callback::from(move |_: MouseEvent| {
        save::save("lockstep.py", "text/x-python", &Array::of1(&text.as_str().into()));
    });
    file_row("Python program", "the real program, to run yourself", &size, false, onclick)
}

fn file_row(name: &'static str, description: &str, size: &str, busy: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <li>
            <button type="button" disabled={busy} aria-label={["Download ", name].concat()} {onclick}>
                { if busy { "Writing\u{2026}" } else { "Download" } }
            </button>
            <span><strong>{ name }</strong>{ ": " }{ description }{ "; " }{ size }</span>
        </li>
    }
}

const fn name(format: Format) -> &'static str {
    match format {
        Format::Json => "Trace as JSON",
        Format::Csv => "Events as CSV",
        Format::TraceEvent => "Trace Event JSON",
    }
}

const fn description(format: Format) -> &'static str {
    match format {
        Format::Json => "the complete trace, which can be opened here again",
        Format::Csv => "one line per event, for a spreadsheet or pandas",
        Format::TraceEvent => "for ui.perfetto.dev: tasks as threads, the lock as a track",
    }
}
