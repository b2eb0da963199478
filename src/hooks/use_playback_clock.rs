//! Moves the playhead while it plays, by the time that has really passed.

use super::Dispatch;
use crate::state::action::Action;
use gloo_timers::callback::Interval;
use std::time::Duration;
use yew::prelude::*;

/// A display shows 60 pictures a second; browsers delay and drop ticks, so nothing counts them.
const TICK_MS: u32 = 16;
/// Whoever asked the system or the link for less motion sees the same states, one after another, with no movement between them.
const CALM_TICK_MS: u32 = 1000;
/// Longest step: after a pause of the browser (a hidden tab, a sleeping laptop) the run goes on where it was left.
const LONGEST: Duration = Duration::from_millis(250);

/// Sends [`Action::Tick`] with the measured time since the last, while `running`; seldom if it is to be `calm`.
#[hook]
pub fn use_playback_clock(running: bool, calm: bool, dispatch: &Dispatch) {
    // The dispatcher, never the handle: a handle kept by a timer would keep every past state alive.
    use_effect_with((running, dispatch.clone()), move |(running, dispatch)| {
        let clock = running.then(|| clock(dispatch.clone(), calm));
        move || drop(clock)
    });
}

fn clock(dispatch: Dispatch, calm: bool) -> Interval {
    let mut last = now();
    let asked = web_sys::window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok()?);
    let tick = if calm || asked.is_some_and(|query| query.matches()) { CALM_TICK_MS } else { TICK_MS };
    let longest = LONGEST.max(Duration::from_millis(u64::from(tick) * 2));
    Interval::new(tick, move || {
        let time = now();
        dispatch.dispatch(Action::Tick(time.saturating_sub(last).min(longest)));
        last = time;
    })
}

/// Time on the browser's steady clock; zero in a browser without one, where nothing then moves.
fn now() -> Duration {
    let milliseconds = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
    Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0)
}
