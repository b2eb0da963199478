//! Play, pause, step both ways, to the first error, scrub, speed. Everything works by keyboard.

use super::icon::Icon;
use crate::playback::{Playback, Speed};
use crate::time::SimTime;
use crate::ui::hooks::{Dispatch, use_dispatch};
use crate::ui::link::{speed, speed_text};
use crate::ui::workbench::Action;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What the bar shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The cursor.
    pub playback: Playback,
    /// Whether the run has an error to go to.
    pub has_error: bool,
    /// Whether a newer run is being computed.
    pub busy: bool,
}

/// See the module.
#[component]
pub fn PlaybackBar(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let Playback { position, running, end, speed, .. } = props.playback;
    let (sign, name) = if running { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
    let (at_start, at_end) = (position == SimTime::ZERO, position >= end);
    html! {
        <section class="playback" aria-label="Playback">
            <div class="buttons">
                { button(&dispatch, Icon::ToStart, "To start", Action::ToStart, at_start) }
                { button(&dispatch, Icon::StepBack, "Step back", Action::StepBack, at_start) }
                { button(&dispatch, sign, name, Action::PlayOrPause, props.busy) }
                { button(&dispatch, Icon::StepForward, "Step forward", Action::StepForward, at_end) }
                { button(&dispatch, Icon::ToFirstError, "To first error", Action::ToFirstError, !props.has_error) }
            </div>
            <Scrub {position} {end} />
            <span class="playhead" data-testid="playhead" data-t={position.to_string()}>
                <span class="figure">{ format!("{:.3}", position.seconds()) }</span>{ " s" }
            </span>
            <SpeedChoice {speed} />
        </section>
    }
}

fn button(dispatch: &Dispatch, icon: Icon, name: &'static str, action: Action, disabled: bool) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()));
    html! {
        <button type="button" class={icon.class()} aria-label={name} title={name} {disabled} {onclick}>
            { icon.view() }
            if icon == Icon::ToFirstError { <span class="word" aria-hidden="true">{ name }</span> }
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct ScrubProps {
    position: SimTime,
    end: SimTime,
}

#[component]
fn Scrub(props: &ScrubProps) -> Html {
    let dispatch = use_dispatch();
    let oninput = Callback::from(move |event: InputEvent| {
        let seconds = event.target_unchecked_into::<HtmlInputElement>().value_as_number();
        if seconds.is_finite() {
            dispatch.dispatch(Action::Seek(SimTime::from_seconds(seconds)));
        }
    });
    let (position, end) = (props.position.seconds(), props.end.seconds());
    html! {
        <input class="scrub" type="range" min="0" max={format!("{end:.2}")} step="0.01" value={format!("{position:.2}")}
            aria-label="Position in the run" aria-valuetext={format!("{position:.2} of {end:.2} seconds")} {oninput} />
    }
}

#[derive(Properties, PartialEq)]
struct SpeedProps {
    speed: Speed,
}

#[component]
fn SpeedChoice(props: &SpeedProps) -> Html {
    let dispatch = use_dispatch();
    let onchange = Callback::from(move |event: Event| {
        let chosen = speed(&event.target_unchecked_into::<HtmlSelectElement>().value());
        if let Some(speed) = chosen {
            dispatch.dispatch(Action::SetSpeed(speed));
        }
    });
    // A link may bring a speed that is not in the list.
    let mut speeds = Speed::STEPS.to_vec();
    if !speeds.contains(&props.speed) {
        speeds.push(props.speed);
        speeds.sort_unstable();
    }
    html! {
        <label class="speed">
            <span class="name">{ "Speed" }</span>
            <select {onchange} title="Simulated seconds in a real second">
                for step in speeds.iter() {
                    <option key={step.thousandths()} value={speed_text(*step)} selected={*step == props.speed}>
                        { format!("\u{d7} {}", speed_text(*step)) }
                    </option>
                }
            </select>
        </label>
    }
}
