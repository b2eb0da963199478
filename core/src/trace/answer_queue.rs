//! Results of worker threads that wait for the event loop (fact 6.3).

use super::{Event, EventKind};
use crate::time::SimTime;

/// The number of results over time that the loop has not delivered to their coroutines yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerQueue {
    waiting: Vec<(SimTime, u32)>,
}

impl AnswerQueue {
    /// The number of results that wait at `time`.
    #[must_use]
    pub fn at(&self, time: SimTime) -> u32 {
        let past = self.waiting.partition_point(|(at, _)| *at <= time);
        self.waiting[..past].last().map_or(0, |(_, count)| *count)
    }
}

/// Computes the length of the queue over time from the events.
pub(super) struct AnswerQueueReader {
    /// For each task, whether it has a result that waits.
    answered: Vec<bool>,
    count: u32,
    waiting: Vec<(SimTime, u32)>,
}

impl AnswerQueueReader {
    pub(super) fn new(tasks: u32) -> Self {
        Self { answered: vec![false; tasks as usize], count: 0, waiting: Vec::new() }
    }

    pub(super) fn read(&mut self, event: &Event) {
        let is_answer = match event.kind {
            EventKind::CallReturned { .. } => true,
            EventKind::Resumed { .. } => false,
            _ => return,
        };
        let Some(answered) = event.task.index().and_then(|index| self.answered.get_mut(index)) else { return };
        if std::mem::replace(answered, is_answer) != is_answer {
            self.count = if is_answer { self.count + 1 } else { self.count - 1 };
            self.waiting.push((event.at, self.count));
        }
    }

    pub(super) fn finish(self) -> AnswerQueue {
        AnswerQueue { waiting: self.waiting }
    }
}

#[cfg(test)]
mod tests {
    use crate::trace::TraceIndex;
    use crate::trace::testing::{micros, three_tasks};

    #[test]
    fn a_result_waits_from_its_post_until_its_coroutine_is_resumed() {
        let answers = TraceIndex::of(&three_tasks()).answers;
        assert_eq!([0, 200, 215, 220, 299, 300, 320, 500, 600].map(|at| answers.at(micros(at))), [0, 1, 2, 3, 3, 2, 0, 1, 0]);
    }
}
