//! What the colours of the lanes mean, for the states that the run has: a colour, a sign, a word. Pressing one shows it alone.

use lockstep_core::chart::Role;
use lockstep_core::chart::lanes::Picked;
use lockstep_core::trace::LaneState;
use yew::prelude::*;

/// The legend of `states`, of which those `picked` are to be seen; `on_pick` is told which one was pressed.
pub fn legend(states: &[LaneState], picked: Picked, on_pick: &Callback<LaneState>) -> Html {
    let entry = |state: LaneState| {
        let on_pick = on_pick.clone();
        let onclick = Callback::from(move |_: MouseEvent| on_pick.emit(state));
        let pressed = if picked.is_picked(state) { "true" } else { "false" };
        let class = if picked.has(state) { "state" } else { "state off" };
        html! { <li><button type="button" {class} aria-pressed={pressed} {onclick}>{ swatch(state) }{ state.word() }</button></li> }
    };
    html! { <ul class="legend" aria-label="Show only these states">{ for states.iter().copied().map(entry) }</ul> }
}

/// The class that says how dark the colour is, and by that which one a sign on it has.
const fn ground(state: LaneState) -> &'static str {
    match state {
        LaneState::Polling | LaneState::Holding | LaneState::Committing | LaneState::Failed => "swatch strong",
        LaneState::QueuedForLoop | LaneState::WaitingForGil | LaneState::Done => "swatch middle",
        _ => "swatch",
    }
}

fn swatch(state: LaneState) -> Html {
    // An attribute of the picture, not a style: the strictest policy allows it.
    let fill = format!("var({})", Role::State(state).css_variable());
    html! {
        <svg class={ground(state)} width="18" height="14" aria-hidden="true">
            <rect width="18" height="14" {fill} />
            <text x="9" y="11">{ state.glyph() }</text>
        </svg>
    }
}
