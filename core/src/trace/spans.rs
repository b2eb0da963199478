//! The states of each task over time, as intervals.
//!
//! A wait with many polls is one interval, because a poll lasts only microseconds (fact 13.5).
//! [`super::TraceIndex::state_at`] distinguishes a poll from the sleep after it.

use super::by_task::{ByTask, index_u32};
use super::{Call, Event, EventKind, LaneState, TaskId};
use crate::pieces::Pacer;
use crate::scenario::{Scenario, Strategy};
use crate::time::SimTime;

/// An interval in which a task is in one state. It ends when the task's next span begins, or with
/// the trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Start of the interval.
    pub from: SimTime,
    /// The state of the task.
    pub state: LaneState,
}

/// Builds the spans of every task from the events.
pub(super) struct SpanReader {
    lanes: Vec<Lane>,
    strategy: Strategy,
    /// For each connection, the index of the task whose statement acquired the connection's lock.
    holders: Vec<Option<usize>>,
    spans: Vec<(TaskId, Span)>,
}

impl SpanReader {
    pub(super) fn new(scenario: &Scenario) -> Self {
        Self {
            lanes: vec![Lane::default(); scenario.coroutines() as usize],
            strategy: scenario.strategy,
            holders: vec![None; scenario.connections() as usize],
            spans: Vec::new(),
        }
    }

    pub(super) fn read(&mut self, event: &Event) {
        match event.kind {
            EventKind::LoopStopped => self.for_each_lane(|lane| lane.stop(event.at)),
            _ => self.read_task_event(event),
        }
    }

    pub(super) async fn finish(mut self, pacer: &mut Pacer<'_>) -> ByTask<Span> {
        self.for_each_lane(Lane::close_span);
        ByTask::group(index_u32(self.lanes.len()), &self.spans, pacer).await
    }

    fn for_each_lane(&mut self, mut act: impl FnMut(&mut Lane) -> Option<Span>) {
        for (lane, number) in self.lanes.iter_mut().zip(1..) {
            self.spans.extend(act(lane).map(|span| (TaskId::new(number), span)));
        }
    }

    fn read_task_event(&mut self, event: &Event) {
        if let Some(lane) = event.task.index().and_then(|index| self.lanes.get_mut(index)) {
            lane.read(event.kind, self.strategy);
        }
        if let EventKind::Lock { to, .. } = event.kind {
            self.lock_changed(event, to.excludes_writers());
        }
        self.show(event.task.index(), event.at);
    }

    /// The task whose statement acquired the lock holds it until the connection releases it, even
    /// if another task's call releases it.
    fn lock_changed(&mut self, event: &Event, is_held: bool) {
        let holder = event.task.connection(self.strategy).and_then(|index| self.holders.get_mut(index));
        let Some(holder) = holder else { return };
        let index = if is_held {
            *holder = holder.or(event.task.index());
            *holder
        } else {
            holder.take()
        };
        if let Some(lane) = index.and_then(|index| self.lanes.get_mut(index)) {
            lane.has_lock = is_held;
        }
        self.show(index, event.at);
    }

    fn show(&mut self, index: Option<usize>, at: SimTime) {
        let Some((lane, number)) = index.and_then(|index| Some((self.lanes.get_mut(index)?, index + 1))) else { return };
        let task = TaskId::new(u32::try_from(number).unwrap_or(u32::MAX));
        self.spans.extend(lane.show(at).map(|span| (task, span)));
    }
}

/// The state of one task while the events are read.
#[derive(Clone, Default)]
struct Lane {
    /// The current span; it is dropped if it ends at the time at which it began.
    current: Option<Span>,
    /// The state of the last span that was kept.
    previous: Option<LaneState>,
    /// What the task does, regardless of its lock.
    activity: Option<LaneState>,
    /// Whether its statement acquired the lock that its connection holds.
    has_lock: bool,
    stopped: bool,
}

impl Lane {
    fn read(&mut self, kind: EventKind, strategy: Strategy) {
        self.activity = self.next_activity(kind, strategy).or(self.activity);
    }

