//! What a reader takes along: the run as files, pictures of it, the page itself in one file; and a trace file read in again.
//!
//! The run is worked out here again from the page's link: the same scenario has the same digest. That happens when the reader asks
//! for files, since a large run takes a while.

mod events;
mod import;
mod one_file;
mod pictures;

use super::present::use_present_link;
use super::{Section, save};
use crate::export::trace_json::digest_text;
use crate::model;
use crate::scenario::{Field, Scenario};
use crate::time::SimTime;
use crate::trace::{Trace, TraceIndex};
use crate::ui::link::Link;
use std::rc::Rc;
use yew::prelude::*;

/// See the module.
pub(super) const SECTION: Section =
    Section { id: "workshop-take-away", name: "Take it with you", show: || html! { <TakeAway /> } };

/// The run that files are made of.
struct Made {
    trace: Trace,
    index: TraceIndex,
    digest: String,
}

impl Made {
    fn of(scenario: &Scenario) -> Result<Self, String> {
        let trace = model::run(scenario).map_err(|error| error.to_string())?;
        Ok(Self { index: TraceIndex::of(&trace), digest: digest_text(&trace), trace })
    }

    /// What its files are called: `lockstep-1000-tasks-seed-1`.
    fn name(&self) -> String {
        let Scenario { tasks, seed, .. } = self.trace.scenario;
        format!("lockstep-{tasks}-tasks-seed-{seed}")
    }
}

/// Two are the same only if they are one: a trace is too large to be compared at each render.
#[derive(Clone)]
struct Shared(Rc<Made>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[component]
fn TakeAway() -> Html {
    let link = use_present_link();
    let made = use_state(|| None::<Result<Shared, String>>);
    let make = {
        let (made, scenario) = (made.clone(), link.scenario.clone());
        Callback::from(move |_: MouseEvent| made.set(Some(Made::of(&scenario).map(|made| Shared(Rc::new(made))))))
    };
    html! {
        <>
            <p>{ "The run that the page shows, as files. Nothing leaves your computer: it is worked out here again, and has the same digest. " }
                { "Where a frame forbids downloads, open the page by itself." }</p>
            { run_files(made.as_ref(), &link, make) }
            <one_file::OneFile query={link.write()} />
            <import::Import />
        </>
    }
}

fn run_files(made: Option<&Result<Shared, String>>, link: &Link, make: Callback<MouseEvent>) -> Html {
    let fresh = match made {
        Some(Ok(Shared(made))) => made.trace.scenario == link.scenario,
        Some(Err(_)) | None => false,
    };
    html! {
        <>
            if !fresh {
                <p class="take-row"><button type="button" onclick={make}>{ "Make files of this run" }</button>
                    <span>{ in_short(&link.scenario) }</span></p>
            }
            { match made {
                Some(Ok(shared)) if fresh => files(shared, link.at),
                Some(Err(problem)) => html! { <p role="alert">{ problem }</p> },
                _ => Html::default(),
            } }
        </>
    }
}

fn files(shared: &Shared, at: Option<SimTime>) -> Html {
    let digest = &shared.0.digest;
    html! {
        <>
            <p class="take-run" data-testid="take-away" data-digest={digest.clone()}>
                { in_short(&shared.0.trace.scenario) }{ "; digest " }<code>{ digest }</code></p>
            <events::Events made={shared.clone()} />
            <pictures::Pictures made={shared.clone()} {at} />
        </>
    }
}

/// The values that tell one run from another at a glance.
fn in_short(scenario: &Scenario) -> String {
    let text = |field| scenario.text(field);
    format!(
        "{} tasks, busy timeout {} s, {}, seed {}",
        text(Field::Tasks),
        text(Field::Timeout),
        text(Field::Machine),
        text(Field::Seed)
    )
}
