//! Where a task stands in the program: the line that it awaits, at every moment of a run.

use super::Step;
use crate::time::SimTime;
use crate::trace::{Call, Event, EventKind, TaskId, Trace, TraceIndex};

/// Where a task stands from one moment to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From when on.
    pub at: SimTime,
    /// At which line.
    pub step: Step,
    /// What it does there.
    pub standing: Standing,
}

/// What a task does at its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It awaits the line's result.
    Awaiting,
    /// The line raised "database is locked".
    Failed,
    /// It returned.
    Returned,
}

/// Every place at which `task` stands, in order of time; none for a task that the run does not have.
#[must_use]
pub fn places(trace: &Trace, task: TaskId) -> Vec<Place> {
    of_events(&mut trace.events.iter().filter(|event| event.task == task))
}

/// The same by way of look-up tables, for whoever has them: in a run of a million events that is a thousand times faster.
#[must_use]
pub fn places_in(trace: &Trace, index: &TraceIndex, task: TaskId) -> Vec<Place> {
    of_events(&mut index.events.of(task).iter().filter_map(|place| trace.events.get(*place as usize)))
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
            // What it awaited raised.
            EventKind::Failed { .. } | EventKind::Retry => last.map(|place| (place.step, Standing::Failed)),
            EventKind::Done => Some((Step::Counted, Standing::Returned)),
            _ => None,
        };
        places.extend(next.map(|(step, standing)| Place { at: event.at, step, standing }));
    }
    places
}

/// The place of `places` that holds at `time`; none before the task's first step.
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
    fn a_task_stands_at_the_line_whose_result_it_awaits() {
        assert_eq!(at(0, 1), None, "before its first step it stands nowhere");
        assert_eq!(at(1, 1).map(|place| place.step), Some(Step::Connect));
        assert_eq!(at(10, 1).map(|place| place.step), Some(Step::Execute));
        assert_eq!(at(20, 1).map(|place| place.step), Some(Step::Commit));
        assert_eq!(at(40, 1).map(|place| (place.step, place.standing)), Some((Step::Counted, Standing::Returned)));
    }

    #[test]
    fn a_task_that_gave_up_stays_at_the_line_that_raised() {
        assert_eq!(at(60, 2).map(|place| (place.step, place.standing)), Some((Step::Execute, Standing::Failed)));
    }

    #[test]
    fn a_close_after_an_error_is_another_line_than_the_close_of_a_success() {
        let (queued, failed) = (|call| EventKind::CallQueued { call }, EventKind::Failed { statement: Statement::Insert });
        let trace = trace_of(&[(2, 1, queued(Call::Execute)), (3, 1, failed), (4, 1, queued(Call::Close))]);
        assert_eq!(places(&trace, TaskId::new(1)).last().map(|place| place.step), Some(Step::CloseAfterError));
    }

    #[test]
    fn a_task_that_tries_again_rolls_back_and_pauses_at_lines_of_their_own() {
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
