//! Moves the playhead while it plays, by the time that has really passed.

use super::Dispatch;
use crate::ui::workbench::Action;
use gloo_timers::callback::Interval;
use std::time::Duration;
use yew::prelude::*;

/// A display shows 60 pictures a second; browsers delay and drop ticks, so nothing counts them.
const TICK_MS: u32 = 16;
/// Longest step: after a pause of the browser (a hidden tab, a sleeping laptop) the run goes on where it was left.
const LONGEST: Duration = Duration::from_millis(250);

/// Sends [`Action::Elapsed`] with the measured time since the last, while `running`.
#[hook]
pub fn use_playback_clock(running: bool, dispatch: &Dispatch) {
    // The dispatcher, never the handle: a handle kept by a timer would keep every past state alive.
    use_effect_with((running, dispatch.clone()), |(running, dispatch)| {
        let clock = running.then(|| clock(dispatch.clone()));
        move || drop(clock)
    });
}

fn clock(dispatch: Dispatch) -> Interval {
    let mut last = now();
    Interval::new(TICK_MS, move || {
        let time = now();
        dispatch.dispatch(Action::Elapsed(time.saturating_sub(last).min(LONGEST)));
        last = time;
    })
}

/// Time on the browser's steady clock; zero in a browser without one, where nothing then moves.
fn now() -> Duration {
    let milliseconds = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
    Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0)
}
