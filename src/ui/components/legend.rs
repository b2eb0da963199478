//! What the colours of the lanes mean, for the states that the run has: a colour, a sign, a word.

use crate::chart::Role;
use crate::trace::{LaneState, TraceIndex};
use std::rc::Rc;
use yew::prelude::*;

/// Whose states.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run's look-up tables.
    pub index: Rc<TraceIndex>,
}

/// See the module.
#[component]
pub fn Legend(props: &Props) -> Html {
    let states = use_memo(props.index.clone(), |index| index.states());
    html! {
        <ul class="legend">
            for state in states.iter().copied() {
                <li>
                    { swatch(state) }
                    { state.word() }
                </li>
            }
        </ul>
    }
}

fn swatch(state: LaneState) -> Html {
    // An attribute of the picture, not a style: the strictest policy allows it.
    let fill = format!("var({})", Role::State(state).css_variable());
    html! {
        <svg class="swatch" width="18" height="14" aria-hidden="true">
            <rect width="18" height="14" {fill} />
            <text x="9" y="11">{ state.glyph() }</text>
        </svg>
    }
}
