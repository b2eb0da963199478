//! Records the trace during the run.

use crate::pieces::Pacer;
use crate::time::{SimDuration, SimTime};
use crate::trace::{Event, EventKind, TaskId};

/// Events in one block.
const BLOCK: usize = 1 << 15;
/// Units of work to copy an event.
const COPYING: usize = 1;

/// The events recorded so far. They are kept in blocks, because growing one long list would now and
/// then copy all of it in one piece of the run.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    full: Vec<Vec<Event>>,
    /// The block that is being written.
    last: Vec<Event>,
    /// Index of each worker's last back-off event, by worker: the length of a sleep is known only
    /// when it ends.
    backoffs: Vec<usize>,
}

impl Recorder {
    pub(super) fn record(&mut self, at: SimTime, task: TaskId, kind: EventKind) {
        if self.last.len() == BLOCK {
            self.full.push(std::mem::replace(&mut self.last, Vec::with_capacity(BLOCK)));
        }
        self.last.push(Event { at, task, kind });
    }

    /// Records that the worker at `index` begins a sleep of `requested` in its busy handler.
    pub(super) fn begin_backoff(&mut self, at: SimTime, index: usize, task: TaskId, requested: SimDuration) {
        if self.backoffs.len() <= index {
            self.backoffs.resize(index + 1, usize::MAX);
        }
        let asked_ms = u32::try_from(requested.millis()).unwrap_or(u32::MAX);
        self.record(at, task, EventKind::Backoff { asked_ms, sleeps_us: 0 });
        self.backoffs[index] = self.full.len() * BLOCK + self.last.len() - 1;
    }

    /// Records that the worker at `index` woke at `now`, which completes its last back-off event.
    pub(super) fn end_backoff(&mut self, index: usize, now: SimTime) {
        let Some(event) = self.backoffs.get(index).copied().and_then(|index| self.event_mut(index)) else { return };
        let slept = now.since(event.at).micros();
        if let EventKind::Backoff { sleeps_us, .. } = &mut event.kind {
            *sleeps_us = u32::try_from(slept).unwrap_or(u32::MAX);
        }
    }

    fn event_mut(&mut self, index: usize) -> Option<&mut Event> {
        let block = index / BLOCK;
        let events = if block == self.full.len() { &mut self.last } else { self.full.get_mut(block)? };
        events.get_mut(index % BLOCK)
    }

    /// All events, in order of time, in no more memory than they need.
    pub(super) async fn events(self, pacer: &mut Pacer<'_>) -> Vec<Event> {
        let mut events = Vec::with_capacity(self.full.len() * BLOCK + self.last.len());
        for block in self.full.into_iter().chain([self.last]) {
            events.extend_from_slice(&block);
            pacer.spend(block.len() * COPYING).await;
        }
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pieces::{at_once, no_pause};

    #[test]
    fn a_sleep_gets_its_length_when_it_ends_also_in_a_block_that_is_full() {
        let mut recorder = Recorder::default();
        let (at, task) = (SimTime::from_micros, TaskId::new(1));
        for number in 0..BLOCK as u64 + 1 {
            recorder.begin_backoff(at(number), usize::try_from(number % 2).expect("0 or 1"), task, SimDuration::from_millis(1));
        }
        recorder.end_backoff(1, at(BLOCK as u64 + 8));
        recorder.end_backoff(0, at(BLOCK as u64 + 9));
        let events = at_once(recorder.events(&mut Pacer::new(no_pause)));
        let slept = |events: &[Event]| -> Vec<_> { events.iter().map(|event| event.kind).collect() };
        let sleep = |sleeps_us| EventKind::Backoff { asked_ms: 1, sleeps_us };
        assert_eq!((events.len(), events.capacity()), (BLOCK + 1, BLOCK + 1));
        assert_eq!(slept(&events[BLOCK - 2..]), [sleep(0), sleep(9), sleep(9)]);
    }
}
