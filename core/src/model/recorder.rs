//! Records the trace during the run.

use crate::time::{SimDuration, SimTime};
use crate::trace::{Event, EventKind, TaskId};

/// The events recorded so far.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    events: Vec<Event>,
    /// Index of each worker's last back-off event, by worker: the length of a sleep is known only
    /// when it ends.
    backoffs: Vec<usize>,
}

impl Recorder {
    pub(super) fn record(&mut self, at: SimTime, task: TaskId, kind: EventKind) {
        self.events.push(Event { at, task, kind });
    }

    /// Records that the worker at `index` begins a sleep of `requested` in its busy handler.
    pub(super) fn begin_backoff(&mut self, at: SimTime, index: usize, task: TaskId, requested: SimDuration) {
        if self.backoffs.len() <= index {
            self.backoffs.resize(index + 1, usize::MAX);
        }
        self.backoffs[index] = self.events.len();
        let asked_ms = u32::try_from(requested.millis()).unwrap_or(u32::MAX);
        self.record(at, task, EventKind::Backoff { asked_ms, sleeps_us: 0 });
    }

    /// Records that the worker at `index` woke at `now`, which completes its last back-off event.
    pub(super) fn end_backoff(&mut self, index: usize, now: SimTime) {
        let Some(event) = self.backoffs.get(index).and_then(|backoff| self.events.get_mut(*backoff)) else { return };
        let slept = now.since(event.at).micros();
        if let EventKind::Backoff { sleeps_us, .. } = &mut event.kind {
            *sleeps_us = u32::try_from(slept).unwrap_or(u32::MAX);
        }
    }

    /// All events, in order of time, without spare capacity.
    pub(super) fn into_events(mut self) -> Vec<Event> {
        self.events.shrink_to_fit();
        self.events
    }
}
