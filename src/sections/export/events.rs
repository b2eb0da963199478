//! The run's events as files, and its Python program.

use super::{Made, Shared, save};
use crate::sections::clerk::{self, questions};
use js_sys::Array;
use lockstep_core::export::Format;
use lockstep_core::program::Source;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Of which run.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) made: Shared,
}

/// See the module.
#[component]
pub(super) fn Events(props: &Props) -> Html {
    let busy = use_state_eq(|| None::<Format>);
    let entry = |format: Format, bytes: usize| {
        let (busy_now, shared, busy) = (*busy == Some(format), props.made.clone(), busy.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let (shared, busy) = (shared.clone(), busy.clone());
            busy.set(Some(format));
            spawn_local(async move {
                write(&shared, format).await;
                busy.set(None);
            });
        });
        let size = format!("about {}", save::size(bytes));
        file_row(name(format), words(format), &size, busy_now, onclick)
    };
    html! {
        <ul class="take-files">
            for (format, bytes) in Format::ALL.iter().map(|(format, _)| *format).zip(&props.made.facts.bytes) { { entry(format, *bytes) } }
            { program(&props.made) }
        </ul>
    }
}

async fn write(made: &Made, format: Format) {
    if let Ok(file) = clerk::ask(questions::file(&made.scenario, format)).await.dyn_into() {
        save::save_blob(&[&made.name(), format.ending()].concat(), &file);
    }
}

fn program(made: &Shared) -> Html {
    let source = Source::of(&made.scenario);
    let text: String = source.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect();
    let size = save::size(text.len());
    let onclick = Callback::from(move |_: MouseEvent| {
        save::save("lockstep.py", "text/x-python", &Array::of1(&text.as_str().into()));
    });
    file_row("Python program", "the real thing, to run yourself", &size, false, onclick)
}

fn file_row(name: &'static str, words: &str, size: &str, busy: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <li>
            <button type="button" disabled={busy} aria-label={["Download ", name].concat()} {onclick}>
                { if busy { "Writing\u{2026}" } else { "Download" } }
            </button>
            <span><strong>{ name }</strong>{ ": " }{ words }{ "; " }{ size }</span>
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

const fn words(format: Format) -> &'static str {
    match format {
        Format::Json => "everything, and can be opened here again",
        Format::Csv => "a line an event, for a spreadsheet or pandas",
        Format::TraceEvent => "for ui.perfetto.dev: tasks as threads, the lock as a track",
    }
}
