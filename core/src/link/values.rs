//! Values of a link as text: moments, speeds, tasks.

use crate::playback::Speed;
use crate::time::{SimDuration, SimTime};
use crate::trace::TaskId;

/// The largest number of tasks of a run.
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
