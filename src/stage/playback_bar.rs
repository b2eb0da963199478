//! The playback bar: play and pause, steps by event and by change of the lock, jumps, a looping
//! section, the position slider and the speed. All of it works by keyboard.

use crate::hooks::Dispatch;
use crate::stage::icon::Icon;
use crate::state::action::{Action, Move};
use lockstep_core::decimal::fixed;
use lockstep_core::link::values::{speed, speed_text};
use lockstep_core::playback::{LoopSection, Playback, Speed};
use lockstep_core::time::SimTime;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The state of the playback bar.
pub struct Bar {
    /// The playhead, speed and looping section.
    pub playback: Playback,
    /// Whether the link locks the playback.
    pub locked: bool,
    /// Whether the run has an error.
    pub has_error: bool,
    /// Whether the trace has events after the default end of the bar.
    pub continues_after_stop: bool,
    /// Whether a newer run is pending.
    pub busy: bool,
}

/// The playback bar.
pub fn playback_bar(bar: &Bar, dispatch: &Dispatch) -> Html {
    let Playback { position, running, end, speed, to_trace_end, section, .. } = bar.playback;
    let (icon, name) = if running { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
    let (at_start, at_end) = (position == SimTime::ZERO, position >= end);
    let mark = match section {
        LoopSection::None => "Start loop here",
        LoopSection::From(_) => "End loop here",
        LoopSection::Between(..) => "Remove loop",
    };
    html! {
        <fieldset class="playback" aria-label="Playback" disabled={bar.locked}>
            <div class="transport">
            <div class="buttons">
                { icon_button(dispatch, Icon::ToStart, "To start", Action::Play(Move::ToStart), at_start) }
                { icon_button(dispatch, Icon::PreviousLock, "Previous change of the lock", Action::Play(Move::PreviousLockChange), at_start) }
                { icon_button(dispatch, Icon::StepBack, "Step back", Action::Play(Move::StepBack), at_start) }
                { icon_button(dispatch, icon, name, Action::Play(Move::PlayOrPause), bar.busy) }
                { icon_button(dispatch, Icon::StepForward, "Step forward", Action::Play(Move::StepForward), at_end) }
                { icon_button(dispatch, Icon::NextLock, "Next change of the lock", Action::Play(Move::NextLockChange), at_end) }
                { icon_button(dispatch, Icon::ToEnd, "To end", Action::Play(Move::ToEnd), at_end) }
                { icon_button(dispatch, Icon::ToFirstLock, "To first lock", Action::Play(Move::ToFirstLock), false) }
                { icon_button(dispatch, Icon::ToFirstError, "To first error", Action::Play(Move::ToFirstError), !bar.has_error) }
            </div>
            <div class="buttons words">
                { text_button(dispatch, mark, None, Action::Play(Move::MarkSection)) }
                if bar.continues_after_stop { { text_button(dispatch, "Show after the stop", Some(to_trace_end), Action::Play(Move::AfterTheStop(!to_trace_end))) } }
                { speed_choice(dispatch, speed) }
            </div>
            </div>
            { position_slider(dispatch, position, end, section) }
            <span class="playhead" data-testid="playhead" data-t={position.to_string()}>
                <span class="figure">{ fixed(position.seconds(), 3).to_string() }</span>{ " s" }
            </span>
        </fieldset>
    }
}

/// A button with a text. `pressed` makes it a toggle button.
fn text_button(dispatch: &Dispatch, name: &'static str, pressed: Option<bool>, action: Action) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()));
    let pressed = pressed.map(|on| if on { "true" } else { "false" });
    html! { <button type="button" class="small" aria-pressed={pressed} {onclick}>{ name }</button> }
}

/// A button with an icon. If `is_inert`, it does nothing and is announced as disabled; the
/// `disabled` attribute would take the focus away from a button that was just pressed.
fn icon_button(dispatch: &Dispatch, icon: Icon, name: &'static str, action: Action, is_inert: bool) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if !is_inert {
            dispatch.dispatch(action.clone());
        }
    });
    let disabled = is_inert.then_some("true");
    html! {
        <button type="button" class={icon.class()} aria-label={name} title={name} aria-disabled={disabled} {onclick}>
            { icon.view() }
            if icon == Icon::ToFirstError {
                <span class="word" aria-hidden="true"><span class="to">{ "To " }</span>{ "first error" }</span>
            }
        </button>
    }
}

/// The position in the run as a slider, with the looping section.
fn position_slider(dispatch: &Dispatch, position: SimTime, end: SimTime, section: LoopSection) -> Html {
    let dispatch = dispatch.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let seconds = event.target_unchecked_into::<HtmlInputElement>().value_as_number();
        if seconds.is_finite() {
            dispatch.dispatch(Action::Play(Move::Seek(SimTime::from_seconds(seconds))));
        }
    });
    let (position, end) = (position.seconds(), end.seconds());
    let text = |seconds: f64| fixed(seconds, 2).to_string();
    let mark = |at: SimTime| if end > 0.0 { at.seconds() / end * 1000.0 } else { 0.0 };
    let ends = match section {
        LoopSection::None => None,
        LoopSection::From(from) => Some((from, from)),
        LoopSection::Between(from, to) => Some((from, to)),
    };
    html! {
        <div class="scrub">
        <input type="range" min="0" max={text(end)} step="0.01" value={text(position)}
            aria-label="Position in the run" aria-valuetext={format!("{} of {} seconds", text(position), text(end))} {oninput} />
            if let Some((from, to)) = ends {
                <svg class="section" viewBox="0 0 1000 4" preserveAspectRatio="none" aria-hidden="true">
                    <rect x={fixed(mark(from), 0).to_string()} width={fixed((mark(to) - mark(from)).max(3.0), 0).to_string()} height="4" />
                </svg>
            }
        </div>
    }
}

fn speed_choice(dispatch: &Dispatch, now: Speed) -> Html {
    let dispatch = dispatch.clone();
    let onchange = Callback::from(move |event: Event| {
        let chosen = speed(&event.target_unchecked_into::<HtmlSelectElement>().value());
        if let Some(speed) = chosen {
            dispatch.dispatch(Action::Play(Move::SetSpeed(speed)));
        }
    });
    // A link may set a speed that is not in the list.
    let mut speeds = Speed::STEPS.to_vec();
    if !speeds.contains(&now) {
        speeds.push(now);
        speeds.sort_unstable();
    }
    html! {
        <label class="speed">
            <span class="name">{ "Speed" }</span>
            <select {onchange} title="Simulated seconds per real second">
                for step in speeds.iter() {
                    <option key={step.thousandths()} value={speed_text(*step)} selected={*step == now}>
                        { format!("\u{d7} {}", speed_text(*step)) }
                    </option>
                }
            </select>
        </label>
    }
}
