//! Play, pause, step both ways, to the first error, scrub, speed. Everything works by keyboard.

use super::icon::Icon;
use crate::playback::{Playback, Speed};
use crate::time::SimTime;
use crate::ui::hooks::use_dispatch;
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
    let Playback { position, running, end, speed, .. } = props.playback;
    let (sign, name) = if running { (Icon::Pause, "Pause") } else { (Icon::Play, "Play") };
    html! {
        <section class="playback" aria-label="Playback">
            <div class="buttons">
                <Button icon={Icon::ToStart} name="To start" action={Action::ToStart} disabled={position == SimTime::ZERO} />
                <Button icon={Icon::StepBack} name="Step back" action={Action::StepBack} disabled={position == SimTime::ZERO} />
                <Button icon={sign} {name} action={Action::PlayOrPause} disabled={props.busy} class="play" />
                <Button icon={Icon::StepForward} name="Step forward" action={Action::StepForward} disabled={position >= end} />
                <Button icon={Icon::ToFirstError} name="To first error" action={Action::ToFirstError}
                    disabled={!props.has_error} worded=true class="to-error" />
            </div>
            <Scrub {position} {end} />
            <span class="playhead" data-testid="playhead" data-t={position.to_string()}>
                <span class="figure">{ format!("{:.3}", position.seconds()) }</span>{ " s" }
            </span>
            <SpeedChoice {speed} />
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ButtonProps {
    icon: Icon,
    name: AttrValue,
    action: Action,
    disabled: bool,
    /// Whether the name is shown too, where there is room.
    #[prop_or_default]
    worded: bool,
    #[prop_or_default]
    class: Classes,
}

#[component]
fn Button(props: &ButtonProps) -> Html {
    let dispatch = use_dispatch();
    let action = props.action.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()));
    html! {
        <button type="button" class={classes!("icon-button", props.class.clone())} aria-label={props.name.clone()}
            title={props.name.clone()} disabled={props.disabled} {onclick}>
            { props.icon.view() }
            if props.worded { <span class="word" aria-hidden="true">{ &props.name }</span> }
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
