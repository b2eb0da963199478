//! The player: the pictures, the playback bar and the panels, all for one run at one playhead. The
//! space bar plays and pauses while the focus is in it.

use crate::hooks::use_dispatch;
use crate::panels::console::ConsoleView;
use crate::panels::event_loop::loop_panel;
use crate::panels::lock::lock_panel;
use crate::panels::program::ProgramView;
use crate::panels::task::task_panel;
use crate::stage::pictures::Stage;
use crate::stage::playback_bar::{Bar, playback_bar};
use crate::state::action::{Action, Move};
use crate::state::moment::use_moment;
use crate::state::workbench::Showing;
use lockstep_core::link::{Locks, Panel, Part, View};
use lockstep_core::own_machine::MeasuredRun;
use lockstep_core::playback::TIME_AFTER_STOP;
use lockstep_core::time::SimTime;
use lockstep_core::trace::TaskId;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// The properties of [`Player`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run and its playback.
    pub showing: Showing,
    /// Measured runs that the user has loaded.
    pub measured: Rc<Vec<MeasuredRun>>,
    /// The selected task.
    pub task: TaskId,
    /// The settings of the pictures and panels.
    pub view: View,
    /// The fields and parts that the link locks.
    pub locks: Locks,
    /// Whether everything after the playhead is hidden, because the user has not answered the
    /// prediction yet.
    pub hide_future: bool,
    /// Whether a newer run is pending; the old one stays, dimmed.
    pub busy: bool,
}

/// Selector of the elements that handle the space bar themselves.
const HANDLES_SPACE: &str = "button, select, summary, a, input:not([type=range])";

/// See the module documentation.
#[component]
pub fn Player(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let on_seek = {
        let dispatch = dispatch.clone();
        Callback::from(move |to: SimTime| dispatch.dispatch(Action::Play(Move::Seek(to))))
    };
    let on_select = {
        let dispatch = dispatch.clone();
        Callback::from(move |task: TaskId| dispatch.dispatch(Action::Select(task)))
    };
    let on_view = {
        let dispatch = dispatch.clone();
        Callback::from(move |view: View| dispatch.dispatch(Action::View(view)))
    };
    let panels = use_node_ref();
    let onclick = use_folding(&panels, props.view, &on_view);
    let play_or_pause = dispatch.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let target: Element = event.target_unchecked_into();
        if event.key() == " " && target.closest(HANDLES_SPACE).is_ok_and(|found| found.is_none()) {
            event.prevent_default();
            play_or_pause.dispatch(Action::Play(Move::PlayOrPause));
        }
    });
    let showing = &props.showing;
    let (run, now, task) = (&showing.run, showing.playback.position, props.task);
    let (view, locks) = (props.view, props.locks);
    let moment = use_moment(&run.trace, &run.index, now);
    let bar = Bar {
        playback: showing.playback,
        locked: locks.part(Part::Playback),
        has_error: run.outcome.first_error.is_some(),
        continues_after_stop: run.trace.end() > run.trace.stopped_at() + TIME_AFTER_STOP,
        busy: props.busy,
    };
    html! {
        <div class={classes!("player", props.hide_future.then_some("untold"))} id="stage" aria-busy={if props.busy { "true" } else { "false" }} {onkeydown}>
            <Stage moment={moment.clone()} measured={props.measured.clone()} end={showing.playback.end} selected={task} {view} {locks}
                running={showing.playback.running} hide_future={props.hide_future} {on_seek} on_select={on_select.clone()}
                {on_view} />
            { playback_bar(&bar, &dispatch) }
            <div ref={panels} class="panels" {onclick}>
                { loop_panel(&moment) }
                { lock_panel(&moment) }
                { task_panel(&moment, task, locks.part(Part::Task), &on_select) }
                <ProgramView run={run.clone()} {moment} {task} />
                <ConsoleView run={run.clone()} {now} />
            </div>
        </div>
    }
}

/// Folds the panels that the link folds, then calls `on_view` when the user folds or opens one; the
/// browser does the folding.
#[hook]
fn use_folding(panels: &NodeRef, view: View, on_view: &Callback<View>) -> Callback<MouseEvent> {
    use_effect_with(panels.clone(), move |panels| {
        let panels = panels.cast::<Element>();
        for folded in view.fold {
            let selector = [".", folded.word(), "-panel"].concat();
            let panel = panels.as_ref().and_then(|panels| panels.query_selector(&selector).ok().flatten());
            // It does not fail for elements.
            let _ = panel.map(|panel| panel.remove_attribute("open"));
        }
    });
    let on_view = on_view.clone();
    // Enter and the space bar also send clicks. The click event comes before the browser folds, so
    // a panel that is open now is about to be folded.
    Callback::from(move |event: MouseEvent| {
        let target: Element = event.target_unchecked_into();
        let Some(panel) = target.closest("summary").ok().flatten().and_then(|summary| summary.parent_element()) else { return };
        let is_panel = |name: &str| panel.matches(&[".", name, "-panel"].concat()).unwrap_or(false);
        if let Some((folded, _)) = Panel::ALL.iter().find(|(_, name)| is_panel(name)) {
            let others = view.fold - *folded;
            on_view.emit(View { fold: if panel.has_attribute("open") { others | *folded } else { others }, ..view });
        }
    })
}
