//! Values grouped by task in one allocation, so that the state of a task at a time is a binary
//! search.

use super::TaskId;
use crate::pieces::Pacer;

/// The values of each task, in the order in which they were added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByTask<T> {
    /// Index of each task's first value, and one entry for the end of the last task.
    starts: Vec<u32>,
    values: Vec<T>,
}

impl<T: Copy> ByTask<T> {
    /// Groups `values` by their task, for the tasks 1 to `tasks`. Values of other tasks are
    /// skipped.
    pub(super) async fn group(tasks: u32, values: &[(TaskId, T)], pacer: &mut Pacer<'_>) -> Self {
        let mut counts = Counts::new(tasks);
        let Some((_, first)) = values.first() else { return counts.slots_with(Vec::new()).finish() };
        pacer.for_each(values, 1, |(task, _)| counts.add(*task)).await;
        let mut slots = counts.slots(*first, pacer).await;
        pacer.for_each(values, 1, |(task, value)| slots.add(*task, *value)).await;
        slots.finish()
    }
}

impl<T> ByTask<T> {
    /// The values of `task`; empty for the loop and for tasks that do not exist.
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

    /// Number of tasks, including those without a value.
    #[must_use]
    pub fn tasks(&self) -> u32 {
        index_u32(self.starts.len() - 1)
    }
}

/// Counts the values of each task before they are written.
pub(super) struct Counts(Vec<u32>);

impl Counts {
    pub(super) fn new(tasks: u32) -> Self {
        Self(vec![0; tasks as usize])
    }

    /// Counts a value of `task`; ignored for the loop and for tasks that do not exist.
    pub(super) fn add(&mut self, task: TaskId) {
        if let Some(count) = task.index().and_then(|index| self.0.get_mut(index)) {
            *count += 1;
        }
    }

    /// Allocates a slot for each counted value and fills it with `empty`.
    pub(super) async fn slots<T: Copy>(self, empty: T, pacer: &mut Pacer<'_>) -> Slots<T> {
        let total: u32 = self.0.iter().sum();
        let values = pacer.filled(empty, total as usize).await;
        self.slots_with(values)
    }

    fn slots_with<T>(self, values: Vec<T>) -> Slots<T> {
        let mut starts = vec![0];
        starts.extend(self.0.iter().scan(0, |end, count| {
            *end += count;
            Some(*end)
        }));
        Slots { next: starts.clone(), grouped: ByTask { starts, values } }
    }
}

/// Slots for the counted values of each task. They are filled in the order of the trace.
pub(super) struct Slots<T> {
    grouped: ByTask<T>,
    /// Index of the next free slot of each task.
    next: Vec<u32>,
}

impl<T> Slots<T> {
    /// Writes the task's next value; ignored for the loop and for tasks that do not exist.
    pub(super) fn add(&mut self, task: TaskId, value: T) {
        let Some(index) = task.index().filter(|index| index + 1 < self.next.len()) else { return };
        let next = &mut self.next[index];
        self.grouped.values[*next as usize] = value;
        *next += 1;
    }

    /// The last value that was written for the task.
    pub(super) fn last_mut(&mut self, task: TaskId) -> Option<&mut T> {
        let index = task.index()?;
        let (start, next) = (self.grouped.starts.get(index)?, self.next.get(index)?);
        if next > start { self.grouped.values.get_mut(*next as usize - 1) } else { None }
    }

    /// The grouped values, after each slot was filled.
    pub(super) fn finish(self) -> ByTask<T> {
        self.grouped
    }
}

/// An index into a list of events as a `u32`. It fits: the model limits a run to far fewer than
/// 2^32 events.
pub(super) fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pieces::{at_once, no_pause};

    #[test]
    fn each_task_has_its_own_values_and_the_loop_has_none() {
        let values: Vec<_> = [2, 1, 0, 2, 7].into_iter().zip(0..).map(|(task, value)| (TaskId::new(task), value)).collect();
        let grouped = at_once(ByTask::group(3, &values, &mut Pacer::new(no_pause)));
        let of = |task| grouped.of(TaskId::new(task)).to_vec();
        assert_eq!((of(0), of(1), of(2), of(3), of(7)), (vec![], vec![1], vec![0, 3], vec![], vec![]));
        assert_eq!(grouped.tasks(), 3);
    }

    #[test]
    fn the_last_value_written_for_a_task_can_be_changed() {
        let mut counts = Counts::new(2);
        [1, 2, 2].into_iter().for_each(|task| counts.add(TaskId::new(task)));
        let mut slots = at_once(counts.slots(0, &mut Pacer::new(no_pause)));
        assert_eq!(slots.last_mut(TaskId::new(2)), None, "task 1 has a value before it, task 2 none yet");
        [(1, 5), (2, 6)].into_iter().for_each(|(task, value)| slots.add(TaskId::new(task), value));
        *slots.last_mut(TaskId::new(2)).expect("a value") = 8;
        slots.add(TaskId::new(2), 9);
        assert_eq!(slots.finish().all(), [5, 8, 9]);
    }
}
