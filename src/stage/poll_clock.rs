//! The poll clock: when each waiter asks again, on the dial of one turn; and beside it, if it is asked for, that of a measured run.

use crate::stage::dial::Dial;
use crate::stage::measured_clock::MeasuredClock;
use crate::stage::props::Props;
use lockstep_core::link::Part;
use lockstep_core::link::view::{FOLLOW, MEASURED, View};
use yew::prelude::*;

/// The dials of a stage, and what can be switched on beside them.
pub fn poll_clocks(stage: &Props) -> Html {
    let Props { moment, selected, view, locks, on_view, .. } = stage;
    let locked = locks.part(Part::Clock);
    let (follow, measured) = (view.dial.has(FOLLOW), view.dial.has(MEASURED));
    let toggle = |name: &'static str, hint: &'static str, place: u32, on: bool| {
        let to = View { dial: view.dial.with(place, !on), ..*view };
        let onclick = on_view.reform(move |_: MouseEvent| to);
        html! { <button type="button" class="small" title={hint} disabled={locked} aria-pressed={if on { "true" } else { "false" }} {onclick}>{ name }</button> }
    };
    html! {
        <section class={classes!("poll-clocks", measured.then_some("two"))} aria-labelledby="clock-name">
            <div class="panel-head">
                <h2 id="clock-name" class="label">{ "Poll clock" }</h2>
            </div>
            { key() }
            <div class="dials">
                <Dial moment={moment.clone()} selected={Some(*selected)} {follow} testid="poll-clock"
                    title={measured.then(|| AttrValue::from("Model"))} />
                if measured { <MeasuredClock now={moment.at()} tasks={moment.trace.scenario.tasks} {follow} /> }
            </div>
            <div class="dial-tools">
                { toggle("Follow the bunches", "Turns the dial with the bunches, so that they stand still", FOLLOW, follow) }
                { toggle("Show a measured run", "The dial of the real program beside this one", MEASURED, measured) }
            </div>
        </section>
    }
}

/// What is to be seen on a dial, as a style sheet's class and in words: those of the pictures that can be downloaded, in short.
const KEY: [(&str, &str); 5] = [
    ("key-waiter", "a waiter at its next poll, the oldest innermost"),
    ("key-holding", "lock held"),
    ("key-committing", "commit"),
    ("key-past", "last turn\u{2019}s"),
    ("key-count", "how many"),
];

fn key() -> Html {
    html! { <ul class="dial-key">for (class, word) in KEY { <li {class}>{ word }</li> }</ul> }
}
