//! Opens a trace file that the user selects or drops. The page then shows the run of its scenario
//! and says whether it is still the run in the file.

use crate::background::pool::request;
use crate::background::task::AbortOnDrop;
use crate::hooks::{Dispatch, follow, use_dispatch};
use crate::sections::file_drop::{Chosen, FileDrop};
use lockstep_core::link::Link;
use lockstep_core::time::SimTime;
use lockstep_core::words::about;
use lockstep_worker::message::{Imported, Request, Response};
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// Upper bound: a larger file would not fit into the program's memory as text and as events.
const MAX_BYTES: usize = 500_000_000;

/// The state of the import.
#[derive(Clone, PartialEq)]
enum Status {
    Idle,
    /// The file with this name is being read, or its run has reached this simulated time.
    Busy(String, Option<SimTime>),
    Failed(String),
    Cancelled,
    /// The link to its run, and a message about the result.
    Done {
        query: String,
        message: String,
    },
}

/// See the module documentation.
#[component]
pub(super) fn Import() -> Html {
    let status = use_state_eq(|| Status::Idle);
    let task = use_mut_ref(|| None::<AbortOnDrop>);
    let dispatch = use_dispatch();
    let on_file = {
        let (status, task) = (status.setter(), task.clone());
        Callback::from(move |chosen| match chosen {
            Chosen::Refused(problem) => status.set(Status::Failed(problem)),
            Chosen::File(file) => {
                status.set(Status::Busy(file.name(), None));
                task.replace(Some(AbortOnDrop::spawn(open(file, status.clone(), dispatch.clone()))));
            }
        })
    };
    let cancel = {
        let status = status.setter();
        Callback::from(move |_: MouseEvent| {
            task.replace(None);
            status.set(Status::Cancelled);
        })
    };
    html! {
        <FileDrop label="Open a trace file (JSON)" accept=".json,application/json" most_bytes={MAX_BYTES} testid="take-import" {on_file}>
            { status_line(&status, cancel) }
        </FileDrop>
    }
}

fn status_line(status: &Status, cancel: Callback<MouseEvent>) -> Html {
    match status {
        Status::Idle => Html::default(),
        Status::Busy(name, reached) => html! {
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
        Status::Failed(problem) => html! { <p role="alert">{ problem }</p> },
        Status::Cancelled => html! { <p role="status">{ "Cancelled." }</p> },
        Status::Done { query, message } => html! {
            <p role="status">{ message }{ " " }<a class="show-me" href={["?", query].concat()}>{ "Show this run" }</a></p>
        },
    }
}

/// Reads a file and runs its scenario in a worker, then shows that run.
async fn open(file: File, status: UseStateSetter<Status>, dispatch: Dispatch) {
    let name: Rc<str> = file.name().into();
    let on_progress = {
        let (status, name) = (status.clone(), name.clone());
        move |reached| status.set(Status::Busy(name.to_string(), Some(reached)))
    };
    match request(Request::Import, Some(file.into()), on_progress).await {
        (Response::Import(imported), _) => {
            let query = Link { scenario: imported.scenario.clone(), ..Link::default() }.write();
            follow(&query, false, &dispatch);
            status.set(Status::Done { query, message: comparison(&imported) });
        }
        (Response::Refused(problem), _) => status.set(Status::Failed(format!("{name}: {problem}"))),
        _ => {}
    }
}

/// Says whether the model still gives the run in the file.
fn comparison(imported: &Imported) -> String {
    let in_file = &imported.digest_in_file;
    match &imported.digest_here {
        Ok(here) if here == in_file => format!("The page shows the run in this file; both have the digest {here}."),
        Ok(here) => format!(
            "The page shows the file\u{2019}s scenario, but the run differs: {in_file} in the file, {here} here. The file was written by \
             another version of the model."
        ),
        Err(error) => format!("The file\u{2019}s scenario cannot be run here: {error}."),
    }
}
