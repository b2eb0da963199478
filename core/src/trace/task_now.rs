//! One task at one time: its state, its wait so far, and what the holder of the lock does.

use super::waits::Wait;
use super::{EventKind, LaneState, Statement, TaskId, Trace, TraceIndex};
use crate::time::{SimDuration, SimTime};

/// A task's latest wait for the lock, up to this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitNow {
    /// The statement that needs the lock.
    pub statement: Statement,
    /// The first poll.
    pub from: SimTime,
    /// Number of polls that found the lock busy.
    pub polls: u32,
    /// Sum of the requested sleeps so far, including the current one. SQLite compares it with the
    /// timeout (fact 3.3).
    pub asked: SimDuration,
    /// The next poll; `None` if the wait is over.
    pub next_poll: Option<SimTime>,
    /// Whether the wait is over.
    pub over: bool,
}

/// One task at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskNow {
    /// Its state; `None` before its first step.
    pub state: Option<LaneState>,
    /// When that state began.
    pub since: SimTime,
    /// Its latest wait; `None` if it has never found the lock busy.
    pub wait: Option<WaitNow>,
}

/// What the holder of the lock does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolderActivity {
    /// Its coroutine is in `asyncio.sleep` for this much longer.
    Sleeping(SimDuration),
    /// Its COMMIT writes and syncs.
    WritingCommit,
    /// The result of its call waits for the event loop.
    AwaitingLoop,
    /// Anything else. It takes microseconds.
    Working,
}

impl TaskNow {
    /// The state of the task at `time`.
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
    let indices = index.events.of(wait.task).iter();
    let events = indices.filter_map(|index| trace.events.get(*index as usize)).skip_while(|event| event.at < wait.from);
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

/// What `holder`, the task that has the lock, does at `time`.
#[must_use]
pub fn holder_activity(trace: &Trace, index: &TraceIndex, holder: TaskId, time: SimTime) -> HolderActivity {
    match index.last_event(trace, holder, time).map(|(_, event)| (event.at, event.kind)) {
        Some((at, EventKind::Sleep { asked_us })) => {
            HolderActivity::Sleeping((at + SimDuration::from_micros(asked_us.into())).since(time))
        }
        Some((_, EventKind::CommitIoBegins)) => HolderActivity::WritingCommit,
        Some((_, EventKind::CallReturned { .. })) => HolderActivity::AwaitingLoop,
        _ => HolderActivity::Working,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{micros, three_tasks};

    fn at(task: u32, time: u64) -> TaskNow {
        let trace = three_tasks();
        TaskNow::at(&trace, &TraceIndex::of(&trace), TaskId::new(task), micros(time))
    }

    #[test]
    fn a_wait_counts_its_polls_and_its_requested_sleeps() {
        let wait = |time| at(2, time).wait.map(|wait| (wait.polls, wait.asked.millis(), wait.over));
        assert_eq!(
            [400, 410, 420, 1_510, 7_000].map(wait),
            [None, Some((1, 0, false)), Some((1, 1, false)), Some((2, 3, false)), Some((2, 3, true))]
        );
    }

    #[test]
    fn the_holder_waits_for_the_loop_and_then_writes() {
        let trace = three_tasks();
        let index = TraceIndex::of(&trace);
        let activity = |time| holder_activity(&trace, &index, TaskId::new(1), micros(time));
        assert_eq!(
            [400, 550, 1_500].map(activity),
            [HolderActivity::Working, HolderActivity::AwaitingLoop, HolderActivity::WritingCommit]
        );
    }
}
