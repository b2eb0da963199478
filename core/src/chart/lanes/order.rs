//! The order of the lanes, and the filter for the states that they show.

use crate::trace::{EventKind, LaneState, TaskId, Trace, TraceIndex};
use crate::variants::variants_with;
use strum::{EnumCount, VariantArray};

/// What the lanes are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumCount, VariantArray)]
pub enum Sort {
    /// By task number.
    #[default]
    Number,
    /// Tasks with a committed row in the order of their commits, then failed tasks in the order of
    /// their errors, then all others.
    Success,
    /// By the first attempt to get the lock; tasks that never tried come last.
    FirstAttempt,
}

impl Sort {
    /// Every order, with its name.
    pub const ALL: [(Self, &'static str); Self::COUNT] = variants_with!(Self: name);

    /// The name that the page shows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "Number",
            Self::Success => "Order of success",
            Self::FirstAttempt => "First attempt",
        }
    }
}

/// The tasks from the top lane to the bottom lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    tasks: Vec<TaskId>,
    /// The lane of each task, by task index.
    lanes: Vec<u32>,
}

impl Order {
    /// `tasks` tasks in the order of their numbers.
    #[must_use]
    pub fn by_number(tasks: u32) -> Self {
        Self::of((1..=tasks).map(TaskId::new).collect())
    }

    /// Sorts the tasks of a run.
    #[must_use]
    pub fn by(sort: Sort, trace: &Trace, index: &TraceIndex) -> Self {
        let tasks = trace.scenario.coroutines();
        let mut order: Vec<TaskId> = match sort {
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
        order.extend((1..=tasks).map(TaskId::new));
        order
            .retain(|task| task.index().and_then(|index| seen.get_mut(index)).is_some_and(|seen| !std::mem::replace(seen, true)));
        Self::of(order)
    }

    fn of(tasks: Vec<TaskId>) -> Self {
        let mut lanes = vec![0; tasks.len()];
        for (task, lane) in tasks.iter().zip(0..) {
            if let Some(slot) = task.index().and_then(|index| lanes.get_mut(index)) {
                *slot = lane;
            }
        }
        Self { tasks, lanes }
    }

    /// The task of a lane; none below the last lane.
    #[must_use]
    pub fn task(&self, lane: u32) -> Option<TaskId> {
        self.tasks.get(lane as usize).copied()
    }

    /// The lane of a task; none if the run has no such task.
    #[must_use]
    pub fn lane(&self, task: TaskId) -> Option<u32> {
        self.lanes.get(task.index()?).copied()
    }

    /// The task `by` lanes below `task`, or above it if `by` is negative. Clamped to the first and
    /// the last lane.
    #[must_use]
    pub fn neighbour(&self, task: TaskId, by: i32) -> TaskId {
        let lane = self.lane(task).unwrap_or(0).saturating_add_signed(by);
        let last = u32::try_from(self.tasks.len()).unwrap_or(0).saturating_sub(1);
        self.task(lane.min(last)).unwrap_or(task)
    }
}

/// The states that the lanes show: the picked ones, or all states if none is picked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateFilter(u16);

impl StateFilter {
    /// Whether the lanes show a state.
    #[must_use]
    pub const fn shows(self, state: LaneState) -> bool {
        self.0 == 0 || self.is_picked(state)
    }

    /// Whether a state is picked.
    #[must_use]
    pub const fn is_picked(self, state: LaneState) -> bool {
        self.0 & (1 << state as u16) != 0
    }

    /// Also picks `state`.
    #[must_use]
    pub const fn with(self, state: LaneState) -> Self {
        Self(self.0 | 1 << state as u16)
    }

    /// Toggles whether a state is picked.
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
    fn moving_by_lanes_follows_the_order_and_stops_at_its_ends() {
        let trace = three_tasks();
        let order = Order::by(Sort::Success, &trace, &TraceIndex::of(&trace));
        let neighbour = |task, by| order.neighbour(TaskId::new(task), by).number();
        assert_eq!((neighbour(1, 1), neighbour(3, 1), neighbour(2, 1), neighbour(1, -1)), (3, 2, 2, 1));
    }

    #[test]
    fn all_states_are_shown_until_one_is_picked() {
        let one = StateFilter::default().toggled(LaneState::Holding);
        assert!(StateFilter::default().shows(LaneState::Done) && one.shows(LaneState::Holding) && !one.shows(LaneState::Done));
        assert_eq!(one.toggled(LaneState::Holding), StateFilter::default());
    }
}
