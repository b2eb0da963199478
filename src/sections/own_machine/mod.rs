//! Checks the model against the user's own machine: downloads of the real program and the profiler,
//! and a form to load their output. A loaded machine profile is used as `machine=custom`; loaded
//! runs are drawn over the chart of rows and compared with the model.

mod compared;
mod load_output;
mod machine;

use super::{Section, save};
use crate::hooks::use_present;
use js_sys::Array;
use lockstep_core::program::measuring_program;
use lockstep_core::scenario::Scenario;
use yew::prelude::*;

/// See the module documentation.
pub(super) const SECTION: Section =
    Section { id: "workshop-own-machine", name: "Your own machine", show: || html! { <OwnMachine /> } };

/// The profiler script of the project.
const PROFILER: &str = include_str!("../../../calibrate/machine_profile.py");

#[component]
fn OwnMachine() -> Html {
    let present = use_present();
    let scenario = &*present.scenario;
    html! {
        <>
            <p>{ "Do not trust the model: run the real program, measure your computer, and load the output here. Nothing is \
                  uploaded, and both files are short enough to read before you run them." }</p>
            <div class="own-programs">
                { run_program(scenario) }
                { profiler() }
            </div>
            <load_output::LoadOutput scenario={scenario.clone()} run={present.run.clone()} />
        </>
    }
}

fn run_program(scenario: &Scenario) -> Html {
    program(
        "Run this program",
        html! { { "The program with the present settings of the page. Instead of printing messages it records their times, and at the end it prints one line of JSON." } },
        "Download this run as a Python program",
        "lockstep_run.py",
        "pip install aiosqlite\npython lockstep_run.py > run.json",
        measuring_program(scenario),
    )
}

fn profiler() -> Html {
    program(
        "Measure your machine",
        html! {
            { "Measures how long each step takes on your computer: a COMMIT in each mode, a thread start, a callback. It takes less than \
               a minute. The model was made for Linux; on Windows, SQLite\u{2019}s sleeps depend on a coarse timer tick, which a \
               profile does not contain." }
        },
        "Download the profiler",
        "machine_profile.py",
        "python machine_profile.py > profile.json",
        PROFILER.to_owned(),
    )
}

/// A program to download: a description, the button, the commands to run it, and its source code.
fn program(
    name: &'static str,
    about: Html,
    button: &'static str,
    file: &'static str,
    commands: &'static str,
    text: String,
) -> Html {
    let source = text.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        save::save(file, "text/x-python", &Array::of1(&text.as_str().into()));
    });
    html! {
        <div class="own-program">
            <h4>{ name }</h4>
            <p>{ about }</p>
            <p><button type="button" {onclick}>{ button }</button></p>
            <pre class="own-commands" tabindex="0" aria-label={["How to run ", file].concat()}>{ commands }</pre>
            <details class="own-source">
                <summary>{ "Read " }{ file }</summary>
                <pre tabindex="0" aria-label={file}>{ source }</pre>
            </details>
        </div>
    }
}
