//! Advances the playhead during playback by the real time that has passed.

use super::Dispatch;
use crate::state::action::Action;
use gloo_timers::callback::Interval;
use std::time::Duration;
use yew::prelude::*;

/// About 60 ticks per second. Browsers delay and drop ticks, so the elapsed time is measured.
const TICK_MS: u32 = 16;
/// With reduced motion, the pictures change once per second instead of moving continuously.
const REDUCED_MOTION_TICK_MS: u32 = 1000;
/// Longest step. It keeps the playhead from jumping after the browser was suspended (hidden tab,
/// sleeping laptop): playback continues where it stopped.
const MAX_STEP: Duration = Duration::from_millis(250);

/// While `running`, dispatches [`Action::Tick`] with the time since the last tick. It ticks once per
/// second if `reduced_motion` is set or the system asks for reduced motion.
#[hook]
pub fn use_playback_clock(running: bool, reduced_motion: bool, dispatch: &Dispatch) {
    // The timer holds only the dispatcher. A reducer handle would keep an old state in memory.
    use_effect_with((running, reduced_motion, dispatch.clone()), |(running, reduced_motion, dispatch)| {
        let clock = running.then(|| clock(dispatch.clone(), *reduced_motion));
        move || drop(clock)
    });
}

/// Starts the timer; dropping it stops it.
fn clock(dispatch: Dispatch, reduced_motion: bool) -> Interval {
    let mut last = now();
    let media = web_sys::window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok()?);
    let tick = if reduced_motion || media.is_some_and(|query| query.matches()) { REDUCED_MOTION_TICK_MS } else { TICK_MS };
    let max_step = MAX_STEP.max(Duration::from_millis(u64::from(tick) * 2));
    Interval::new(tick, move || {
        let time = now();
        dispatch.dispatch(Action::Tick(time.saturating_sub(last).min(max_step)));
        last = time;
    })
}

/// Time on the browser's monotonic clock; always zero if the browser has none.
fn now() -> Duration {
    let milliseconds = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
    Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0)
}
