//! Builds the [`TraceIndex`] in two scans of the trace: the first counts, the second fills the
//! tables.

use super::answer_queue::AnswerQueueReader;
use super::by_task::{ByTask, Counts, Slots, index_u32};
use super::index::{Iteration, Stop, TraceIndex};
use super::lock_table::LockTable;
use super::outcome::OutcomeReader;
use super::spans::SpanReader;
use super::waits::{self, HoldReader, LockChange, PollReader, WaitReader};
use super::{Event, EventKind, TaskId, Trace};
use crate::pieces::{Pacer, at_once, no_pause};
use crate::scenario::{Scenario, Strategy};
use crate::time::SimTime;

/// Units of work per event in the first scan.
const COUNTING_UNITS: usize = 1;
/// Units of work per event in the second scan.
const FILLING_UNITS: usize = 4;

impl TraceIndex {
    /// Computes the look-up tables of `trace`.
    #[must_use]
    pub fn of(trace: &Trace) -> Self {
        at_once(Self::build_in_pieces(trace, no_pause))
    }

    /// Like [`TraceIndex::of`], but awaits `pause` after each piece of work. A piece takes less
    /// than 15 ms in a browser, for a trace of any length. Dropping the future cancels the work.
    pub async fn build_in_pieces(trace: &Trace, pause: impl AsyncFnMut()) -> Self {
        Self::build(trace, &mut Pacer::new(pause)).await
    }

    pub(crate) async fn build(trace: &Trace, pacer: &mut Pacer<'_>) -> Self {
        let tasks = trace.scenario.coroutines();
        let (mut events, mut polls) = (Counts::new(tasks), Counts::new(tasks));
        pacer
            .for_each(&trace.events, COUNTING_UNITS, |event| {
                events.add(event.task);
                if waits::is_refused_poll(event) {
                    polls.add(event.task);
                }
            })
            .await;
        let mut builder = Builder::new(trace, events.slots(0, pacer).await, PollReader::new(tasks, polls, pacer).await);
        pacer.for_each(&trace.events, FILLING_UNITS, |event| builder.read(event)).await;
        builder.finish(pacer).await
    }
}

/// The tables while they are finish.
struct Builder {
    strategy: Strategy,
    connections: u32,
    /// Events read so far.
    events_read: u32,
    events: Slots<u32>,
    spans: SpanReader,
    waits: WaitReader,
    polls: PollReader,
    holds: HoldReader,
    locks: Vec<(TaskId, LockChange)>,
    rows_in_file: Vec<SimTime>,
    lock_table: LockTable,
    answers: AnswerQueueReader,
    errors: Vec<(SimTime, TaskId)>,
    iterations: Vec<Iteration>,
    stop: Option<Stop>,
    outcome: OutcomeReader,
}

impl Builder {
    fn new(trace: &Trace, events: Slots<u32>, polls: PollReader) -> Self {
        let scenario: &Scenario = &trace.scenario;
        Self {
            strategy: scenario.strategy,
            connections: scenario.connections(),
            events_read: 0,
            events,
            spans: SpanReader::new(scenario),
            waits: WaitReader::new(scenario.coroutines()),
            polls,
            holds: HoldReader::new(scenario.strategy),
            locks: Vec::new(),
            rows_in_file: Vec::new(),
            lock_table: LockTable::new(scenario.connections()),
            answers: AnswerQueueReader::new(scenario.tasks),
            errors: Vec::new(),
            iterations: Vec::new(),
            stop: None,
            outcome: OutcomeReader::new(trace),
        }
    }

    fn read(&mut self, event: &Event) {
        self.events.add(event.task, self.events_read);
        self.spans.read(event);
        self.waits.read(event);
        self.polls.read(event);
        self.holds.read(event);
        self.answers.read(event);
        self.read_outcome(event);
        match event.kind {
            EventKind::Lock { to, .. } => {
                if let Some(connection) = waits::connection(self.strategy, event.task) {
                    self.locks.push((connection, LockChange { at: event.at, to }));
                    self.lock_table.add(event.at, connection, event.task, to);
                }
            }
            EventKind::Failed { .. } if self.stop.is_none() => self.errors.push((event.at, event.task)),
            EventKind::LoopIteration { number, ntodo } => self.iterations.push(Iteration { at: event.at, number, ntodo }),
            EventKind::LoopStopped => {
                self.stop.get_or_insert(Stop { at: event.at, events: self.events_read });
            }
            _ => {}
        }
        self.events_read += 1;
    }

    fn read_outcome(&mut self, event: &Event) {
        let before = self.outcome.rows_in_file();
        self.outcome.read(event);
        let new = self.outcome.rows_in_file() - before;
        self.rows_in_file.extend(std::iter::repeat_n(event.at, new as usize));
    }

    async fn finish(self, pacer: &mut Pacer<'_>) -> TraceIndex {
        let (waits, waiting) = self.waits.finish(pacer).await;
        TraceIndex {
            events: self.events.finish(),
            spans: self.spans.finish(pacer).await,
            wait_count: index_u32(waits.all().len()),
            waits,
            polls: self.polls.finish(),
            waiting,
            holds: self.holds.finish(),
            locks: ByTask::group(self.connections, &self.locks, pacer).await,
            rows_in_file: self.rows_in_file,
            lock_table: self.lock_table,
            answers: self.answers.finish(),
            errors: self.errors,
            iterations: self.iterations,
            stop: self.stop,
            outcome: self.outcome.finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::three_tasks;

    #[test]
    fn an_index_built_in_pieces_equals_one_built_at_once() {
        let mut trace = three_tasks();
        let late = trace.events.last().copied().expect("an event");
        trace.events.extend(std::iter::repeat_n(Event { kind: EventKind::Retry, ..late }, 300_000));
        let mut pauses = 0;
        let index = at_once(TraceIndex::build_in_pieces(&trace, async || pauses += 1));
        assert!(pauses > 5, "{pauses} pauses");
        assert_eq!(index, TraceIndex::of(&trace));
    }
}
