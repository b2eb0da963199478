//! The poll clock section: the dial of the modelled run and, optionally, that of a measured run.

use crate::stage::dial::Dial;
use crate::stage::measured_clock::MeasuredClock;
use crate::stage::props::Props;
use lockstep_core::link::{DialOption, Part, View};
use yew::prelude::*;

/// The dials with their legend and toggle buttons.
pub fn poll_clocks(stage: &Props) -> Html {
    let Props { moment, selected, view, locks, on_view, .. } = stage;
    let locked = locks.part(Part::Clock);
    let (follow, measured) = (view.dial.contains(DialOption::Follow), view.dial.contains(DialOption::Measured));
    let toggle = |name: &'static str, hint: &'static str, option: DialOption, on: bool| {
        let to = View { dial: view.dial ^ option, ..*view };
        let onclick = on_view.reform(move |_: MouseEvent| to);
        html! { <button type="button" class="small" title={hint} disabled={locked} aria-pressed={if on { "true" } else { "false" }} {onclick}>{ name }</button> }
    };
    html! {
        <section class={classes!("poll-clocks", measured.then_some("two"))} aria-labelledby="clock-name">
            <div class="panel-head">
                <h2 id="clock-name" class="label">{ "Poll clock" }</h2>
            </div>
            { legend() }
            <div class="dials">
                <Dial moment={moment.clone()} selected={Some(*selected)} {follow} testid="poll-clock"
                    title={measured.then(|| AttrValue::from("Model"))} />
                if measured { <MeasuredClock now={moment.at()} tasks={moment.trace.scenario.tasks} {follow} /> }
            </div>
            <div class="dial-tools">
                { toggle("Follow the bunches", "Rotates the dial with the bunches, so that they appear to stand still", DialOption::Follow, follow) }
                { toggle("Show a measured run", "Shows the poll clock of the real program next to this one", DialOption::Measured, measured) }
            </div>
        </section>
    }
}

/// The legend: CSS class and short text, shorter than in the downloaded pictures.
const LEGEND: [(&str, &str); 5] = [
    ("key-waiter", "a waiter at its next poll, the oldest innermost"),
    ("key-holding", "lock held"),
    ("key-committing", "commit"),
    ("key-past", "last turn"),
    ("key-count", "count"),
];

fn legend() -> Html {
    html! { <ul class="dial-key">for (class, text) in LEGEND { <li {class}>{ text }</li> }</ul> }
}
