//! A trace file read in again: chosen, or dropped here. The page then shows the run of its scenario, and whether that run is still
//! the one in the file.

use crate::sections::file_drop::{Brought, FileDrop};
use crate::sections::follow::follow;
use lockstep_core::export::trace_json;
use lockstep_core::link::Link;
use lockstep_core::model;
use yew::prelude::*;

/// More does not fit into the program's memory as text and as events.
const MOST_BYTES: usize = 500_000_000;

/// What came of a file.
#[derive(Clone, PartialEq)]
enum Read {
    Nothing,
    Busy(String),
    Problem(String),
    /// The link of its run, and what is to be said.
    Run {
        query: String,
        words: String,
    },
}

/// See the module.
#[component]
pub(super) fn Import() -> Html {
    let read = use_state_eq(|| Read::Nothing);
    let on_file = {
        let read = read.clone();
        Callback::from(move |brought| {
            read.set(match brought {
                Brought::Reading(name) => Read::Busy(name),
                Brought::Problem(problem) => Read::Problem(problem),
                Brought::Text(name, text) => open(&name, &text),
            });
        })
    };
    html! {
        <FileDrop label="Open a trace file (JSON)" accept=".json,application/json" most_bytes={MOST_BYTES} testid="take-import" {on_file}>
            { said(&read) }
        </FileDrop>
    }
}

fn said(read: &Read) -> Html {
    match read {
        Read::Nothing => Html::default(),
        Read::Busy(name) => html! { <p role="status">{ format!("Reading {name}\u{2026}") }</p> },
        Read::Problem(problem) => html! { <p role="alert">{ problem }</p> },
        Read::Run { query, words } => html! {
            <p role="status">{ words }{ " " }<a class="show-me" href={["?", query].concat()}>{ "Show this run" }</a></p>
        },
    }
}

fn open(name: &str, text: &str) -> Read {
    match trace_json::read(text) {
        Err(problem) => Read::Problem(format!("{name}: this is not a trace that Lockstep wrote: {problem}.")),
        Ok(trace) => {
            let query = Link { scenario: trace.scenario.clone(), ..Link::default() }.write();
            follow(&query);
            let words =
                compared(&trace_json::digest_text(&trace), model::run(&trace.scenario).map(|run| trace_json::digest_text(&run)));
            Read::Run { query, words }
        }
    }
}

/// Whether the model still gives the file's run.
fn compared(in_file: &str, here: Result<String, model::RunError>) -> String {
    match here {
        Ok(here) if here == in_file => format!("The page shows the run of this file; both have the digest {here}."),
        Ok(here) => format!(
            "The page shows the file's scenario, but the run differs: {in_file} in the file, {here} here. The file was written by another version of the model."
        ),
        Err(error) => format!("The file's scenario cannot be run here: {error}."),
    }
}
