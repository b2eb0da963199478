//! The findings: sentences about what happened in the run, each with a link to its moment.

use lockstep_core::chart::Window;
use lockstep_core::findings::{Finding, Highlight, findings};
use lockstep_core::link::{Link, Part};
use lockstep_core::run::Run;
use std::rc::Rc;
use yew::prelude::*;

/// Number of lanes to show on each side of the task of a finding.
const NEIGHBOURS: u32 = 20;

/// The properties of [`Findings`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The run.
    pub(super) run: Rc<Run>,
    /// The link to the present state of the page.
    pub(super) link: Link,
}

/// See the module documentation.
#[component]
pub(super) fn Findings(props: &Props) -> Html {
    let Props { run, link } = props;
    let found = use_memo(run.clone(), |run| findings(&run.trace, &run.index));
    let locked = link.frame.lock.part(Part::Findings) || link.frame.lock.part(Part::Playback);
    let tasks = run.trace.scenario.coroutines();
    html! {
        <section class="findings" aria-labelledby="findings-name" data-testid="findings">
            <h2 id="findings-name">{ "What happened, in words" }</h2>
            <ol>{ for found.iter().map(|finding| item(finding, (!locked).then(|| link_to(tasks, link, &finding.highlight)))) }</ol>
        </section>
    }
}

/// `href` is the link to the moment; `None` if the page locks it.
fn item(finding: &Finding, href: Option<String>) -> Html {
    let Finding { name, headline, text, fact, .. } = finding;
    html! {
        <li key={*name} data-finding={*name}>
            <h3 id={*name}>{ headline }</h3>
            <p>{ text }</p>
            <p class="finding-foot">
                if let Some(href) = href { <a class="show-me" {href} aria-describedby={*name}>{ "Show me" }</a> }
                <a class="fact" href={["lesson/facts.html#f", fact].concat()}>{ "fact " }{ *fact }</a>
            </p>
        </li>
    }
}

/// The link to the moment of a finding, with its task selected and its time range and the lanes
/// around it visible.
fn link_to(tasks: u32, link: &Link, moment: &Highlight) -> String {
    let (first, lanes) = match moment.task {
        Some(task) if tasks > 2 * NEIGHBOURS => (task.number().saturating_sub(NEIGHBOURS), 2 * NEIGHBOURS),
        _ => (0, tasks),
    };
    let mut target = link.clone();
    target.at = Some(moment.at);
    target.select = moment.task.or(target.select);
    target.view.zoom = Some(Window { from: moment.window.0, to: moment.window.1, first, lanes });
    ["?", &target.write()].concat()
}
