//! Parses and formats the values in a link: times, speeds, tasks and windows.

use crate::chart::Window;
use crate::playback::Speed;
use crate::time::{SimDuration, SimTime};
use crate::trace::TaskId;

/// Maximum number of tasks in a run, and so of lanes.
const MAX_TASKS: u32 = 10_000;

/// A speed as text: simulated seconds per real second.
#[must_use]
pub fn speed_text(speed: Speed) -> String {
    SimDuration::from_millis(speed.thousandths().into()).to_string()
}

/// The speed that `text` means, or `None` if it is out of range.
#[must_use]
pub fn speed(text: &str) -> Option<Speed> {
    let thousandths = u32::try_from(SimDuration::parse(text)?.millis()).ok()?;
    Some(Speed::from_thousandths(thousandths)).filter(|speed| speed.thousandths() == thousandths)
}

/// A time in seconds. `None` if the text is not a number, or the time is negative or more than a
/// day.
#[must_use]
pub fn seconds(text: &str) -> Option<SimTime> {
    const ONE_DAY: SimDuration = SimDuration::from_millis(86_400_000);
    SimDuration::parse(text).filter(|length| *length <= ONE_DAY).map(|length| SimTime::ZERO + length)
}

/// The task with this number, from 1 to 10 000.
#[must_use]
pub fn task(text: &str) -> Option<TaskId> {
    text.parse().ok().filter(|number| (1..=MAX_TASKS).contains(number)).map(TaskId::new)
}

/// A window as text: start, end, first lane and number of lanes, separated by commas. Lanes are
/// numbered from 1.
#[must_use]
pub fn window_text(window: Window) -> String {
    let Window { from, to, first, lanes } = window;
    format!("{from},{to},{},{lanes}", first + 1)
}

/// The window that `text` means. `None` if it is empty or larger than any run.
#[must_use]
pub fn window(text: &str) -> Option<Window> {
    let mut parts = text.split(',');
    let mut time = || seconds(parts.next()?);
    let (from, to): (SimTime, SimTime) = (time()?, time()?);
    let mut count = || parts.next()?.parse().ok().filter(|count| (1..=MAX_TASKS).contains(count));
    let (first, lanes): (u32, u32) = (count()?, count()?);
    (from < to && parts.next().is_none()).then_some(Window { from, to, first: first - 1, lanes })
}
