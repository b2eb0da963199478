//! Values of a link as text: moments, speeds, tasks, windows.

use crate::chart::Window;
use crate::playback::Speed;
use crate::time::{SimDuration, SimTime};
use crate::trace::TaskId;

/// The largest number of tasks of a run, and of its lanes.
const MOST_TASKS: u32 = 10_000;

/// A speed as a link has it: simulated seconds in a real second.
#[must_use]
pub fn speed_text(speed: Speed) -> String {
    SimDuration::from_millis(speed.thousandths().into()).to_string()
}

/// The speed that `text` means, in the range on offer.
#[must_use]
pub fn speed(text: &str) -> Option<Speed> {
    let thousandths = u32::try_from(SimDuration::parse(text)?.millis()).ok()?;
    Some(Speed::from_thousandths(thousandths)).filter(|speed| speed.thousandths() == thousandths)
}

/// A moment in seconds; none for what is no number, below zero, or longer than a day.
#[must_use]
pub fn seconds(text: &str) -> Option<SimTime> {
    const A_DAY: SimDuration = SimDuration::from_millis(86_400_000);
    SimDuration::parse(text).filter(|length| *length <= A_DAY).map(|length| SimTime::ZERO + length)
}

/// The task with this number, from 1 to 10 000.
#[must_use]
pub fn task(text: &str) -> Option<TaskId> {
    text.parse().ok().filter(|number| (1..=MOST_TASKS).contains(number)).map(TaskId::new)
}

/// From, to, first lane and number of lanes, separated by commas. Lanes are counted from 1 where
/// people read them.
#[must_use]
pub fn window_text(window: Window) -> String {
    let Window { from, to, first, lanes } = window;
    format!("{from},{to},{},{lanes}", first + 1)
}

/// The window that `text` means; none if it is empty or goes beyond what any run has.
#[must_use]
pub fn window(text: &str) -> Option<Window> {
    let mut parts = text.split(',');
    let mut time = || seconds(parts.next()?);
    let (from, to): (SimTime, SimTime) = (time()?, time()?);
    let mut count = || parts.next()?.parse().ok().filter(|count| (1..=MOST_TASKS).contains(count));
    let (first, lanes): (u32, u32) = (count()?, count()?);
    (from < to && parts.next().is_none()).then_some(Window { from, to, first: first - 1, lanes })
}
