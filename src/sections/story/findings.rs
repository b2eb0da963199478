//! What happened in the run, in words, each with a link that shows the moment.

use super::Told;
use lockstep_core::chart::Window;
use lockstep_core::findings::{Finding, Show};
use lockstep_core::link::Link;
use lockstep_core::link::Part;
use yew::prelude::*;

/// Lanes on each side of the task that a finding is about.
const NEIGHBOURS: u32 = 20;

/// The findings of the run; `link` is what the page shows now.
pub(super) fn findings(told: &Told, link: &Link) -> Html {
    let lock = link.frame.lock;
    let locked = lock.part(Part::Findings) || lock.part(Part::Playback);
    html! {
        <section class="findings" aria-labelledby="findings-name" data-testid="findings">
            <h2 id="findings-name">{ "What happened, in words" }</h2>
            <ol>{ for told.findings.iter().map(|finding| item(finding, (!locked).then(|| shown(told, link, &finding.show)))) }</ol>
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

/// The page as it is, at the moment of a finding: its task selected, its time and the lanes around it in sight.
fn shown(told: &Told, link: &Link, place: &Show) -> String {
    let all = told.scenario.coroutines();
    let (first, lanes) = match place.task {
        Some(task) if all > 2 * NEIGHBOURS => (task.number().saturating_sub(NEIGHBOURS), 2 * NEIGHBOURS),
        _ => (0, all),
    };
    let mut there = link.clone();
    there.at = Some(place.at);
    there.select = place.task.or(there.select);
    there.view.near = Some(Window { from: place.window.0, to: place.window.1, first, lanes });
    ["?", &there.write()].concat()
}
