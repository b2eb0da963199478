//! Lanes: what every task does from beginning to end, with the playhead over them.
//!
//! Two canvases, one on the other: the lanes are painted once a run, the playhead each frame.

use super::picture::Picture;
use crate::chart::lanes::{LanesView, lanes, overlay, summary};
use crate::time::SimTime;
use crate::trace::{TaskId, Trace, TraceIndex};
use crate::ui::hooks::{use_drag, use_element_size};
use std::rc::Rc;
use yew::prelude::*;

/// The words for those who do not see the lanes change so often, in microseconds of the run.
const HEARD_EVERY: u64 = 100_000;

/// What the lanes show and to whom they tell what is done with them.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub trace: Rc<Trace>,
    /// Its look-up tables.
    pub index: Rc<TraceIndex>,
    /// The playhead.
    pub now: SimTime,
    /// The moment at the right end.
    pub end: SimTime,
    /// The task to mark.
    #[prop_or_default]
    pub selected: Option<TaskId>,
    /// Somebody points at a moment.
    pub on_seek: Callback<SimTime>,
    /// Somebody clicks on a lane.
    #[prop_or_default]
    pub on_select: Callback<TaskId>,
}

/// See the module.
#[component]
pub fn Lanes(props: &Props) -> Html {
    let node = use_node_ref();
    let size = use_element_size(&node);
    let Props { trace, index, now, end, selected, on_seek, on_select } = props;
    let view = LanesView { from: SimTime::ZERO, to: *end, first_task: 1, tasks: trace.scenario.tasks, size };
    let below = use_memo((trace.clone(), index.clone(), view), |(trace, index, view)| lanes(trace, index, view));
    let above = Rc::new(overlay(&view, *now, *selected));
    let drag = {
        let (on_seek, on_select) = (on_seek.clone(), on_select.clone());
        use_drag(&node, move |x, y, begins| {
            on_seek.emit(view.axis().time(x));
            if let Some((task, _)) = view.hit_test(x, y).filter(|_| begins) {
                on_select.emit(task);
            }
        })
    };
    // Read aloud it would be too much for every frame, and counting ten thousand tasks takes a while.
    let heard = SimTime::from_micros(now.micros() / HEARD_EVERY * HEARD_EVERY);
    let label = use_memo((trace.clone(), index.clone(), heard), |(trace, index, heard)| summary(trace, index, *heard));
    html! {
        <div
            ref={node}
            class="picture lanes"
            data-testid="lanes"
            role="img"
            aria-label={(*label).clone()}
            onpointerdown={drag.down}
            onpointermove={drag.moved}
        >
            <Picture scene={below} {size} />
            <Picture scene={above} {size} see_through={true} />
        </div>
    }
}
