//! The lanes: the states of every task over time, with the playhead.
//!
//! Two stacked canvases: the lower one shows the lanes and is painted when the visible window
//! changes, the upper one is painted every frame.
//!
//! Pinching zooms around the pointer, and so does the wheel while Ctrl or Cmd is held or the lanes
//! have the focus. Dragging pans if the lanes are zoomed in, otherwise it moves the playhead; on
//! the time axis it always moves the playhead. A click selects a task. The keys do the same while
//! the lanes have the focus.

use crate::hooks::focus::focused;
use crate::hooks::{Gesture, use_element_size, use_gestures};
use crate::stage::picture::Picture;
use crate::state::moment::Moment;
use lockstep_core::chart::Window;
use lockstep_core::chart::geometry::distance;
use lockstep_core::chart::lanes::{LanesView, Order, Pointer, StateFilter, Tooltip, lanes, overlay, summary};
use lockstep_core::time::{SimDuration, SimTime};
use lockstep_core::trace::TaskId;
use lockstep_core::words::task;
use std::rc::Rc;
use web_sys::EventTarget;
use yew::prelude::*;

/// Interval of the summary for screen readers during playback, in simulated microseconds.
const SUMMARY_INTERVAL: u64 = 100_000;
/// Zoom factor for one step of the wheel or one key press.
const ZOOM: f64 = 1.25;

/// The properties of [`Lanes`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run at its playhead.
    pub moment: Moment,
    /// The whole run: all of the time and all lanes.
    pub all: Window,
    /// The visible window: the part of `all` that is shown.
    pub window: Window,
    /// The order of the lanes.
    pub order: Rc<Order>,
    /// The states that are shown.
    pub picked: StateFilter,
    /// The task to highlight.
    pub selected: TaskId,
    /// Whether the link locks the lanes, which then cannot be focused.
    pub locked: bool,
    /// Whether playback is running.
    pub running: bool,
    /// Whether everything after the playhead is hidden.
    pub hide_future: bool,
    /// Called with a new visible window.
    pub on_window: Callback<Window>,
    /// Called with the new time of the playhead.
    pub on_seek: Callback<SimTime>,
    /// Called with the task to select.
    pub on_select: Callback<TaskId>,
}

/// See the module documentation.
#[component]
pub fn Lanes(props: &Props) -> Html {
    let node = use_node_ref();
    let size = use_element_size(&node);
    let Props { moment, window, order, picked, .. } = props;
    let view = LanesView { window: *window, order: order.clone(), filter: *picked, size, has_axes: true };
    let Moment { trace, index, .. } = moment;
    let below = use_memo((trace.clone(), index.clone(), view.clone()), |(trace, index, view)| lanes(trace, index, view));
    let hovered = use_state_eq(|| None);
    let tooltip = hovered.and_then(|at: (f64, f64)| {
        let (task, time) = view.hit_test(at.0, at.1).filter(|(_, time)| !props.hide_future || *time <= moment.at())?;
        Some((task, Tooltip { at, lines: task::card(trace, index, task, time) }))
    });
    let pointer = Pointer { selected: Some(props.selected), tooltip, hide_future: props.hide_future };
    let above = Rc::new(overlay(&view, moment.at(), &pointer));
    let gestures = {
        let (all, start_window, hovered) = (props.all, use_mut_ref(|| *window), hovered.setter());
        let (view, on_window) = (view.clone(), props.on_window.clone());
        let (on_seek, on_select) = (props.on_seek.clone(), props.on_select.clone());
        use_gestures(&node, move |gesture| {
            let width = view.axis().width().max(1.0);
            let fraction = |at: (f64, f64)| ((at.0 - view.axis().left) / width, at.1 / view.height().max(1.0));
            match gesture {
                Gesture::Hover(at) => hovered.set(at),
                Gesture::Start => {
                    hovered.set(None);
                    *start_window.borrow_mut() = view.window;
                }
                Gesture::Click(at) => match view.hit_test(at.0, at.1) {
                    Some((task, _)) => on_select.emit(task),
                    None => on_seek.emit(view.axis().time(at.0)),
                },
                Gesture::Drag(from, at) if view.window == all || from.1 >= view.height() => on_seek.emit(view.axis().time(at.0)),
                Gesture::Drag(from, at) => {
                    let (from, at) = (fraction(from), fraction(at));
                    on_window.emit(start_window.borrow().moved(all, from.0 - at.0, from.1 - at.1));
                }
                Gesture::Pinch(from, at) => {
                    let spread = |[one, two]: [(f64, f64); 2]| distance(one, two).max(1.0);
                    let middle =
                        |[one, two]: [(f64, f64); 2]| fraction((f64::midpoint(one.0, two.0), f64::midpoint(one.1, two.1)));
                    let (factor, from, at) = (spread(from) / spread(at), middle(from), middle(at));
                    let zoomed = start_window.borrow().zoomed(all, from, factor, factor);
                    on_window.emit(zoomed.moved(all, from.0 - at.0, from.1 - at.1));
                }
            }
        })
    };
    // A new label on every frame would flood screen readers, and summarizing 10 000 tasks takes a
    // while.
    let interval = if props.running { SUMMARY_INTERVAL } else { 1 };
    let summary_at = SimTime::from_micros(moment.at().micros() / interval * interval);
    let label = use_memo((trace.clone(), index.clone(), summary_at), |(trace, index, at)| summary(trace, index, *at));
    html! {
        <div class="lanes-keys" tabindex={(!props.locked).then_some("0")} role="application" aria-label="Lanes" aria-describedby="lanes-help"
            onkeydown={on_key(props)} onwheel={on_wheel(props, &view)}>
            <div
                ref={node}
                class="picture lanes"
                data-testid="lanes"
                role="img"
                aria-label={(*label).clone()}
                onpointerdown={gestures.clone()}
                onpointermove={gestures.clone()}
                onpointerup={gestures.clone()}
                onpointercancel={gestures.clone()}
                onpointerleave={gestures}
            >
                <Picture scene={below} {size} />
                <Picture scene={above} {size} transparent={true} />
            </div>
        </div>
    }
}

