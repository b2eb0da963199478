//! asyncio's event loop: the ready queue and the loop's iterations (fact 7.2).
//!
//! An iteration reads the length of the ready queue once and runs exactly that many callbacks;
//! callbacks that are added meanwhile wait for the next iteration. The loop releases the GIL around
//! `select`. It stops a few iterations after the first error, or after the last task has ended
//! (fact 7.7).

use crate::trace::TaskId;
use std::collections::VecDeque;

/// A callback in the ready queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Callback {
    /// Runs the coroutine's first step.
    FirstStep(TaskId),
    /// Sets the result of the future that the coroutine awaits: a call has returned, or a sleep has
    /// ended.
    SetResult(TaskId),
    /// Resumes the coroutine.
    Resume(TaskId),
    /// Sets the result or the exception of the gather's future.
    GatherDone,
    /// Stops the loop at the end of this iteration, for `run_until_complete`.
    Stop,
}

/// What the loop's thread is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LoopState {
    /// The ready queue is empty: it waits in `select`.
    Selecting,
    /// `select` returns.
    Waking,
    /// It has work but not the GIL.
    WaitingForGil,
    /// It runs a callback.
    Running(Callback),
    /// It has ended its last iteration.
    Stopped,
}

/// The event loop.
#[derive(Debug)]
pub(super) struct EventLoop {
    pub(super) state: LoopState,
    ready: VecDeque<Callback>,
    /// Number of the current iteration, from 1; 0 before the first.
    pub(super) iteration: u32,
    /// Callbacks of this iteration that have not begun.
    remaining: usize,
    /// [`Callback::Stop`] has run.
    pub(super) is_stopping: bool,
}

impl EventLoop {
    /// A loop with an empty ready queue.
    pub(super) const fn new() -> Self {
        Self { state: LoopState::WaitingForGil, ready: VecDeque::new(), iteration: 0, remaining: 0, is_stopping: false }
    }

    /// Appends `callback` to the ready queue.
    pub(super) fn call_soon(&mut self, callback: Callback) {
        self.ready.push_back(callback);
    }

    /// Appends all `callbacks` to the ready queue, as `gather` does with the first steps of its
    /// tasks (fact 7.1).
    pub(super) fn call_all_soon(&mut self, callbacks: impl Iterator<Item = Callback>) {
        self.ready.extend(callbacks);
    }

    /// Begins an iteration. Returns how many callbacks it will run.
    pub(super) fn begin_iteration(&mut self) -> u32 {
        self.iteration += 1;
        self.remaining = self.ready.len();
        u32::try_from(self.remaining).unwrap_or(u32::MAX)
    }

    /// Removes and returns the next callback of this iteration; none at its end.
    pub(super) fn next_callback(&mut self) -> Option<Callback> {
        self.remaining = self.remaining.checked_sub(1)?;
        self.ready.pop_front()
    }

    /// Whether the current iteration has callbacks left to run.
    pub(super) const fn is_in_iteration(&self) -> bool {
        self.remaining > 0
    }

    /// Whether the ready queue holds a callback.
    pub(super) fn has_ready_callbacks(&self) -> bool {
        !self.ready.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callback_that_is_added_during_an_iteration_waits_for_the_next_one() {
        let mut event_loop = EventLoop::new();
        event_loop.call_all_soon([1, 2].map(|task| Callback::FirstStep(TaskId::new(task))).into_iter());
        assert_eq!(event_loop.begin_iteration(), 2);
        assert_eq!(event_loop.next_callback(), Some(Callback::FirstStep(TaskId::new(1))));
        event_loop.call_soon(Callback::SetResult(TaskId::new(1)));
        assert_eq!(event_loop.next_callback(), Some(Callback::FirstStep(TaskId::new(2))));
        assert_eq!(event_loop.next_callback(), None);
        assert_eq!(event_loop.begin_iteration(), 1);
    }
}
