//! What a reader takes along: the run as files, pictures of it, the page itself in one file; and a trace file read in again.
//!
//! A worker makes the files, since those of a large run take a while: the same scenario gives the same run there.

mod events;
mod import;
mod one_file;
mod pictures;

use super::{Section, save};
use crate::hooks::use_present;
use crate::state::run::Run;
use lockstep_core::link::Link;
use lockstep_core::scenario::{Field, Scenario};
use std::rc::Rc;
use yew::prelude::*;

/// See the module.
pub(super) const SECTION: Section =
    Section { id: "workshop-take-away", name: "Take it with you", show: || html! { <TakeAway /> } };

#[component]
fn TakeAway() -> Html {
    let present = use_present();
    let asked = use_state_eq(|| None::<Scenario>);
    let run = present.run.as_ref().filter(|run| asked.as_ref() == Some(&run.trace.scenario));
    let make = {
        let (asked, scenario) = (asked.setter(), present.scenario.clone());
        Callback::from(move |_: MouseEvent| asked.set(Some((*scenario).clone())))
    };
    html! {
        <>
            <p>{ "The run that the page shows, as files. Nothing leaves your computer. " }
                { "Where a frame forbids downloads, open the page by itself." }</p>
            if let Some(run) = run {
                { files(run, &present.link) }
            } else {
                <p class="take-row">
                    <button type="button" onclick={make}>{ "Make files of this run" }</button>
                    <span>{ in_short(&present.scenario) }</span>
                </p>
            }
            <one_file::OneFile query={present.link.write()} />
            <import::Import />
        </>
    }
}

fn files(run: &Rc<Run>, link: &Link) -> Html {
    html! {
        <>
            <p class="take-run" data-testid="take-away" data-digest={run.digest.clone()}>
                { in_short(&run.trace.scenario) }{ "; digest " }<code>{ &run.digest }</code></p>
            <events::Events run={run.clone()} />
            <pictures::Pictures run={run.clone()} at={link.at} />
        </>
    }
}

/// What the files of a run are called: `lockstep-1000-tasks-seed-1`.
fn file_name(scenario: &Scenario) -> String {
    let Scenario { tasks, seed, .. } = scenario;
    format!("lockstep-{tasks}-tasks-seed-{seed}")
}

/// The values that tell one run from another at a glance.
fn in_short(scenario: &Scenario) -> String {
    let text = |field| scenario.text(field);
    format!(
        "{}{}, busy timeout {} s, {}, seed {}",
        text(Field::Tasks),
        if scenario.tasks == 1 { " task" } else { " tasks" },
        text(Field::Timeout),
        text(Field::Machine),
        text(Field::Seed)
    )
}
