//! The line of the program at which a task is, over the time of a run.

use super::Step;
use crate::time::SimTime;
use crate::trace::{Call, Event, EventKind, TaskId, Trace, TraceIndex};

/// The position of a task in the program, from one time to the next position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// When the task reached it.
    pub at: SimTime,
    /// The line.
    pub step: Step,
    /// What the task does at this line.
    pub status: Status,
}

/// What a task does at a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It awaits the result of the line.
    Awaiting,
    /// The line raised "database is locked".
    Failed,
    /// It returned.
    Returned,
}

/// Every position of `task`, in time order; empty for a task that does not exist.
#[must_use]
pub fn positions(trace: &Trace, task: TaskId) -> Vec<Position> {
    positions_of(&mut trace.events.iter().filter(|event| event.task == task))
}

/// Like [`positions`], with look-up tables. In a run of a million events this is a thousand times
/// faster.
#[must_use]
pub fn positions_in(trace: &Trace, index: &TraceIndex, task: TaskId) -> Vec<Position> {
    positions_of(&mut index.events.of(task).iter().filter_map(|index| trace.events.get(*index as usize)))
}

fn positions_of(events: &mut dyn Iterator<Item = &Event>) -> Vec<Position> {
    let mut positions: Vec<Position> = Vec::new();
    for event in events {
        let last = positions.last().copied();
        let failed = last.is_some_and(|position| position.status == Status::Failed);
        let next = match event.kind {
            EventKind::SemaphoreAwaited => Some((Step::Acquire, Status::Awaiting)),
            EventKind::CallQueued { call: Call::Close } if failed => Some((Step::CloseAfterError, Status::Awaiting)),
            EventKind::CallQueued { call } => Some((step_of(call), Status::Awaiting)),
            EventKind::Sleep { .. } if last.is_some_and(|position| position.step == Step::Rollback) => {
                Some((Step::Pause, Status::Awaiting))
            }
            EventKind::Sleep { .. } => Some((Step::Sleep, Status::Awaiting)),
            // The awaited call raised.
            EventKind::Failed { .. } | EventKind::Retry => last.map(|position| (position.step, Status::Failed)),
            EventKind::Done => Some((Step::Counted, Status::Returned)),
            _ => None,
        };
        positions.extend(next.map(|(step, status)| Position { at: event.at, step, status }));
    }
    positions
}

/// The element of `positions` that is valid at `time`; `None` before the task's first step.
#[must_use]
pub fn position_at(positions: &[Position], time: SimTime) -> Option<Position> {
    positions[..positions.partition_point(|position| position.at <= time)].last().copied()
}

const fn step_of(call: Call) -> Step {
    match call {
        Call::Connect => Step::Connect,
        Call::PragmaJournal => Step::PragmaJournal,
        Call::PragmaSynchronous => Step::PragmaSynchronous,
        Call::Begin => Step::Begin,
        Call::Select => Step::Select,
        Call::Execute => Step::Execute,
        Call::Rollback => Step::Rollback,
        Call::Commit => Step::Commit,
        Call::Close | Call::Stop => Step::Close,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::console::tests::{run_of_two, trace_of};
    use crate::trace::Statement;

    fn at(micros: u64, task: u32) -> Option<Position> {
        let (run, task) = (run_of_two(), TaskId::new(task));
        let positions = positions(&run, task);
        assert_eq!(positions, positions_in(&run, &TraceIndex::of(&run), task));
        position_at(&positions, SimTime::from_micros(micros))
    }

    #[test]
    fn a_task_is_at_the_line_whose_result_it_awaits() {
        assert_eq!(at(0, 1), None, "it has no position before its first step");
        assert_eq!(at(1, 1).map(|position| position.step), Some(Step::Connect));
        assert_eq!(at(10, 1).map(|position| position.step), Some(Step::Execute));
        assert_eq!(at(20, 1).map(|position| position.step), Some(Step::Commit));
        assert_eq!(at(40, 1).map(|position| (position.step, position.status)), Some((Step::Counted, Status::Returned)));
    }

    #[test]
    fn a_failed_task_stays_at_the_line_that_raised() {
        assert_eq!(at(60, 2).map(|position| (position.step, position.status)), Some((Step::Execute, Status::Failed)));
    }

    #[test]
    fn a_close_after_an_error_is_a_different_line_from_a_close_after_success() {
        let (queued, failed) = (|call| EventKind::CallQueued { call }, EventKind::Failed { statement: Statement::Insert });
        let trace = trace_of(&[(2, 1, queued(Call::Execute)), (3, 1, failed), (4, 1, queued(Call::Close))]);
        assert_eq!(positions(&trace, TaskId::new(1)).last().map(|position| position.step), Some(Step::CloseAfterError));
    }

    #[test]
    fn a_task_rolls_back_and_pauses_at_separate_lines_before_a_retry() {
        let queued = |call| EventKind::CallQueued { call };
        let trace = trace_of(&[
            (1, 1, queued(Call::Execute)),
            (2, 1, EventKind::Retry),
            (3, 1, queued(Call::Rollback)),
            (4, 1, EventKind::Sleep { asked_us: 100 }),
            (5, 1, queued(Call::Execute)),
            (6, 1, EventKind::Sleep { asked_us: 100 }),
        ]);
        let steps: Vec<Step> = positions(&trace, TaskId::new(1)).iter().map(|position| position.step).collect();
        assert_eq!(steps, [Step::Execute, Step::Execute, Step::Rollback, Step::Pause, Step::Execute, Step::Sleep]);
    }
}
