//! The state of the event loop at one time: its iteration, what it has run so far, and what waits
//! (facts 7.1, 7.2, 6.3).

use super::index::Iteration;
use super::{EventKind, TaskId, Trace, TraceIndex};
use crate::time::SimTime;

/// The state of the event loop at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoopNow {
    /// The current or last iteration.
    pub iteration: Option<Iteration>,
    /// Number of coroutines that this iteration has started or resumed so far.
    pub ran: u32,
    /// The last coroutine that it started or resumed.
    pub last: Option<TaskId>,
    /// Number of results that wait for a later iteration.
    pub waiting: u32,
    /// Whether the loop has stopped.
    pub stopped: bool,
}

impl LoopNow {
    /// The state of the loop of `trace` at `time`.
    #[must_use]
    pub fn at(trace: &Trace, index: &TraceIndex, time: SimTime) -> Self {
        let iterations = index.iterations.partition_point(|iteration| iteration.at <= time);
        let iteration = index.iterations[..iterations].last().copied();
        let begun = iteration.map_or(0, |iteration| trace.events.partition_point(|event| event.at < iteration.at));
        let since = &trace.events[begun..trace.events_until(time)];
        let stopped = index.stop.is_some_and(|stop| stop.at <= time);
        let mut now = Self { iteration, ran: 0, last: None, waiting: index.answers.at(time), stopped };
        for event in since.iter().filter(|event| matches!(event.kind, EventKind::TaskStarted | EventKind::Resumed { .. })) {
            now.ran += 1;
            now.last = Some(event.task);
        }
        now
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{micros, three_tasks};

    #[test]
    fn the_current_iteration_is_shown_with_what_it_has_run_so_far() {
        let trace = three_tasks();
        let index = TraceIndex::of(&trace);
        let now = LoopNow::at(&trace, &index, micros(15));
        assert_eq!(
            (now.iteration.map(|iteration| iteration.ntodo), now.ran, now.last, now.stopped),
            (Some(3), 2, Some(TaskId::new(2)), false)
        );
        assert!(LoopNow::at(&trace, &index, micros(5_500)).stopped);
    }
}
