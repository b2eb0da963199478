//! The legend of the lanes: colour, glyph and name of each state that occurs in the run. Pressing
//! states shows only those.

use lockstep_core::chart::Role;
use lockstep_core::chart::lanes::StateFilter;
use lockstep_core::trace::LaneState;
use yew::prelude::*;

/// The legend of `states`. `picked` are the states that are shown; `on_pick` is called with the
/// state that was pressed.
pub fn legend(states: &[LaneState], picked: StateFilter, on_pick: &Callback<LaneState>) -> Html {
    let entry = |state: LaneState| {
        let on_pick = on_pick.clone();
        let onclick = Callback::from(move |_: MouseEvent| on_pick.emit(state));
        let pressed = if picked.is_picked(state) { "true" } else { "false" };
        let class = if picked.shows(state) { "state" } else { "state off" };
        html! { <li><button type="button" {class} aria-pressed={pressed} {onclick}>{ swatch(state) }{ state.word() }</button></li> }
    };
    html! { <ul class="legend" aria-label="Show only these states">{ for states.iter().copied().map(entry) }</ul> }
}

/// The CSS class for the brightness of the colour, which decides the colour of the glyph on it.
const fn swatch_class(state: LaneState) -> &'static str {
    match state {
        LaneState::Polling | LaneState::Holding | LaneState::Committing | LaneState::Failed => "swatch strong",
        LaneState::QueuedForLoop | LaneState::WaitingForGil | LaneState::Done => "swatch middle",
        _ => "swatch",
    }
}

fn swatch(state: LaneState) -> Html {
    // An attribute and not a style, which a strict Content-Security-Policy would refuse.
    let fill = format!("var({})", Role::State(state).css_variable());
    html! {
        <svg class={swatch_class(state)} width="18" height="14" aria-hidden="true">
            <rect width="18" height="14" {fill} />
            <text x="9" y="11">{ state.glyph() }</text>
        </svg>
    }
}
