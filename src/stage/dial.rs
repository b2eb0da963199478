//! One poll clock with its caption: when each waiter polls next.

use crate::hooks::use_element_size;
use crate::stage::picture::Picture;
use crate::state::moment::Moment;
use lockstep_core::chart::poll_clock::{DialView, caption, poll_clock, summary};
use lockstep_core::time::SimDuration;
use lockstep_core::trace::TaskId;
use lockstep_core::trace::follow::Follow;
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`Dial`].
#[derive(Properties, PartialEq)]
pub struct DialProps {
    /// The run at its playhead.
    pub moment: Moment,
    /// The task to highlight.
    #[prop_or_default]
    pub selected: Option<TaskId>,
    /// Whether the dial rotates with the longest wait, so that the bunches appear to stand still.
    pub follow: bool,
    /// Its `data-testid`.
    pub testid: &'static str,
    /// A title above it, if there are two dials.
    #[prop_or_default]
    pub title: Option<AttrValue>,
}

/// See the module documentation.
#[component]
pub fn Dial(props: &DialProps) -> Html {
    let node = use_node_ref();
    let size = use_element_size(&node);
    let Moment { trace, index, now } = &props.moment;
    let followed = use_memo((trace.clone(), index.clone()), |(trace, index)| Follow::longest_wait(trace, index));
    let top = if props.follow { followed.phase(now.at, trace.turn) } else { SimDuration::ZERO };
    let scene = Rc::new(poll_clock(trace, index, now, &DialView { size, selected: props.selected, top }));
    let text = caption(now, trace.turn);
    html! {
        <figure class="poll-clock">
            if let Some(title) = &props.title { <p class="dial-title">{ title }</p> }
            <div ref={node} class="picture poll-clock-dial" data-testid={props.testid} role="img" aria-label={summary(now, &text)}>
                <Picture {scene} {size} />
            </div>
            <figcaption>{ text }</figcaption>
        </figure>
    }
}
