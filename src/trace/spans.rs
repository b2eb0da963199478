//! Each task's life as intervals of one state after another.
//!
//! A wait of many polls is one interval: the sleeps between them differ in nothing but their length, and the polls themselves
//! last microseconds (fact 13.5). [`super::TraceIndex::state_at`] tells the two apart.

use super::{Event, EventKind, LaneState, Lock};
use crate::time::SimTime;

/// A task enters a state, and stays in it until its next span begins, or the trace ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When it begins.
    pub from: SimTime,
    /// What the task does.
    pub state: LaneState,
}

/// Where the loop stopped: when, and after how many events of the trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// When.
    pub at: SimTime,
    /// The events before it.
    pub events: u32,
}

/// Writes the spans of one task, whose events with their places in the trace are given.
pub(super) fn write<'a>(events: impl Iterator<Item = (u32, &'a Event)>, stop: Option<Stop>, spans: &mut Vec<Span>) {
    let first = spans.len();
    let mut lane = Lane { spans, first, lock: Lock::Unlocked, stopped: false };
    for (place, event) in events {
        if let Some(stop) = stop.filter(|stop| place > stop.events) {
            lane.stop(stop.at);
        }
        lane.read(event);
    }
    if let Some(stop) = stop {
        lane.stop(stop.at);
    }
}

struct Lane<'a> {
    spans: &'a mut Vec<Span>,
    /// Where this task's spans begin.
    first: usize,
    lock: Lock,
    stopped: bool,
}

impl Lane<'_> {
    fn state(&self) -> Option<LaneState> {
        self.spans[self.first..].last().map(|span| span.state)
    }

    fn read(&mut self, event: &Event) {
        if let EventKind::Lock { to, .. } = event.kind {
            self.lock = to;
        }
        if let Some(state) = self.next(event.kind) {
            self.enter(event.at, state);
        }
    }

    fn next(&self, kind: EventKind) -> Option<LaneState> {
        let state = match kind {
            EventKind::Done => LaneState::Done,
            EventKind::Failed { .. } => LaneState::Failed,
            _ if self.state().is_some_and(LaneState::is_last) => return None,
            EventKind::CommitIoBegins => LaneState::Committing,
            EventKind::CommitIoEnds => self.unless_holding(LaneState::WaitingForGil),
            _ if self.lock.keeps_writers_out() => return self.holding(),
            EventKind::TaskStarted => LaneState::Starting,
            EventKind::ThreadStarted => LaneState::Connecting,
            EventKind::Attempt { granted: false, .. } | EventKind::Backoff { .. } => LaneState::AsleepInBackoff,
            EventKind::Attempt { granted: true, .. } | EventKind::Lock { .. } => LaneState::WaitingForGil,
            EventKind::CallQueued { .. } => self.queued()?,
            EventKind::CallReturned { .. } | EventKind::Connected => LaneState::QueuedForLoop,
            EventKind::Retry => LaneState::RetryPause,
            _ => return None,
        };
        Some(state)
    }

    /// The call that opens the connection waits for its thread to start, which has a state of its own.
    fn queued(&self) -> Option<LaneState> {
        let opening = matches!(self.state(), Some(LaneState::Starting | LaneState::Connecting));
        (!opening).then_some(LaneState::WaitingForGil)
    }

    /// The lock counts for more than what its holder does, but for COMMIT's own work.
    fn holding(&self) -> Option<LaneState> {
        (self.state() != Some(LaneState::Committing)).then_some(LaneState::Holding)
    }

    fn unless_holding(&self, state: LaneState) -> LaneState {
        if self.lock.keeps_writers_out() { LaneState::Holding } else { state }
    }

    fn stop(&mut self, at: SimTime) {
        if !self.stopped {
            self.stopped = true;
            if let Some(state) = self.state() {
                self.enter(at, state);
            }
        }
    }

    fn enter(&mut self, at: SimTime, state: LaneState) {
        let still_matters = matches!(state, LaneState::Holding | LaneState::Committing) || state.is_last();
        let state = if self.stopped && !still_matters { LaneState::Abandoned } else { state };
        // A state of no length was never to be seen.
        if self.spans[self.first..].last().is_some_and(|last| last.from >= at) {
            self.spans.pop();
        }
        if self.state() != Some(state) {
            self.spans.push(Span { from: at, state });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::time::SimTime;
    use crate::trace::testing::{hand_over, micros};
    use crate::trace::{LaneState, TaskId, TraceIndex};

    fn lanes(task: u32) -> Vec<(u64, &'static str)> {
        let index = TraceIndex::of(&hand_over());
        index.spans.of(TaskId::new(task)).iter().map(|span| (span.from.micros(), span.state.word())).collect()
    }

    #[test]
    fn a_task_that_gets_in_goes_through_its_states_in_order() {
        assert_eq!(
            lanes(1),
            [
                (0, "starting"),
                (100, "connecting"),
                (200, "queued for the loop"),
                (300, "waiting for the GIL"),
                (400, "holding the lock"),
                (1000, "committing"),
                (2000, "waiting for the GIL"),
                (2100, "queued for the loop"),
                (2500, "done"),
            ]
        );
    }

    #[test]
    fn a_wait_of_many_polls_is_one_span_and_who_gets_in_after_the_stop_is_seen_to_hold_the_lock() {
        assert_eq!(
            lanes(2),
            [
                (10, "starting"),
                (110, "connecting"),
                (210, "queued for the loop"),
                (310, "waiting for the GIL"),
                (410, "asleep in back-off"),
                (5500, "abandoned"),
                (7000, "holding the lock"),
            ]
        );
    }

    #[test]
    fn the_legend_has_the_states_that_occur_and_no_others() {
        let index = TraceIndex::of(&hand_over());
        let missing: Vec<_> = LaneState::ALL.into_iter().filter(|state| !index.states().contains(state)).collect();
        assert_eq!(missing, [LaneState::RetryPause]);
    }

    #[test]
    fn a_failure_lasts_however_the_loop_stops_after_it() {
        assert_eq!(lanes(3).last(), Some(&(5400, "failed")));
    }

    #[test]
    fn between_two_polls_a_waiter_sleeps_and_while_it_asks_it_polls() {
        let (trace, index) = (hand_over(), TraceIndex::of(&hand_over()));
        let state = |at| index.state_at(&trace, TaskId::new(2), micros(at));
        assert_eq!(state(415), Some(LaneState::Polling));
        assert_eq!(state(420), Some(LaneState::AsleepInBackoff));
        assert_eq!(state(1500), Some(LaneState::Polling));
        assert_eq!(state(0), None);
        assert_eq!(index.state_at(&trace, TaskId::LOOP, SimTime::ZERO), None);
    }
}
