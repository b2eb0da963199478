//! Lanes: what every task does from beginning to end, with the playhead over them.
//!
//! Two canvases, one on the other: the lanes are painted when what is in sight changes, what lies over them each frame.
//! Pinching, and the wheel while the focus is here or Ctrl is held, zoom about the pointer, dragging pans what is zoomed and otherwise scrubs, a click selects; on the time axis dragging
//! always scrubs. The keys do the same while the focus is here.

use crate::hooks::focus::focused;
use crate::hooks::{Gesture, use_element_size, use_gestures};
use crate::stage::picture::Picture;
use crate::state::moment::Moment;
use lockstep_core::chart::Window;
use lockstep_core::chart::geometry::distance;
use lockstep_core::chart::lanes::{Card, LanesView, Order, Picked, Pointer, lanes, overlay, summary};
use lockstep_core::time::{SimDuration, SimTime};
use lockstep_core::trace::TaskId;
use lockstep_core::words::task;
use std::rc::Rc;
use web_sys::EventTarget;
use yew::prelude::*;

/// The words for those who do not see the lanes change so often, in microseconds of the run.
const HEARD_EVERY: u64 = 100_000;
/// One step of the wheel, or of a key.
const ZOOM: f64 = 1.25;

/// What the lanes show and to whom they tell what is done with them.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run at its playhead.
    pub moment: Moment,
    /// What there is to be seen.
    pub all: Window,
    /// What of it is in sight.
    pub window: Window,
    /// In which order.
    pub order: Rc<Order>,
    /// Which states.
    pub picked: Picked,
    /// The task to mark.
    pub selected: TaskId,
    /// Whether the keys have nothing to do here.
    pub locked: bool,
    /// Whether the playhead moves by itself.
    pub running: bool,
    /// Whether what has not happened yet must not be seen.
    pub untold: bool,
    /// Something else is to be in sight.
    pub on_window: Callback<Window>,
    /// Somebody points at a moment.
    pub on_seek: Callback<SimTime>,
    /// Somebody chooses a task.
    pub on_select: Callback<TaskId>,
}

/// See the module.
#[component]
pub fn Lanes(props: &Props) -> Html {
    let node = use_node_ref();
    let size = use_element_size(&node);
    let Props { moment, window, order, picked, .. } = props;
    let view = LanesView { window: *window, order: order.clone(), picked: *picked, size, has_axes: true };
    let Moment { trace, index, .. } = moment;
    let below = use_memo((trace.clone(), index.clone(), view.clone()), |(trace, index, view)| lanes(trace, index, view));
    let over = use_state_eq(|| None);
    let card = over.and_then(|at: (f64, f64)| {
        let (task, time) = view.hit_test(at.0, at.1).filter(|(_, time)| !props.untold || *time <= moment.at())?;
        Some((task, Card { at, lines: task::card(trace, index, task, time) }))
    });
    let pointer = Pointer { selected: Some(props.selected), card, untold: props.untold };
    let above = Rc::new(overlay(&view, moment.at(), &pointer));
    let gestures = {
        let (all, begun, over) = (props.all, use_mut_ref(|| *window), over.setter());
        let (view, on_window) = (view.clone(), props.on_window.clone());
        let (on_seek, on_select) = (props.on_seek.clone(), props.on_select.clone());
        use_gestures(&node, move |gesture| {
            let width = view.axis().width().max(1.0);
            let part = |at: (f64, f64)| ((at.0 - view.axis().left) / width, at.1 / view.height().max(1.0));
            match gesture {
                Gesture::Over(at) => over.set(at),
                Gesture::Begins => {
                    over.set(None);
                    *begun.borrow_mut() = view.window;
                }
                Gesture::Click(at) => match view.hit_test(at.0, at.1) {
                    Some((task, _)) => on_select.emit(task),
                    None => on_seek.emit(view.axis().time(at.0)),
                },
                Gesture::Drag(from, at) if view.window == all || from.1 >= view.height() => on_seek.emit(view.axis().time(at.0)),
                Gesture::Drag(from, at) => {
                    let (from, at) = (part(from), part(at));
                    on_window.emit(begun.borrow().moved(all, from.0 - at.0, from.1 - at.1));
                }
                Gesture::Pinch(from, at) => {
                    let apart = |[one, two]: [(f64, f64); 2]| distance(one, two).max(1.0);
                    let middle = |[one, two]: [(f64, f64); 2]| part((f64::midpoint(one.0, two.0), f64::midpoint(one.1, two.1)));
                    let (factor, from, at) = (apart(from) / apart(at), middle(from), middle(at));
                    let zoomed = begun.borrow().zoomed(all, from, factor, factor);
                    on_window.emit(zoomed.moved(all, from.0 - at.0, from.1 - at.1));
                }
            }
        })
    };
    // Read aloud it would be too much for every frame, and counting ten thousand tasks takes a while.
    let every = if props.running { HEARD_EVERY } else { 1 };
    let heard = SimTime::from_micros(moment.at().micros() / every * every);
    let label = use_memo((trace.clone(), index.clone(), heard), |(trace, index, heard)| summary(trace, index, *heard));
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
                <Picture scene={above} {size} see_through={true} />
            </div>
        </div>
    }
}

/// With shift the wheel zooms time alone, with alt the lanes alone. Where there is nothing to zoom the page scrolls, and so it does for
/// who is on the way down the page: the lanes take the wheel with Ctrl or Cmd, or while they have the focus.
fn on_wheel(props: &Props, view: &LanesView) -> Callback<WheelEvent> {
    let (all, window, on_window, view) = (props.all, props.window, props.on_window.clone(), view.clone());
    Callback::from(move |event: WheelEvent| {
        let has_focus = || event.current_target().is_some_and(|lanes| Some(lanes) == focused().map(EventTarget::from));
        if !(event.ctrl_key() || event.meta_key() || has_focus()) {
            return;
        }
        // Some browsers turn a wheel with shift sideways.
        let turned = if event.delta_y() == 0.0 { event.delta_x() } else { event.delta_y() };
        let factor = if turned > 0.0 { ZOOM } else { 1.0 / ZOOM };
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
            let task = order.beside(selected, by);
            on_select.emit(task);
            on_window.emit(window.with_lane(all, order.lane(task).unwrap_or(0)));
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
