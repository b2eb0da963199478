//! Doubt: the real program and the profiler to take along, and a place for what they print. A machine that was brought is shown by the page
//! as `machine=custom`; real runs are drawn over the page's chart and held against the model.

mod bring;
mod compared;
mod machine;

use super::{Section, save};
use crate::hooks::use_present;
use js_sys::Array;
use lockstep_core::program::measuring;
use lockstep_core::scenario::Scenario;
use yew::prelude::*;

/// See the module.
pub(super) const SECTION: Section =
    Section { id: "workshop-own-machine", name: "Your own machine", show: || html! { <OwnMachine /> } };

/// The script of the project, as it stands.
const PROFILER: &str = include_str!("../../../calibrate/machine_profile.py");

#[component]
fn OwnMachine() -> Html {
    let present = use_present();
    let scenario = &*present.scenario;
    html! {
        <>
            <p>{ "Do not believe the model: run the real program, measure your computer, and bring here what they print. Nothing is sent \
                  anywhere; both files are short enough to read before you run them." }</p>
            <div class="own-programs">
                { run_program(scenario) }
                { profiler() }
            </div>
            <bring::Bring scenario={scenario.clone()} run={present.run.clone()} />
        </>
    }
}

fn run_program(scenario: &Scenario) -> Html {
    program(
        "Run this very program",
        html! { { "The program with the settings that the page shows now. Where that one prints, this one notes the time; at its end it prints one line." } },
        "Download this run as a Python program",
        "lockstep_run.py",
        "pip install aiosqlite\npython lockstep_run.py > run.json",
        measuring(scenario),
    )
}

fn profiler() -> Html {
    program(
        "Measure your machine",
        html! {
            { "What your computer takes for each step: a COMMIT in each mode, a thread, a callback. It takes less than a minute. The model was made \
               for Linux; on Windows SQLite\u{2019}s sleeps end on a coarse tick, which a profile does not tell." }
        },
        "Download the profiler",
        "machine_profile.py",
        "python machine_profile.py > profile.json",
        PROFILER.to_owned(),
    )
}

/// A file to take along, how to run it, and what is in it.
fn program(
    name: &'static str,
    about: Html,
    button: &'static str,
    file: &'static str,
    commands: &'static str,
    text: String,
) -> Html {
    let shown = text.clone();
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
                <pre tabindex="0" aria-label={file}>{ shown }</pre>
            </details>
        </div>
    }
}
