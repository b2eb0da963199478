//! The poll clock: when each waiter asks again, on the dial of one turn.

use super::picture::Picture;
use crate::chart::poll_clock::{caption, poll_clock, summary};
use crate::trace::{Snapshot, TaskId, Trace, TraceIndex};
use crate::ui::hooks::use_element_size;
use std::rc::Rc;
use yew::prelude::*;

/// What the dial shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub trace: Rc<Trace>,
    /// Its look-up tables.
    pub index: Rc<TraceIndex>,
    /// Everything at the playhead.
    pub now: Rc<Snapshot>,
    /// The task to mark.
    #[prop_or_default]
    pub selected: Option<TaskId>,
}

/// See the module.
#[component]
pub fn PollClock(props: &Props) -> Html {
    let node = use_node_ref();
    let size = use_element_size(&node);
    let Props { trace, index, now, selected } = props;
    let scene = Rc::new(poll_clock(trace, index, now, *selected, size));
    let label = summary(now, trace.turn);
    html! {
        <figure class="poll-clock">
            <div ref={node} class="picture poll-clock-dial" data-testid="poll-clock" role="img" aria-label={label}>
                <Picture {scene} {size} />
            </div>
            <figcaption>{ caption(now, trace.turn) }</figcaption>
        </figure>
    }
}
