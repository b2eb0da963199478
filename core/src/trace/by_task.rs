//! Values grouped by task, all in one piece of memory: what makes "the state of this task at that time" a binary search.

use super::{Event, TaskId};

/// Values of each task, in the order in which they were added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByTask<T> {
    /// Where each task's values begin, and where the last one's end.
    starts: Vec<u32>,
    values: Vec<T>,
}

impl<T: Copy> ByTask<T> {
    /// Groups `values`, each with its task, for `tasks` tasks; those of other tasks are left out. Goes through them twice.
    pub(super) fn group(tasks: u32, values: impl Iterator<Item = (TaskId, T)> + Clone) -> Self {
        let of_tasks =
            || values.clone().filter_map(|(task, value)| Some((task.index().filter(|index| *index < tasks as usize)?, value)));
        let mut starts = vec![0_u32; tasks as usize + 1];
        for (index, _) in of_tasks() {
            starts[index + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let count = starts.last().copied().unwrap_or(0) as usize;
        // Every place is written to below; the first value only stands there until then.
        let mut grouped = of_tasks().next().map_or_else(Vec::new, |(_, first)| vec![first; count]);
        for (index, value) in of_tasks() {
            grouped[next[index] as usize] = value;
            next[index] += 1;
        }
        Self { starts, values: grouped }
    }
}

impl<T> ByTask<T> {
    /// The task's values; none for the loop and for tasks that are not there.
    #[must_use]
    pub fn of(&self, task: TaskId) -> &[T] {
        let bounds = task.index().and_then(|index| self.starts.get(index..index + 2));
        bounds.map_or(&[], |bounds| &self.values[bounds[0] as usize..bounds[1] as usize])
    }

    /// The values of all tasks, task by task.
    #[must_use]
    pub fn all(&self) -> &[T] {
        &self.values
    }

    /// How many tasks there are, those without a value included.
    #[must_use]
    pub fn tasks(&self) -> u32 {
        place(self.starts.len() - 1)
    }
}

impl ByTask<u32> {
    /// Places in `events`, by task, in order of time.
    pub(super) fn places(tasks: u32, events: &[Event]) -> Self {
        Self::group(tasks, events.iter().zip(0..).map(|(event, place)| (event.task, place)))
    }
}

/// A place in a list of events; a run is refused long before it has 2^32 of them.
pub(super) fn place(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SimTime;
    use crate::trace::EventKind;

    #[test]
    fn each_task_finds_its_own_events_and_the_loop_none() {
        let events: Vec<_> = [2, 1, 0, 2, 7]
            .into_iter()
            .map(|task| Event { at: SimTime::ZERO, task: TaskId::new(task), kind: EventKind::TaskStarted })
            .collect();
        let places = ByTask::places(3, &events);
        let of = |task| places.of(TaskId::new(task)).to_vec();
        assert_eq!((of(0), of(1), of(2), of(3), of(7)), (vec![], vec![1], vec![0, 3], vec![], vec![]));
    }
}
