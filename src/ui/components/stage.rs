//! The pictures of one run at one playhead: dial, rows over time, lanes.

use super::lanes::Lanes;
use super::legend::Legend;
use super::poll_clock::PollClock;
use super::rows_chart::RowsChart;
use crate::time::SimTime;
use crate::trace::{Snapshot, TaskId, Trace, TraceIndex};
use std::rc::Rc;
use yew::prelude::*;

/// What the pictures share.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub trace: Rc<Trace>,
    /// The playhead.
    pub now: SimTime,
    /// Where the playback bar ends, and the pictures' time axis with it.
    pub end: SimTime,
    /// The task to mark.
    #[prop_or_default]
    pub selected: Option<TaskId>,
    /// Somebody points at a moment.
    pub on_seek: Callback<SimTime>,
    /// Somebody clicks on a task's lane.
    #[prop_or_default]
    pub on_select: Callback<TaskId>,
}

/// See the module.
#[component]
pub fn Stage(props: &Props) -> Html {
    let Props { trace, now, end, selected, on_seek, on_select } = props;
    let (now, end, selected) = (*now, *end, *selected);
    let index = use_memo(trace.clone(), |trace| TraceIndex::of(trace));
    let all = Rc::new(Snapshot::at(trace, &index, now));
    html! {
        <div class="stage">
            <PollClock trace={trace.clone()} index={index.clone()} now={all.clone()} {selected} />
            <div class="stage-time">
                <RowsChart trace={trace.clone()} index={index.clone()} now={all} {end} on_seek={on_seek.clone()} />
                <Lanes trace={trace.clone()} index={index.clone()} {now} {end} {selected} {on_seek} {on_select} />
            </div>
            <Legend {index} />
        </div>
    }
}
