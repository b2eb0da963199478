//! What a reader takes along: the run as files, pictures of it, the page itself in one file; and a trace file read in again.
//!
//! The run is worked out again from the page's link, by the clerk in the background: the same scenario has the same digest. That
//! happens when the reader asks for files, since a large run takes a while.

mod events;
mod import;
mod one_file;
mod pictures;

use super::clerk::{self, questions};
use super::present::{played, use_present_link};
use super::{Section, save};
use lockstep_core::scenario::{Field, Scenario};
use lockstep_core::time::SimTime;
use questions::Facts;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// See the module.
pub(super) const SECTION: Section =
    Section { id: "workshop-take-away", name: "Take it with you", show: || html! { <TakeAway /> } };

/// The run that files are made of, and what is known of it.
#[derive(PartialEq)]
struct Made {
    scenario: Scenario,
    facts: Facts,
}

impl Made {
    /// What its files are called: `lockstep-1000-tasks-seed-1`.
    fn name(&self) -> String {
        let Scenario { tasks, seed, .. } = self.scenario;
        format!("lockstep-{tasks}-tasks-seed-{seed}")
    }
}

/// What the parts of this section share.
type Shared = Rc<Made>;

/// How far it has come.
#[derive(Clone, PartialEq)]
enum Making {
    /// Nobody has asked.
    Idle,
    /// The clerk is at this run.
    Busy(Scenario),
    /// It is done, or refused.
    Done(Result<Shared, String>),
}

#[component]
fn TakeAway() -> Html {
    let link = use_present_link();
    let shown = played(&link);
    let made = use_state_eq(|| Making::Idle);
    let make = {
        let (made, scenario) = (made.clone(), shown.clone());
        Callback::from(move |_: MouseEvent| {
            made.set(Making::Busy(scenario.clone()));
            let (made, scenario) = (made.setter(), scenario.clone());
            spawn_local(async move {
                let answer = clerk::ask(questions::facts(&scenario)).await;
                if answer.is_string() {
                    let facts = questions::read_facts(&answer);
                    made.set(Making::Done(facts.map(|facts| Rc::new(Made { scenario, facts }))));
                }
            });
        })
    };
    html! {
        <>
            <p>{ "The run that the page shows, as files. Nothing leaves your computer: it is worked out here again, and has the same digest. " }
                { "Where a frame forbids downloads, open the page by itself." }</p>
            { run_files(&made, shown, link.at, make) }
            <one_file::OneFile query={link.write()} />
            <import::Import />
        </>
    }
}

fn run_files(made: &Making, shown: &Scenario, at: Option<SimTime>, make: Callback<MouseEvent>) -> Html {
    let busy = matches!(made, Making::Busy(scenario) if scenario == shown);
    let fresh = match made {
        Making::Done(Ok(made)) if made.scenario == *shown => Some(made),
        _ => None,
    };
    // The button stays where it is while the clerk works, and the focus with it.
    let make = Callback::from(move |event| {
        if !busy {
            make.emit(event);
        }
    });
    html! {
        <>
            if fresh.is_none() {
                <p class="take-row" aria-busy={busy.to_string()}>
                    <button type="button" aria-disabled={busy.then_some("true")} onclick={make}>{ "Make files of this run" }</button>
                    <span>{ in_short(shown) }</span>
                    <span role="status">{ if busy { "Working it out\u{2026}" } else { "" } }</span>
                </p>
            }
            { match (fresh, made) {
                (Some(made), _) => files(made, at),
                (None, Making::Done(Err(problem))) => html! { <p role="alert">{ problem }</p> },
                _ => Html::default(),
            } }
        </>
    }
}

fn files(made: &Shared, at: Option<SimTime>) -> Html {
    let digest = &made.facts.digest;
    html! {
        <>
            <p class="take-run" data-testid="take-away" data-digest={digest.clone()}>
                { in_short(&made.scenario) }{ "; digest " }<code>{ digest }</code></p>
            <events::Events made={made.clone()} />
            <pictures::Pictures made={made.clone()} {at} />
        </>
    }
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
