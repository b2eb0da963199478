//! Where a task stands in the program: the line that it awaits, at every moment of a run.

use super::Step;
use crate::time::SimTime;
use crate::trace::{Call, EventKind, Statement, TaskId, Trace};

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
    let mut places: Vec<Place> = Vec::new();
    for event in trace.events.iter().filter(|event| event.task == task) {
        let failed = places.last().is_some_and(|place| place.standing == Standing::Failed);
        let next = match event.kind {
            EventKind::TaskStarted => Some((Step::Connect, Standing::Awaiting)),
            EventKind::CallQueued { call: Call::Close } if failed => Some((Step::CloseAfterError, Standing::Awaiting)),
            EventKind::CallQueued { call } => Some((step_of(call), Standing::Awaiting)),
            EventKind::Sleep { .. } => Some((Step::Sleep, Standing::Awaiting)),
            EventKind::Failed { statement: Statement::Commit } => Some((Step::Commit, Standing::Failed)),
            EventKind::Failed { .. } => Some((Step::Execute, Standing::Failed)),
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
        Call::Execute => Step::Execute,
        Call::Commit => Step::Commit,
        Call::Close | Call::Stop => Step::Close,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::console::tests::{run_of_two, trace_of};

    fn at(micros: u64, task: u32) -> Option<Place> {
        place_at(&places(&run_of_two(), TaskId::new(task)), SimTime::from_micros(micros))
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
        let task = TaskId::new(1);
        let failed = EventKind::Failed { statement: Statement::Insert };
        let trace =
            trace_of(&[(1, 1, EventKind::TaskStarted), (2, 1, failed), (3, 1, EventKind::CallQueued { call: Call::Close })]);
        assert_eq!(places(&trace, task).last().map(|place| place.step), Some(Step::CloseAfterError));
    }
}
