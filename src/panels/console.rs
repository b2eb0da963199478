//! The output of the program up to the playhead. Virtualized: only the visible lines and some
//! around them are in the DOM. It stays scrolled to the newest line until the user scrolls up.

use crate::panels::panel::panel;
use lockstep_core::run::Run;
use lockstep_core::time::SimTime;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Height of a line in CSS pixels; the style sheet has the same value.
const LINE_HEIGHT: usize = 20;
/// Lines per DOM element.
const BLOCK: usize = 10;
/// Lines in the DOM.
const WINDOW: usize = 120;
/// The window moves in steps of this many lines.
const STEP: usize = 40;

/// The properties of [`ConsoleView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub run: Rc<Run>,
    /// The playhead.
    pub now: SimTime,
}

/// See the module documentation. Rendered again only when the number of lines changes or the user
/// scrolls to another window.
#[component]
pub fn ConsoleView(props: &Props) -> Html {
    let count = props.run.console.lines_until(props.now);
    let now = props.now;
    // Lines below the visible ones, a multiple of `STEP`.
    let below = use_state_eq(|| 0_usize);
    let onscroll = {
        let below = below.setter();
        Callback::from(move |event: Event| {
            // The style sheet reverses the box, so that it stays scrolled to its end; `scrollTop`
            // is negative above the end.
            let distance = event.target_unchecked_into::<Element>().scroll_top().unsigned_abs() as usize;
            below.set(distance / LINE_HEIGHT / STEP * STEP);
        })
    };
    let dependencies = (props.run.clone(), count, *below);
    (*use_memo(dependencies, |(run, count, below)| console(run, *count, *below, now, onscroll))).clone()
}

fn console(run: &Run, count: usize, below: usize, now: SimTime, onscroll: Callback<Event>) -> Html {
    let end = count - below.saturating_sub(STEP).min(count);
    // A multiple of `BLOCK`, so that a new line changes only the last block.
    let start = end.saturating_sub(WINDOW) / BLOCK * BLOCK;
    let block = |first: usize| {
        let (printed, traceback): (Vec<_>, Vec<_>) =
            run.console.lines(now, first..(first + BLOCK).min(end)).into_iter().partition(|(_, of_traceback)| !of_traceback);
        let text = |lines: Vec<(String, bool)>| lines.into_iter().map(|(text, _)| text + "\n").collect::<String>();
        html! {
            <div key={first} class="console-block">
                { text(printed) }
                if !traceback.is_empty() { <span class="traceback">{ text(traceback) }</span> }
            </div>
        }
    };
    let inside = html! {
        <div class="console" data-testid="console" tabindex="0" role="region" aria-labelledby="console-name" {onscroll}>
            <div class="console-text">
                { spacer(start) }
                <div>{ for (start..end).step_by(BLOCK).map(block) }</div>
                if count == 0 { <span class="left-out">{ "Nothing printed yet." }</span> }
                { spacer(count - end) }
            </div>
        </div>
    };
    panel("console", "Console", html! { <span class="aside">{ format!("{count} lines so far") }</span> }, inside)
}

/// An empty element as high as `lines` lines.
fn spacer(lines: usize) -> Html {
    html! { <svg class="room" width="1" height={(lines * LINE_HEIGHT).to_string()} aria-hidden="true" /> }
}
