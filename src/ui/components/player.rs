//! Everything that plays: the pictures, the playback bar, the program and its output; one run, one playhead.
//! The space bar plays and pauses while the focus is here.

use super::console_view::ConsoleView;
use super::playback_bar::PlaybackBar;
use super::program_view::ProgramView;
use super::stage::Stage;
use crate::time::SimTime;
use crate::trace::TaskId;
use crate::ui::hooks::use_dispatch;
use crate::ui::workbench::{Action, Showing};
use web_sys::Element;
use yew::prelude::*;

/// What the player shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run and the cursor over it.
    pub showing: Showing,
    /// The task to look at.
    pub task: TaskId,
    /// Whether the reader is still to guess what comes, so that the pictures must not tell.
    pub untold: bool,
    /// Whether a newer run is being computed: the old one stays, dimmed.
    pub busy: bool,
}

/// Elements that have a use of their own for the space bar.
const TAKES_SPACE: &str = "button, select, summary, a, input:not([type=range])";

/// See the module.
#[component]
pub fn Player(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let on_seek = {
        let dispatch = dispatch.clone();
        Callback::from(move |to: SimTime| dispatch.dispatch(Action::Seek(to)))
    };
    let on_select = {
        let dispatch = dispatch.clone();
        Callback::from(move |task: TaskId| dispatch.dispatch(Action::Select(task)))
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let target: Element = event.target_unchecked_into();
        if event.key() == " " && target.closest(TAKES_SPACE).is_ok_and(|found| found.is_none()) {
            event.prevent_default();
            dispatch.dispatch(Action::PlayOrPause);
        }
    });
    let showing = &props.showing;
    let (run, now) = (&showing.run, showing.playback.position);
    html! {
        <div class={classes!("player", props.untold.then_some("untold"))} id="stage" aria-busy={if props.busy { "true" } else { "false" }} {onkeydown}>
            <Stage trace={run.trace.clone()} {now} end={showing.playback.end} selected={props.task} {on_seek} {on_select} />
            <PlaybackBar playback={showing.playback} has_error={run.outcome.first_error.is_some()} busy={props.busy} />
            <div class="texts">
                <ProgramView run={run.clone()} {now} task={props.task} />
                <ConsoleView run={run.clone()} {now} />
            </div>
        </div>
    }
}
