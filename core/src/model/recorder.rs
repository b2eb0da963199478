//! Writes the trace while the run goes on.

use crate::time::{SimDuration, SimTime};
use crate::trace::{Event, EventKind, TaskId};

/// The events so far.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    events: Vec<Event>,
    /// Where each sleeping worker's back-off stands, by the worker's place: how long it sleeps is known when it wakes.
    sleeping: Vec<usize>,
}

impl Recorder {
    pub(super) fn record(&mut self, at: SimTime, task: TaskId, kind: EventKind) {
        self.events.push(Event { at, task, kind });
    }

    /// The worker at `index` begins to sleep in its busy handler.
    pub(super) fn sleeps(&mut self, at: SimTime, index: usize, task: TaskId, asked: SimDuration) {
        if self.sleeping.len() <= index {
            self.sleeping.resize(index + 1, usize::MAX);
        }
        self.sleeping[index] = self.events.len();
        let asked_ms = u32::try_from(asked.millis()).unwrap_or(u32::MAX);
        self.record(at, task, EventKind::Backoff { asked_ms, sleeps_us: 0 });
    }

    /// It wakes.
    pub(super) fn wakes(&mut self, index: usize, now: SimTime) {
        let Some(event) = self.sleeping.get(index).and_then(|place| self.events.get_mut(*place)) else { return };
        let slept = now.since(event.at).micros();
        if let EventKind::Backoff { sleeps_us, .. } = &mut event.kind {
            *sleeps_us = u32::try_from(slept).unwrap_or(u32::MAX);
        }
    }

    /// All events, in order of time, in no more memory than they need.
    pub(super) fn events(mut self) -> Vec<Event> {
        self.events.shrink_to_fit();
        self.events
    }
}