    fn next_activity(&self, kind: EventKind, strategy: Strategy) -> Option<LaneState> {
        let state = match kind {
            EventKind::Done => LaneState::Done,
            EventKind::Failed { .. } => LaneState::Failed,
            _ if self.activity.is_some_and(LaneState::is_last) => return None,
            EventKind::CallQueued { call } => state_after_queueing(call, strategy)?,
            // The rollback counts as part of the pause.
            _ if self.activity == Some(LaneState::RetryPause) => return None,
            EventKind::CommitIoBegins | EventKind::CheckpointBegins => LaneState::Committing,
            EventKind::TaskStarted => LaneState::Starting,
            EventKind::SemaphoreAwaited => LaneState::WaitingForSemaphore,
            EventKind::ThreadStarted => LaneState::Connecting,
            EventKind::Attempt { granted: false, .. } | EventKind::Backoff { .. } => LaneState::AsleepInBackoff,
            EventKind::Attempt { granted: true, .. }
            | EventKind::CommitIoEnds
            | EventKind::CheckpointEnds
            | EventKind::Lock { .. } => LaneState::WaitingForGil,
            EventKind::CallReturned { .. } | EventKind::Connected => LaneState::QueuedForLoop,
            EventKind::Retry => LaneState::RetryPause,
            _ => return None,
        };
        Some(state)
    }

    /// A task that has the lock is shown as holding it, except while it commits or after it has
    /// ended.
    fn visible_state(&self) -> Option<LaneState> {
        let is_hidden_by_lock = |state: &LaneState| !state.is_last() && *state != LaneState::Committing;
        self.activity.map(|state| if self.has_lock && is_hidden_by_lock(&state) { LaneState::Holding } else { state })
    }

    fn stop(&mut self, at: SimTime) -> Option<Span> {
        self.stopped = true;
        self.show(at)
    }

    /// Begins a new span if the visible state has changed. Returns the span that ended, if there is
    /// one.
    fn show(&mut self, at: SimTime) -> Option<Span> {
        let state = self.visible_state()?;
        let still_matters = matches!(state, LaneState::Holding | LaneState::Committing) || state.is_last();
        let state = if self.stopped && !still_matters { LaneState::Abandoned } else { state };
        if self.current.is_some_and(|span| span.state == state) {
            return None;
        }
        // A span of zero length is never visible.
        let had_length = self.current.is_some_and(|span| span.from < at);
        let ended = if had_length { self.close_span() } else { None };
        self.current = Some(Span { from: at, state });
        ended
    }

    /// Closes the current span. Returns nothing if it only continues the span before it.
    fn close_span(&mut self) -> Option<Span> {
        let span = self.current.take().filter(|span| self.previous != Some(span.state))?;
        self.previous = Some(span.state);
        Some(span)
    }
}

/// The state of a task after it has queued `call`; `None` keeps the current state. Connect keeps
/// "starting" until the thread runs, and the rollback before a retry keeps "pause".
const fn state_after_queueing(call: Call, strategy: Strategy) -> Option<LaneState> {
    match call {
        Call::Connect | Call::Rollback => None,
        _ if matches!(strategy, Strategy::SharedConnection) => Some(LaneState::QueuedForWorker),
        _ => Some(LaneState::WaitingForGil),
    }
}

#[cfg(test)]
mod tests {
    use crate::time::SimTime;
    use crate::trace::testing::{micros, three_tasks};
    use crate::trace::{LaneState, TaskId, TraceIndex};

    fn lanes(task: u32) -> Vec<(u64, &'static str)> {
        let index = TraceIndex::of(&three_tasks());
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
    fn a_wait_of_many_polls_is_one_span_and_a_task_that_gets_the_lock_after_the_stop_holds_it() {
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
        let index = TraceIndex::of(&three_tasks());
        let missing: Vec<_> = LaneState::ALL.into_iter().filter(|state| !index.states().contains(state)).collect();
        assert_eq!(missing, [LaneState::WaitingForSemaphore, LaneState::QueuedForWorker, LaneState::RetryPause]);
    }

    #[test]
    fn a_task_stays_failed_after_the_loop_has_stopped() {
        assert_eq!(lanes(3).last(), Some(&(5400, "failed")));
    }

    #[test]
    fn a_waiter_is_asleep_between_polls_and_polling_during_one() {
        let (trace, index) = (three_tasks(), TraceIndex::of(&three_tasks()));
        let state = |at| index.state_at(&trace, TaskId::new(2), micros(at));
        assert_eq!(state(415), Some(LaneState::Polling));
        assert_eq!(state(420), Some(LaneState::AsleepInBackoff));
        assert_eq!(state(1500), Some(LaneState::Polling));
        assert_eq!(state(0), None);
        assert_eq!(index.state_at(&trace, TaskId::LOOP, SimTime::ZERO), None);
    }
}
