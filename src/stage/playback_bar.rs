//! Play, pause, step both ways by event and by change of the lock, jump, loop a section, scrub, speed. Everything works by keyboard.

use crate::hooks::Dispatch;
use crate::stage::icon::Icon;
use crate::state::action::{Action, Move};
use lockstep_core::decimal::fixed;
use lockstep_core::link::values::{speed, speed_text};
use lockstep_core::playback::{Playback, Section, Speed};
use lockstep_core::time::SimTime;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What the bar shows.
pub struct Bar {
    /// The cursor.
    pub playback: Playback,
    /// Whether nothing here can be used.
    pub locked: bool,
    /// Whether the run has an error to go to.
    pub has_error: bool,
    /// Whether something happens after the bar's usual end.
    pub goes_on: bool,
    /// Whether a newer run is being computed.
    pub busy: bool,
}

/// See the module.
pub fn playback_bar(bar: &Bar, dispatch: &Dispatch) -> Html {
    let Playback { position, running, end, speed, whole, section, .. } = bar.playback;
    let (sign, name) = if running { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
    let (at_start, at_end) = (position == SimTime::ZERO, position >= end);
    let mark = match section {
        Section::None => "Loop from here",
        Section::From(_) => "Loop to here",
        Section::Between(..) => "No loop",
    };
    html! {
        <fieldset class="playback" aria-label="Playback" disabled={bar.locked}>
            <div class="transport">
            <div class="buttons">
                { button(dispatch, Icon::ToStart, "To start", Action::Play(Move::ToStart), at_start) }
                { button(dispatch, Icon::PreviousLock, "Previous change of the lock", Action::Play(Move::PreviousLockChange), at_start) }
                { button(dispatch, Icon::StepBack, "Step back", Action::Play(Move::StepBack), at_start) }
                { button(dispatch, sign, name, Action::Play(Move::PlayOrPause), bar.busy) }
                { button(dispatch, Icon::StepForward, "Step forward", Action::Play(Move::StepForward), at_end) }
                { button(dispatch, Icon::NextLock, "Next change of the lock", Action::Play(Move::NextLockChange), at_end) }
                { button(dispatch, Icon::ToEnd, "To end", Action::Play(Move::ToEnd), at_end) }
                { button(dispatch, Icon::ToFirstLock, "To first lock", Action::Play(Move::ToFirstLock), false) }
                { button(dispatch, Icon::ToFirstError, "To first error", Action::Play(Move::ToFirstError), !bar.has_error) }
            </div>
            <div class="buttons words">
                { word(dispatch, mark, None, Action::Play(Move::MarkSection)) }
                if bar.goes_on { { word(dispatch, "After the stop", Some(whole), Action::Play(Move::AfterTheStop(!whole))) } }
                { speed_choice(dispatch, speed) }
            </div>
            </div>
            { scrub(dispatch, position, end, section) }
            <span class="playhead" data-testid="playhead" data-t={position.to_string()}>
                <span class="figure">{ fixed(position.seconds(), 3).to_string() }</span>{ " s" }
            </span>
        </fieldset>
    }
}

/// A button with a word, that stays pressed if it can be.
fn word(dispatch: &Dispatch, name: &'static str, pressed: Option<bool>, action: Action) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()));
    let pressed = pressed.map(|on| if on { "true" } else { "false" });
    html! { <button type="button" class="small" aria-pressed={pressed} {onclick}>{ name }</button> }
}

/// A button that `has_no_use` now does nothing. It is not disabled, which would take the focus from whoever has just pressed it.
fn button(dispatch: &Dispatch, icon: Icon, name: &'static str, action: Action, has_no_use: bool) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if !has_no_use {
            dispatch.dispatch(action.clone());
        }
    });
    let disabled = has_no_use.then_some("true");
    html! {
        <button type="button" class={icon.class()} aria-label={name} title={name} aria-disabled={disabled} {onclick}>
            { icon.view() }
            if icon == Icon::ToFirstError {
                <span class="word" aria-hidden="true"><span class="to">{ "To " }</span>{ "first error" }</span>
            }
        </button>
    }
}

/// The whole run as a slider, with the section that loops.
fn scrub(dispatch: &Dispatch, position: SimTime, end: SimTime, section: Section) -> Html {
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
        Section::None => None,
        Section::From(from) => Some((from, from)),
        Section::Between(from, to) => Some((from, to)),
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
    // A link may bring a speed that is not in the list.
    let mut speeds = Speed::STEPS.to_vec();
    if !speeds.contains(&now) {
        speeds.push(now);
        speeds.sort_unstable();
    }
    html! {
        <label class="speed">
            <span class="name">{ "Speed" }</span>
            <select {onchange} title="Simulated seconds in a real second">
                for step in speeds.iter() {
                    <option key={step.thousandths()} value={speed_text(*step)} selected={*step == now}>
                        { format!("\u{d7} {}", speed_text(*step)) }
                    </option>
                }
            </select>
        </label>
    }
}
