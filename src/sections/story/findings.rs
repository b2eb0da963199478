//! What happened in the run, in words, each with a link that shows the moment.

use crate::state::run::Run;
use lockstep_core::chart::Window;
use lockstep_core::findings::{Finding, Show, findings};
use lockstep_core::link::{Link, Part};
use std::rc::Rc;
use yew::prelude::*;

/// Lanes on each side of the task that a finding is about.
const NEIGHBOURS: u32 = 20;

/// What is told.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The run.
    pub(super) run: Rc<Run>,
    /// The link of the page's present state.
    pub(super) link: Link,
}

/// See the module.
#[component]
pub(super) fn Findings(props: &Props) -> Html {
    let Props { run, link } = props;
    let found = use_memo(run.clone(), |run| findings(&run.trace, &run.index));
    let locked = link.frame.lock.part(Part::Findings) || link.frame.lock.part(Part::Playback);
    let tasks = run.trace.scenario.coroutines();
    html! {
        <section class="findings" aria-labelledby="findings-name" data-testid="findings">
            <h2 id="findings-name">{ "What happened, in words" }</h2>
            <ol>{ for found.iter().map(|finding| item(finding, (!locked).then(|| shown(tasks, link, &finding.show)))) }</ol>
        </section>
    }
}

/// `there` is the link to the moment, if it may be followed.
fn item(finding: &Finding, there: Option<String>) -> Html {
    let Finding { name, headline, text, fact, .. } = finding;
    html! {
        <li key={*name} data-finding={*name}>
            <h3 id={*name}>{ headline }</h3>
            <p>{ text }</p>
            <p class="finding-foot">
                if let Some(there) = there { <a class="show-me" href={there} aria-describedby={*name}>{ "Show me" }</a> }
                <a class="fact" href={["lesson/facts.html#f", fact].concat()}>{ "fact " }{ *fact }</a>
            </p>
        </li>
    }
}

/// The link to the moment of a finding: its task selected, its time and the lanes around it in view.
fn shown(tasks: u32, link: &Link, place: &Show) -> String {
    let (first, lanes) = match place.task {
        Some(task) if tasks > 2 * NEIGHBOURS => (task.number().saturating_sub(NEIGHBOURS), 2 * NEIGHBOURS),
        _ => (0, tasks),
    };
    let mut there = link.clone();
    there.at = Some(place.at);
    there.select = place.task.or(there.select);
    there.view.near = Some(Window { from: place.window.0, to: place.window.1, first, lanes });
    ["?", &there.write()].concat()
}
