//! What the pictures look up in a trace, worked out once: each task's events, spans and waits, the holds of the lock, the curves.

use super::answer_queue::AnswerQueue;
use super::by_task::ByTask;
use super::lock_table::LockTable;
use super::spans::Span;
use super::waits::{self, Hold, LockChange, Poll, Wait};
use super::{Event, LaneState, Lock, Outcome, TaskId, Trace};
use crate::time::SimTime;

/// The event loop began a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// When.
    pub at: SimTime,
    /// Counted from 1.
    pub number: u32,
    /// Callbacks that it runs (fact 7.2).
    pub ntodo: u32,
}

/// Where the loop stopped: when, and after how many events of the trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// When.
    pub at: SimTime,
    /// The events before it.
    pub events: u32,
}

/// Look-up tables of one trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceIndex {
    /// Places of each task's events in the trace.
    pub events: ByTask<u32>,
    /// Each task's states.
    pub spans: ByTask<Span>,
    /// Each task's waits.
    pub waits: ByTask<Wait>,
    /// How many waits there are in all.
    pub wait_count: u32,
    /// Each task's polls that found the lock taken.
    pub polls: ByTask<Poll>,
    /// Waiters from each of these moments on.
    pub waiting: Vec<(SimTime, u32)>,
    /// Every hold of the lock, in order.
    pub holds: Vec<Hold>,
    /// The lock changes of each task's own connection; those of the only connection under the number 1.
    pub(super) locks: ByTask<LockChange>,
    /// When each row was in the file, in order.
    pub rows_in_file: Vec<SimTime>,
    /// Who has which lock.
    pub lock_table: LockTable,
    /// Answers that wait for the loop.
    pub answers: AnswerQueue,
    /// The errors that reached a coroutine before the loop stopped.
    pub errors: Vec<(SimTime, TaskId)>,
    /// The loop's passes, in order.
    pub passes: Vec<Pass>,
    /// Where the loop stopped.
    pub stop: Option<Stop>,
    /// What came of the run.
    pub outcome: Outcome,
}

impl TraceIndex {
    /// The task's last event at or before `time`, and how many of its events come before that one.
    #[must_use]
    pub fn last_event<'a>(&self, trace: &'a Trace, task: TaskId, time: SimTime) -> Option<(usize, &'a Event)> {
        let places = self.events.of(task);
        let past = places.partition_point(|place| event_at(trace, *place).is_some_and(|event| event.at <= time));
        let last = past.checked_sub(1)?;
        event_at(trace, places[last]).map(|event| (last, event))
    }

    /// What the task does at `time`; none before its first step.
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

    /// The states that any task is ever in, and polling if any ever finds the lock taken, in the order of a legend.
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

/// An event by its place; none if the index was made of another trace.
fn event_at(trace: &Trace, place: u32) -> Option<&Event> {
    trace.events.get(place as usize)
}
