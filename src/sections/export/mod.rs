//! Downloads: the run as files, pictures of it, and the page itself as one file. A trace file can
//! also be opened again.
//!
//! A worker writes the files, because that takes a while for a large run. It computes the run
//! again: the same scenario gives the same run.

mod events;
mod import;
mod one_file;
mod pictures;

use super::{Section, save};
use crate::hooks::use_present;
use lockstep_core::link::Link;
use lockstep_core::run::Run;
use lockstep_core::scenario::{Field, Scenario};
use lockstep_core::text::counted;
use std::rc::Rc;
use yew::prelude::*;

/// See the module documentation.
pub(super) const SECTION: Section = Section { id: "workshop-take-away", name: "Take it with you", show: || html! { <Export /> } };

#[component]
fn Export() -> Html {
    let present = use_present();
    let requested = use_state_eq(|| None::<Scenario>);
    let run = present.run.as_ref().filter(|run| requested.as_ref() == Some(&run.trace.scenario));
    let make = {
        let (requested, scenario) = (requested.setter(), present.scenario.clone());
        Callback::from(move |_: MouseEvent| requested.set(Some((*scenario).clone())))
    };
    html! {
        <>
            <p>{ "Download the run that the page shows. Nothing leaves your computer. " }
                { "If the page is embedded and cannot download files, open it in its own tab." }</p>
            if let Some(run) = run {
                { files(run, &present.link) }
            } else {
                <p class="take-row">
                    <button type="button" onclick={make}>{ "Make files of this run" }</button>
                    <span>{ summary(&present.scenario) }</span>
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
                { summary(&run.trace.scenario) }{ "; digest " }<code>{ &run.digest }</code></p>
            <events::Events run={run.clone()} />
            <pictures::Pictures run={run.clone()} at={link.at} />
        </>
    }
}

/// The file name for a run, without extension: `lockstep-1000-tasks-seed-1`.
fn file_name(scenario: &Scenario) -> String {
    let Scenario { tasks, seed, .. } = scenario;
    format!("lockstep-{tasks}-tasks-seed-{seed}")
}

/// The most important settings of a run.
fn summary(scenario: &Scenario) -> String {
    let text = |field| scenario.text(field);
    format!(
        "{}, busy timeout {} s, {}, seed {}",
        counted(scenario.tasks, "task"),
        text(Field::Timeout),
        text(Field::Machine),
        text(Field::Seed)
    )
}
