//! Builds the [`TraceIndex`] in two readings of the trace: the first counts, the second fills the tables.

use super::answer_queue::AnswerQueueReader;
use super::by_task::{ByTask, Counts, Slots, index_u32};
use super::index::{Pass, Stop, TraceIndex};
use super::lock_table::LockTable;
use super::outcome::OutcomeReader;
use super::spans::SpanReader;
use super::waits::{self, HoldReader, LockChange, PollReader, WaitReader};
use super::{Event, EventKind, TaskId, Trace};
use crate::pieces::{Pacer, at_once, no_pause};
use crate::scenario::{Scenario, Strategy};
use crate::time::SimTime;

/// Units of work for an event in the first reading.
const COUNTING: usize = 1;
/// Units of work for an event in the second reading.
const FILLING: usize = 4;

impl TraceIndex {
    /// The index of `trace`.
    #[must_use]
    pub fn of(trace: &Trace) -> Self {
        at_once(Self::build_in_pieces(trace, no_pause))
    }

    /// As [`TraceIndex::of`], with a `pause` after each piece of work, which takes a browser less than 15 ms whatever the
    /// trace's length. To cancel, drop the future.
    pub async fn build_in_pieces(trace: &Trace, pause: impl AsyncFnMut()) -> Self {
        Self::build(trace, &mut Pacer::new(pause)).await
    }

    pub(crate) async fn build(trace: &Trace, pacer: &mut Pacer<'_>) -> Self {
        let tasks = trace.scenario.coroutines();
        let (mut events, mut polls) = (Counts::new(tasks), Counts::new(tasks));
        pacer
            .for_each(&trace.events, COUNTING, |event| {
                events.add(event.task);
                if waits::is_poll(event) {
                    polls.add(event.task);
                }
            })
            .await;
        let mut builder = Builder::new(trace, events.slots(0, pacer).await, PollReader::new(tasks, polls, pacer).await);
        pacer.for_each(&trace.events, FILLING, |event| builder.read(event)).await;
        builder.finish(pacer).await
    }
}

/// The tables, filled up to some event.
struct Builder {
    strategy: Strategy,
    connections: u32,
    /// Events read so far.
    read: u32,
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
    passes: Vec<Pass>,
    stop: Option<Stop>,
    outcome: OutcomeReader,
}

impl Builder {
    fn new(trace: &Trace, events: Slots<u32>, polls: PollReader) -> Self {
        let scenario: &Scenario = &trace.scenario;
        Self {
            strategy: scenario.strategy,
            connections: scenario.connections(),
            read: 0,
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
            passes: Vec::new(),
            stop: None,
            outcome: OutcomeReader::new(trace),
        }
    }

    fn read(&mut self, event: &Event) {
        self.events.add(event.task, self.read);
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
            EventKind::LoopPass { number, ntodo } => self.passes.push(Pass { at: event.at, number, ntodo }),
            EventKind::LoopStopped => {
                self.stop.get_or_insert(Stop { at: event.at, events: self.read });
            }
            _ => {}
        }
        self.read += 1;
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
            events: self.events.filled(),
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
            passes: self.passes,
            stop: self.stop,
            outcome: self.outcome.finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::hand_over;

    #[test]
    fn an_index_built_with_pauses_is_the_one_built_at_once() {
        let mut trace = hand_over();
        let late = trace.events.last().copied().expect("an event");
        trace.events.extend(std::iter::repeat_n(Event { kind: EventKind::Retry, ..late }, 300_000));
        let mut pauses = 0;
        let index = at_once(TraceIndex::build_in_pieces(&trace, async || pauses += 1));
        assert!(pauses > 5, "{pauses} pauses");
        assert_eq!(index, TraceIndex::of(&trace));
    }
}