/// With Shift the wheel zooms only the time, with Alt only the lanes. The wheel scrolls the page if
/// the lanes cannot zoom any further, and unless Ctrl or Cmd is held or the lanes have the focus.
fn on_wheel(props: &Props, view: &LanesView) -> Callback<WheelEvent> {
    let (all, window, on_window, view) = (props.all, props.window, props.on_window.clone(), view.clone());
    Callback::from(move |event: WheelEvent| {
        let has_focus = || event.current_target().is_some_and(|lanes| Some(lanes) == focused().map(EventTarget::from));
        if !(event.ctrl_key() || event.meta_key() || has_focus()) {
            return;
        }
        // With Shift, some browsers report horizontal scrolling.
        let delta = if event.delta_y() == 0.0 { event.delta_x() } else { event.delta_y() };
        let factor = if delta > 0.0 { ZOOM } else { 1.0 / ZOOM };
        let axis = view.axis();
        let at = (
            ((f64::from(event.offset_x()) - axis.left) / axis.width().max(1.0)).clamp(0.0, 1.0),
            (f64::from(event.offset_y()) / view.height().max(1.0)).clamp(0.0, 1.0),
        );
        let (time, lanes) = (if event.alt_key() { 1.0 } else { factor }, if event.shift_key() { 1.0 } else { factor });
        let zoomed = window.zoomed(all, at, time, lanes);
        if zoomed != window {
            event.prevent_default();
            on_window.emit(zoomed);
        }
    })
}

fn on_key(props: &Props) -> Callback<KeyboardEvent> {
    let (all, window, order, selected, now) = (props.all, props.window, props.order.clone(), props.selected, props.moment.at());
    let (on_window, on_seek, on_select) = (props.on_window.clone(), props.on_seek.clone(), props.on_select.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let at = (now.since(window.from).seconds() / window.span().seconds().max(1e-6), 0.5);
        let zoom = |factor: f64| on_window.emit(window.zoomed(all, (at.0.min(1.0), at.1), factor, factor));
        let select = |by: i32| {
            let task = order.neighbour(selected, by);
            on_select.emit(task);
            on_window.emit(window.scrolled_to_lane(all, order.lane(task).unwrap_or(0)));
        };
        let step = SimDuration::from_micros((window.span().micros() / 100).max(1));
        match event.key().as_str() {
            "ArrowDown" => select(1),
            "ArrowUp" => select(-1),
            "PageDown" => select(10),
            "PageUp" => select(-10),
            "Home" => select(i32::MIN),
            "End" => select(i32::MAX),
            "ArrowRight" => on_seek.emit(now + step),
            "ArrowLeft" => on_seek.emit(SimTime::ZERO + now.since(SimTime::ZERO + step)),
            "+" | "=" => zoom(1.0 / ZOOM),
            "-" => zoom(ZOOM),
            "0" => on_window.emit(all),
            _ => return,
        }
        event.prevent_default();
    })
}
