//! In which order the lanes stand, and which states are to be seen on them.

use crate::trace::{EventKind, LaneState, TaskId, Trace, TraceIndex};
use crate::variants::variants_with;
use strum::{EnumCount, VariantArray};

/// What the lanes are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumCount, VariantArray)]
pub enum Sort {
    /// The task's number.
    #[default]
    Number,
    /// Who got in first; then who gave up, by time; then everybody else.
    Success,
    /// Who asked for the lock first; then who never did.
    FirstAttempt,
}

impl Sort {
    /// Every order, with its name.
    pub const ALL: [(Self, &'static str); Self::COUNT] = variants_with!(Self: name);

    /// Its name on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "Number",
            Self::Success => "Order of success",
            Self::FirstAttempt => "First attempt",
        }
    }
}

/// The tasks from the uppermost lane to the lowest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    tasks: Vec<TaskId>,
    /// The lane of each task.
    lanes: Vec<u32>,
}

impl Order {
    /// So many tasks by their numbers.
    #[must_use]
    pub fn by_number(tasks: u32) -> Self {
        Self::of((1..=tasks).map(TaskId::new).collect())
    }

    /// The tasks of a run.
    #[must_use]
    pub fn by(sort: Sort, trace: &Trace, index: &TraceIndex) -> Self {
        let tasks = trace.scenario.coroutines();
        let mut first: Vec<TaskId> = match sort {
            Sort::Number => Vec::new(),
            Sort::Success => {
                let failed = index.errors.iter().map(|(_, task)| *task);
                index.outcome.commit_order.iter().copied().chain(failed).collect()
            }
            Sort::FirstAttempt => {
                let attempts = trace.events.iter().filter(|event| matches!(event.kind, EventKind::Attempt { .. }));
                attempts.map(|event| event.task).collect()
            }
        };
        let mut seen = vec![false; tasks as usize];
        first.extend((1..=tasks).map(TaskId::new));
        first
            .retain(|task| task.index().and_then(|index| seen.get_mut(index)).is_some_and(|seen| !std::mem::replace(seen, true)));
        Self::of(first)
    }

    fn of(tasks: Vec<TaskId>) -> Self {
        let mut lanes = vec![0; tasks.len()];
        for (task, lane) in tasks.iter().zip(0..) {
            if let Some(place) = task.index().and_then(|index| lanes.get_mut(index)) {
                *place = lane;
            }
        }
        Self { tasks, lanes }
    }

    /// The task of a lane; none beyond the lowest.
    #[must_use]
    pub fn task(&self, lane: u32) -> Option<TaskId> {
        self.tasks.get(lane as usize).copied()
    }

    /// The lane of a task; none for a task that the run does not have.
    #[must_use]
    pub fn lane(&self, task: TaskId) -> Option<u32> {
        self.lanes.get(task.index()?).copied()
    }

    /// The task so many lanes below `task`, or above where `by` is negative; the last one there is.
    #[must_use]
    pub fn beside(&self, task: TaskId, by: i32) -> TaskId {
        let lane = self.lane(task).unwrap_or(0).saturating_add_signed(by);
        let last = u32::try_from(self.tasks.len()).unwrap_or(0).saturating_sub(1);
        self.task(lane.min(last)).unwrap_or(task)
    }
}

/// The states that are to be seen: those that were picked, or all where none is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Picked(u16);

impl Picked {
    /// Whether a state is to be seen.
    #[must_use]
    pub const fn has(self, state: LaneState) -> bool {
        self.0 == 0 || self.is_picked(state)
    }

    /// Whether a state is picked.
    #[must_use]
    pub const fn is_picked(self, state: LaneState) -> bool {
        self.0 & (1 << state as u16) != 0
    }

    /// The same with one state picked.
    #[must_use]
    pub const fn with(self, state: LaneState) -> Self {
        Self(self.0 | 1 << state as u16)
    }

    /// The same with one state picked, or not if it was.
    #[must_use]
    pub const fn toggled(self, state: LaneState) -> Self {
        Self(self.0 ^ (1 << state as u16))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::three_tasks;

    #[test]
    fn every_order_has_every_task_once() {
        let trace = three_tasks();
        let index = TraceIndex::of(&trace);
        let numbers = |sort| {
            let order = Order::by(sort, &trace, &index);
            (0..3).filter_map(|lane| order.task(lane)).map(TaskId::number).collect::<Vec<_>>()
        };
        assert_eq!(numbers(Sort::Number), [1, 2, 3]);
        assert_eq!(numbers(Sort::Success), [1, 3, 2]);
        assert_eq!(numbers(Sort::FirstAttempt), [1, 2, 3]);
    }

    #[test]
    fn the_next_lane_is_that_of_the_order_and_the_last_has_none_after_it() {
        let trace = three_tasks();
        let order = Order::by(Sort::Success, &trace, &TraceIndex::of(&trace));
        let beside = |task, by| order.beside(TaskId::new(task), by).number();
        assert_eq!((beside(1, 1), beside(3, 1), beside(2, 1), beside(1, -1)), (3, 2, 2, 1));
    }

    #[test]
    fn with_none_picked_all_are_seen_and_with_one_that_one() {
        let one = Picked::default().toggled(LaneState::Holding);
        assert!(Picked::default().has(LaneState::Done) && one.has(LaneState::Holding) && !one.has(LaneState::Done));
        assert_eq!(one.toggled(LaneState::Holding), Picked::default());
    }
}
