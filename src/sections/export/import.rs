//! A trace file read in again: chosen, or dropped here. The page then shows the run of its scenario, and whether that run is still
//! the one in the file.

use crate::background::message::{Imported, Request, Response};
use crate::background::pool::request;
use crate::background::task::AbortOnDrop;
use crate::hooks::{Dispatch, follow, use_dispatch};
use crate::sections::file_drop::{Chosen, FileDrop};
use lockstep_core::link::Link;
use lockstep_core::time::SimTime;
use lockstep_core::words::about;
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// More does not fit into the program's memory as text and as events.
const MOST_BYTES: usize = 500_000_000;

/// How far a file has come.
#[derive(Clone, PartialEq)]
enum Read {
    Nothing,
    /// The file with this name is being read, or its run has reached this simulated time.
    Busy(String, Option<SimTime>),
    Problem(String),
    Cancelled,
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
    let task = use_mut_ref(|| None::<AbortOnDrop>);
    let dispatch = use_dispatch();
    let on_file = {
        let (read, task) = (read.setter(), task.clone());
        Callback::from(move |chosen| match chosen {
            Chosen::Refused(problem) => read.set(Read::Problem(problem)),
            Chosen::File(file) => {
                read.set(Read::Busy(file.name(), None));
                task.replace(Some(AbortOnDrop::spawn(open(file, read.clone(), dispatch.clone()))));
            }
        })
    };
    let cancel = {
        let read = read.setter();
        Callback::from(move |_: MouseEvent| {
            task.replace(None);
            read.set(Read::Cancelled);
        })
    };
    html! {
        <FileDrop label="Open a trace file (JSON)" accept=".json,application/json" most_bytes={MOST_BYTES} testid="take-import" {on_file}>
            { status(&read, cancel) }
        </FileDrop>
    }
}

fn status(read: &Read, cancel: Callback<MouseEvent>) -> Html {
    match read {
        Read::Nothing => Html::default(),
        Read::Busy(name, reached) => html! {
            <p>
                <span role="status">
                    { match reached {
                        None => format!("Reading {name}\u{2026}"),
                        Some(at) => format!("Running its scenario: {} so far.", about(*at)),
                    } }
                </span>
                { " " }<button type="button" onclick={cancel}>{ "Cancel" }</button>
            </p>
        },
        Read::Problem(problem) => html! { <p role="alert">{ problem }</p> },
        Read::Cancelled => html! { <p role="status">{ "Cancelled." }</p> },
        Read::Run { query, words } => html! {
            <p role="status">{ words }{ " " }<a class="show-me" href={["?", query].concat()}>{ "Show this run" }</a></p>
        },
    }
}

/// Reads a file and runs its scenario in a worker, then shows that run.
async fn open(file: File, read: UseStateSetter<Read>, dispatch: Dispatch) {
    let name: Rc<str> = file.name().into();
    let on_progress = {
        let (read, name) = (read.clone(), name.clone());
        move |reached| read.set(Read::Busy(name.to_string(), Some(reached)))
    };
    match request(Request::Import, Some(file.into()), on_progress).await {
        (Response::Import(imported), _) => {
            let query = Link { scenario: imported.scenario.clone(), ..Link::default() }.write();
            follow(&query, false, &dispatch);
            read.set(Read::Run { query, words: compared(&imported) });
        }
        (Response::Refused(problem), _) => read.set(Read::Problem(format!("{name}: {problem}"))),
        _ => {}
    }
}

/// Whether the model still gives the file's run.
fn compared(imported: &Imported) -> String {
    let in_file = &imported.digest_in_file;
    match &imported.digest_here {
        Ok(here) if here == in_file => format!("The page shows the run of this file; both have the digest {here}."),
        Ok(here) => format!(
            "The page shows the file\u{2019}s scenario, but the run differs: {in_file} in the file, {here} here. The file was written by \
             another version of the model."
        ),
        Err(error) => format!("The file\u{2019}s scenario cannot be run here: {error}."),
    }
}
