//! Look-up tables of a trace, computed once: each task's events, spans and waits, the holds of the
//! lock, and curves over time.

use super::answer_queue::AnswerQueue;
use super::by_task::ByTask;
use super::lock_table::LockTable;
use super::spans::Span;
use super::waits::{self, Hold, LockChange, Poll, Wait};
use super::{Event, LaneState, Lock, Outcome, TaskId, Trace};
use crate::time::SimTime;

/// An iteration of the event loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Iteration {
    /// When it began.
    pub at: SimTime,
    /// Counted from 1.
    pub number: u32,
    /// Number of callbacks that it runs (fact 7.2).
    pub ntodo: u32,
}

/// The stop of the event loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// When the loop stopped.
    pub at: SimTime,
    /// Number of events before it.
    pub events: u32,
}

/// Look-up tables of one trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceIndex {
    /// For each task, the indices of its events in the trace.
    pub events: ByTask<u32>,
    /// Each task's states over time.
    pub spans: ByTask<Span>,
    /// Each task's waits.
    pub waits: ByTask<Wait>,
    /// Total number of waits.
    pub wait_count: u32,
    /// Each task's polls that found the lock busy.
    pub polls: ByTask<Poll>,
    /// Number of waiters from each of these times on.
    pub waiting: Vec<(SimTime, u32)>,
    /// Every hold of the lock, in time order.
    pub holds: Vec<Hold>,
    /// The lock changes of each connection. A single shared connection has the number 1.
    pub(super) locks: ByTask<LockChange>,
    /// When each row was in the file, in time order.
    pub rows_in_file: Vec<SimTime>,
    /// The lock of each connection over time.
    pub lock_table: LockTable,
    /// The number of results that wait for the loop, over time.
    pub answers: AnswerQueue,
    /// The errors that reached a coroutine before the loop stopped: when, and which task.
    pub errors: Vec<(SimTime, TaskId)>,
    /// The iterations of the event loop, in order.
    pub iterations: Vec<Iteration>,
    /// When the event loop stopped; `None` if the trace ends before.
    pub stop: Option<Stop>,
    /// The result of the run.
    pub outcome: Outcome,
}

impl TraceIndex {
    /// The task's last event at or before `time`, with its index among the events of the task.
    #[must_use]
    pub fn last_event<'a>(&self, trace: &'a Trace, task: TaskId, time: SimTime) -> Option<(usize, &'a Event)> {
        let indices = self.events.of(task);
        let past = indices.partition_point(|index| event_at(trace, *index).is_some_and(|event| event.at <= time));
        let last = past.checked_sub(1)?;
        event_at(trace, indices[last]).map(|event| (last, event))
    }

    /// The state of the task at `time`; `None` before its first step.
    #[must_use]
    pub fn state_at(&self, trace: &Trace, task: TaskId, time: SimTime) -> Option<LaneState> {
        let spans = self.spans.of(task);
        let past = spans.partition_point(|span| span.from <= time);
        let state = spans[past.checked_sub(1)?].state;
        if state == LaneState::AsleepInBackoff {
            let awake = self.last_event(trace, task, time).is_some_and(|(_, event)| event.wakes().is_none_or(|end| end <= time));
            return Some(if awake { LaneState::Polling } else { state });
        }
        Some(state)
    }

    /// Every state that occurs in the run, in legend order. Polling occurs if any attempt found the
    /// lock busy.
    #[must_use]
    pub fn states(&self) -> Vec<LaneState> {
        let mut occurs = [false; LaneState::ALL.len()];
        for span in self.spans.all() {
            occurs[span.state as usize] = true;
        }
        occurs[LaneState::Polling as usize] = self.wait_count > 0;
        LaneState::ALL.into_iter().filter(|state| occurs[*state as usize]).collect()
    }

    /// The lock that the task's connection has at `time`.
    #[must_use]
    pub fn lock_at(&self, trace: &Trace, task: TaskId, time: SimTime) -> Lock {
        let connection = waits::connection(trace.scenario.strategy, task);
        let changes = connection.map_or(&[][..], |connection| self.locks.of(connection));
        let past = changes.partition_point(|change| change.at <= time);
        past.checked_sub(1).map(|last| changes[last].to).unwrap_or_default()
    }

    /// The hold of the lock at `time`.
    #[must_use]
    pub fn hold_at(&self, time: SimTime) -> Option<&Hold> {
        let past = self.holds.partition_point(|hold| hold.from <= time);
        self.holds[..past].last().filter(|hold| hold.to.is_none_or(|end| end > time))
    }
}

/// The event at `index`; `None` if the look-up tables belong to another trace.
fn event_at(trace: &Trace, index: u32) -> Option<&Event> {
    trace.events.get(index as usize)
}
