//! Each task's life as intervals of one state after another.
//!
//! A wait of many polls is one interval: the sleeps between them differ in nothing but their length, and the polls themselves
//! last microseconds (fact 13.5). [`super::TraceIndex::state_at`] tells the two apart.

use super::by_task::ByTask;
use super::{Event, EventKind, LaneState, Lock, TaskId};
use crate::time::SimTime;

/// A task enters a state, and stays in it until its next span begins, or the trace ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When it begins.
    pub from: SimTime,
    /// What the task does.
    pub state: LaneState,
}

/// The spans of every task, in one pass over the events.
pub(super) fn spans(tasks: u32, events: &[Event]) -> ByTask<Span> {
    let mut lanes = vec![Lane::default(); tasks as usize];
    let mut spans = Vec::new();
    for event in events {
        if event.kind == EventKind::LoopStopped {
            for (lane, number) in lanes.iter_mut().zip(1..) {
                spans.extend(lane.stop(event.at).map(|span| (TaskId::new(number), span)));
            }
        } else if let Some(lane) = event.task.index().and_then(|index| lanes.get_mut(index)) {
            spans.extend(lane.read(event).map(|span| (event.task, span)));
        }
    }
    for (lane, number) in lanes.iter_mut().zip(1..) {
        spans.extend(lane.finished().map(|span| (TaskId::new(number), span)));
    }
    ByTask::group(tasks, &spans)
}

/// What is known of a task while its events are read.
#[derive(Clone, Default)]
struct Lane {
    /// The state that it is in; it may yet turn out to have no length.
    open: Option<Span>,
    /// The state before that.
    before: Option<LaneState>,
    lock: Lock,
    stopped: bool,
}

impl Lane {
    fn state(&self) -> Option<LaneState> {
        self.open.map(|span| span.state)
    }

    /// The span that ends with this event, if one does.
    fn read(&mut self, event: &Event) -> Option<Span> {
        if let EventKind::Lock { to, .. } = event.kind {
            self.lock = to;
        }
        self.next(event.kind).and_then(|state| self.enter(event.at, state))
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

    fn stop(&mut self, at: SimTime) -> Option<Span> {
        self.stopped = true;
        self.state().and_then(|state| self.enter(at, state))
    }

    fn enter(&mut self, at: SimTime, state: LaneState) -> Option<Span> {
        let still_matters = matches!(state, LaneState::Holding | LaneState::Committing) || state.is_last();
        let state = if self.stopped && !still_matters { LaneState::Abandoned } else { state };
        if self.state() == Some(state) {
            return None;
        }
        // A state of no length was never to be seen.
        let had_length = self.open.is_some_and(|span| span.from < at);
        let finished = if had_length { self.finished() } else { None };
        self.open = Some(Span { from: at, state });
        finished
    }

    /// The open span, unless it only goes on with the one before.
    fn finished(&mut self) -> Option<Span> {
        let span = self.open.take().filter(|span| self.before != Some(span.state))?;
        self.before = Some(span.state);
        Some(span)
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
