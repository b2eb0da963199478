//! The line of the program at which a task is, over the time of a run.

use super::Step;
use crate::time::SimTime;
use crate::trace::{Call, Event, EventKind, TaskId, Trace, TraceIndex};

/// The position of a task in the program, from one time to the next position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// When the task reached it.
    pub at: SimTime,
    /// The line.
    pub step: Step,
    /// What the task does at this line.
    pub standing: Standing,
}

/// What a task does at a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It awaits the result of the line.
    Awaiting,
    /// The line raised "database is locked".
    Failed,
    /// It returned.
    Returned,
}

/// Every position of `task`, in time order; empty for a task that does not exist.
#[must_use]
pub fn places(trace: &Trace, task: TaskId) -> Vec<Place> {
    of_events(&mut trace.events.iter().filter(|event| event.task == task))
}

/// Like [`places`], with look-up tables. In a run of a million events this is a thousand times
/// faster.
#[must_use]
pub fn places_in(trace: &Trace, index: &TraceIndex, task: TaskId) -> Vec<Place> {
    of_events(&mut index.events.of(task).iter().filter_map(|index| trace.events.get(*index as usize)))
}

fn of_events(events: &mut dyn Iterator<Item = &Event>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for event in events {
        let last = places.last().copied();
        let failed = last.is_some_and(|place| place.standing == Standing::Failed);
        let next = match event.kind {
            EventKind::SemaphoreAwaited => Some((Step::Acquire, Standing::Awaiting)),
            EventKind::CallQueued { call: Call::Close } if failed => Some((Step::CloseAfterError, Standing::Awaiting)),
            EventKind::CallQueued { call } => Some((step_of(call), Standing::Awaiting)),
            EventKind::Sleep { .. } if last.is_some_and(|place| place.step == Step::Rollback) => {
                Some((Step::Pause, Standing::Awaiting))
            }
            EventKind::Sleep { .. } => Some((Step::Sleep, Standing::Awaiting)),
            // The awaited call raised.
            EventKind::Failed { .. } | EventKind::Retry => last.map(|place| (place.step, Standing::Failed)),
            EventKind::Done => Some((Step::Counted, Standing::Returned)),
            _ => None,
        };
        places.extend(next.map(|(step, standing)| Place { at: event.at, step, standing }));
    }
    places
}

/// The element of `places` that is valid at `time`; `None` before the task's first step.
#[must_use]
pub fn place_at(places: &[Place], time: SimTime) -> Option<Place> {
    places[..places.partition_point(|place| place.at <= time)].last().copied()
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

    fn at(micros: u64, task: u32) -> Option<Place> {
        let (run, task) = (run_of_two(), TaskId::new(task));
        let places = places(&run, task);
        assert_eq!(places, places_in(&run, &TraceIndex::of(&run), task));
        place_at(&places, SimTime::from_micros(micros))
    }

    #[test]
    fn a_task_is_at_the_line_whose_result_it_awaits() {
        assert_eq!(at(0, 1), None, "it has no position before its first step");
        assert_eq!(at(1, 1).map(|place| place.step), Some(Step::Connect));
        assert_eq!(at(10, 1).map(|place| place.step), Some(Step::Execute));
        assert_eq!(at(20, 1).map(|place| place.step), Some(Step::Commit));
        assert_eq!(at(40, 1).map(|place| (place.step, place.standing)), Some((Step::Counted, Standing::Returned)));
    }

    #[test]
    fn a_failed_task_stays_at_the_line_that_raised() {
        assert_eq!(at(60, 2).map(|place| (place.step, place.standing)), Some((Step::Execute, Standing::Failed)));
    }

    #[test]
    fn a_close_after_an_error_is_a_different_line_from_a_close_after_success() {
        let (queued, failed) = (|call| EventKind::CallQueued { call }, EventKind::Failed { statement: Statement::Insert });
        let trace = trace_of(&[(2, 1, queued(Call::Execute)), (3, 1, failed), (4, 1, queued(Call::Close))]);
        assert_eq!(places(&trace, TaskId::new(1)).last().map(|place| place.step), Some(Step::CloseAfterError));
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
        let steps: Vec<Step> = places(&trace, TaskId::new(1)).iter().map(|place| place.step).collect();
        assert_eq!(steps, [Step::Execute, Step::Execute, Step::Rollback, Step::Pause, Step::Execute, Step::Sleep]);
    }
}
