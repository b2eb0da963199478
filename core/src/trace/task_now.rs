//! One task at a moment: what it does, how far its wait is, and what whoever keeps it out is doing.

use super::waits::Wait;
use super::{EventKind, LaneState, Statement, TaskId, Trace, TraceIndex};
use crate::time::{SimDuration, SimTime};

/// A task's latest wait for the lock, as far as it is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitNow {
    /// For what.
    pub statement: Statement,
    /// The first poll.
    pub from: SimTime,
    /// Polls that found the lock taken.
    pub polls: u32,
    /// What its sleeps asked for so far, the present one included; this is what the timeout is compared with (fact 3.3).
    pub asked: SimDuration,
    /// The next poll, while it waits.
    pub next_poll: Option<SimTime>,
    /// Whether it is over.
    pub over: bool,
}

/// One task at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskNow {
    /// What it does; none before its first step.
    pub state: Option<LaneState>,
    /// Since when.
    pub since: SimTime,
    /// Its latest wait; none if it has never found the lock taken.
    pub wait: Option<WaitNow>,
}

/// What whoever holds the lock is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolderDoes {
    /// Its coroutine is in `asyncio.sleep` for so long yet.
    Sleeps(SimDuration),
    /// COMMIT writes and waits for the disk.
    Writes,
    /// Its answer waits for the event loop.
    AwaitsTheLoop,
    /// Anything else, some microseconds long.
    Works,
}

impl TaskNow {
    /// The task at `time`.
    #[must_use]
    pub fn at(trace: &Trace, index: &TraceIndex, task: TaskId, time: SimTime) -> Self {
        let spans = index.spans.of(task);
        let since = spans[..spans.partition_point(|span| span.from <= time)].last().map_or(SimTime::ZERO, |span| span.from);
        let waits = index.waits.of(task);
        let wait = waits[..waits.partition_point(|wait| wait.from <= time)].last();
        let wait = wait.map(|wait| wait_now(trace, index, wait, time));
        Self { state: index.state_at(trace, task, time), since, wait }
    }
}

fn wait_now(trace: &Trace, index: &TraceIndex, wait: &Wait, time: SimTime) -> WaitNow {
    let over = wait.to.is_some_and(|end| end <= time);
    let mut now =
        WaitNow { statement: wait.statement, from: wait.from, polls: 0, asked: SimDuration::ZERO, next_poll: None, over };
    let places = index.events.of(wait.task).iter();
    let events = places.filter_map(|place| trace.events.get(*place as usize)).skip_while(|event| event.at < wait.from);
    for event in events.take_while(|event| event.at <= time && wait.to.is_none_or(|end| event.at <= end)) {
        match event.kind {
            EventKind::Attempt { granted: false, .. } => now.polls += 1,
            EventKind::Backoff { asked_ms, .. } => {
                now.asked = now.asked + SimDuration::from_millis(asked_ms.into());
                now.next_poll = event.wakes().filter(|_| !over);
            }
            _ => {}
        }
    }
    now
}

/// What `holder`, who has the lock, does at `time`.
#[must_use]
pub fn holder_does(trace: &Trace, index: &TraceIndex, holder: TaskId, time: SimTime) -> HolderDoes {
    match index.last_event(trace, holder, time).map(|(_, event)| (event.at, event.kind)) {
        Some((at, EventKind::Sleep { asked_us })) => {
            HolderDoes::Sleeps((at + SimDuration::from_micros(asked_us.into())).since(time))
        }
        Some((_, EventKind::CommitIoBegins)) => HolderDoes::Writes,
        Some((_, EventKind::CallReturned { .. })) => HolderDoes::AwaitsTheLoop,
        _ => HolderDoes::Works,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{hand_over, micros};

    fn at(task: u32, time: u64) -> TaskNow {
        let trace = hand_over();
        TaskNow::at(&trace, &TraceIndex::of(&trace), TaskId::new(task), micros(time))
    }

    #[test]
    fn a_wait_counts_its_polls_and_what_its_sleeps_asked_for() {
        let wait = |time| at(2, time).wait.map(|wait| (wait.polls, wait.asked.millis(), wait.over));
        assert_eq!(
            [400, 410, 420, 1_510, 7_000].map(wait),
            [None, Some((1, 0, false)), Some((1, 1, false)), Some((2, 3, false)), Some((2, 3, true))]
        );
    }

    #[test]
    fn the_holder_is_seen_to_wait_for_the_loop_and_to_write() {
        let trace = hand_over();
        let index = TraceIndex::of(&trace);
        let does = |time| holder_does(&trace, &index, TaskId::new(1), micros(time));
        assert_eq!([400, 550, 1_500].map(does), [HolderDoes::Works, HolderDoes::AwaitsTheLoop, HolderDoes::Writes]);
    }
}
