//! The program's output up to the playhead. Only the lines in view and some around them are in the page, however long the run; the
//! newest is in view until somebody scrolls up.

use crate::panels::panel::panel;
use crate::state::run::Run;
use lockstep_core::time::SimTime;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Height of a line as the style sheet has it, in CSS pixels.
const LINE: usize = 20;
/// Lines that are written as one text.
const BLOCK: usize = 10;
/// Lines in the page, and how far one scrolls until they are others.
const WINDOW: usize = 120;
const STEP: usize = 40;

/// What the console shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub run: Rc<Run>,
    /// The playhead.
    pub now: SimTime,
}

/// See the module. Painted again only when a line has come or gone, or when somebody has scrolled far.
#[component]
pub fn ConsoleView(props: &Props) -> Html {
    let count = props.run.console.lines_until(props.now);
    let now = props.now;
    // Lines below the view, in whole steps.
    let below = use_state_eq(|| 0_usize);
    let onscroll = {
        let below = below.setter();
        Callback::from(move |event: Event| {
            // The box is turned upside down, so that its end stays in view: the distance from there is negative.
            let away = event.target_unchecked_into::<Element>().scroll_top().unsigned_abs() as usize;
            below.set(away / LINE / STEP * STEP);
        })
    };
    let what = (props.run.clone(), count, *below);
    (*use_memo(what, |(run, count, below)| console(run, *count, *below, now, onscroll))).clone()
}

fn console(run: &Run, count: usize, below: usize, now: SimTime, onscroll: Callback<Event>) -> Html {
    let end = count - below.saturating_sub(STEP).min(count);
    // Whole blocks, so that a new line changes the last of them alone.
    let start = end.saturating_sub(WINDOW) / BLOCK * BLOCK;
    let block = |first: usize| {
        let (printed, raised): (Vec<_>, Vec<_>) =
            run.console.lines(now, first..(first + BLOCK).min(end)).into_iter().partition(|(_, of_traceback)| !of_traceback);
        let text = |lines: Vec<(String, bool)>| lines.into_iter().map(|(text, _)| text + "\n").collect::<String>();
        html! {
            <div key={first} class="console-block">
                { text(printed) }
                if !raised.is_empty() { <span class="traceback">{ text(raised) }</span> }
            </div>
        }
    };
    let inside = html! {
        <div class="console" data-testid="console" tabindex="0" role="region" aria-labelledby="console-name" {onscroll}>
            <div class="console-text">
                { room(start) }
                <div>{ for (start..end).step_by(BLOCK).map(block) }</div>
                if count == 0 { <span class="left-out">{ "Nothing printed yet." }</span> }
                { room(count - end) }
            </div>
        </div>
    };
    panel("console", "Console", html! { <span class="aside">{ format!("{count} lines so far") }</span> }, inside)
}

/// Nothing, as high as so many lines.
fn room(lines: usize) -> Html {
    html! { <svg class="room" width="1" height={(lines * LINE).to_string()} aria-hidden="true" /> }
}
