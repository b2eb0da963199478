//! Each task's life as intervals of one state after another.
//!
//! A wait of many polls is one interval: the sleeps between them differ in nothing but their length, and the polls themselves
//! last microseconds (fact 13.5). [`super::TraceIndex::state_at`] tells the two apart.

use super::by_task::{ByTask, index_u32};
use super::{Call, Event, EventKind, LaneState, TaskId};
use crate::pieces::Pacer;
use crate::scenario::{Scenario, Strategy};
use crate::time::SimTime;

/// A task enters a state, and stays in it until its next span begins, or the trace ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When it begins.
    pub from: SimTime,
    /// What the task does.
    pub state: LaneState,
}

/// Builds the spans of every task from the events.
pub(super) struct SpanReader {
    lanes: Vec<Lane>,
    strategy: Strategy,
    /// Whose statement got the lock that each connection has, by the connection's index.
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
            EventKind::LoopStopped => self.each(|lane| lane.stop(event.at)),
            _ => self.read_of_task(event),
        }
    }

    pub(super) async fn finish(mut self, pacer: &mut Pacer<'_>) -> ByTask<Span> {
        self.each(Lane::finished);
        ByTask::group(index_u32(self.lanes.len()), &self.spans, pacer).await
    }

    fn each(&mut self, mut act: impl FnMut(&mut Lane) -> Option<Span>) {
        for (lane, number) in self.lanes.iter_mut().zip(1..) {
            self.spans.extend(act(lane).map(|span| (TaskId::new(number), span)));
        }
    }

    fn read_of_task(&mut self, event: &Event) {
        if let Some(lane) = event.task.index().and_then(|index| self.lanes.get_mut(index)) {
            lane.read(event.kind, self.strategy);
        }
        if let EventKind::Lock { to, .. } = event.kind {
            self.lock_changed(event, to.keeps_writers_out());
        }
        self.show(event.task.index(), event.at);
    }

    /// The lane of the statement that got the lock has it until the connection gives it back, whoever makes it do so.
    fn lock_changed(&mut self, event: &Event, is_held: bool) {
        let holder = event.task.connection(self.strategy).and_then(|place| self.holders.get_mut(place));
        let Some(holder) = holder else { return };
        let index = if is_held {
            *holder = holder.or(event.task.index());
            *holder
        } else {
            holder.take()
        };
        if let Some(lane) = index.and_then(|index| self.lanes.get_mut(index)) {
            lane.holds = is_held;
        }
        self.show(index, event.at);
    }

    fn show(&mut self, index: Option<usize>, at: SimTime) {
        let Some((lane, number)) = index.and_then(|index| Some((self.lanes.get_mut(index)?, index + 1))) else { return };
        let task = TaskId::new(u32::try_from(number).unwrap_or(u32::MAX));
        self.spans.extend(lane.show(at).map(|span| (task, span)));
    }
}

/// What is known of a task while its events are read.
#[derive(Clone, Default)]
struct Lane {
    /// The state that is shown; it may yet turn out to have no length.
    open: Option<Span>,
    /// The state before that.
    before: Option<LaneState>,
    /// What it does, whatever lock it has.
    doing: Option<LaneState>,
    /// Its statement got the lock that its connection has.
    holds: bool,
    stopped: bool,
}

impl Lane {
    fn read(&mut self, kind: EventKind, strategy: Strategy) {
        self.doing = self.next(kind, strategy).or(self.doing);
    }

    fn next(&self, kind: EventKind, strategy: Strategy) -> Option<LaneState> {
        let state = match kind {
            EventKind::Done => LaneState::Done,
            EventKind::Failed { .. } => LaneState::Failed,
            _ if self.doing.is_some_and(LaneState::is_last) => return None,
            EventKind::CallQueued { call } => queued(call, strategy)?,
            // The rollback belongs to the pause.
            _ if self.doing == Some(LaneState::RetryPause) => return None,
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

    /// The lock counts for more than what its holder does, but for COMMIT's own work.
    fn shown(&self) -> Option<LaneState> {
        let counts_for_less = |state: &LaneState| !state.is_last() && *state != LaneState::Committing;
        self.doing.map(|state| if self.holds && counts_for_less(&state) { LaneState::Holding } else { state })
    }

    fn stop(&mut self, at: SimTime) -> Option<Span> {
        self.stopped = true;
        self.show(at)
    }

    /// What it does now: the span that ends with that, if one does.
    fn show(&mut self, at: SimTime) -> Option<Span> {
        let state = self.shown()?;
        let still_matters = matches!(state, LaneState::Holding | LaneState::Committing) || state.is_last();
        let state = if self.stopped && !still_matters { LaneState::Abandoned } else { state };
        if self.open.is_some_and(|span| span.state == state) {
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

/// What a task waits for that has queued `call`. The call that opens a connection waits for its thread to start, and the rollback
/// before a retry belongs to the pause: both have a state of their own.
const fn queued(call: Call, strategy: Strategy) -> Option<LaneState> {
    match call {
        Call::Connect | Call::Rollback => None,
        _ if matches!(strategy, Strategy::SharedConnection) => Some(LaneState::QueuedForWorker),
        _ => Some(LaneState::WaitingForGil),
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
        assert_eq!(missing, [LaneState::WaitingForSemaphore, LaneState::QueuedForWorker, LaneState::RetryPause]);
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
