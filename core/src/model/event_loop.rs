//! asyncio's event loop: the ready queue and its passes (fact 7.2).
//!
//! A pass takes the length of the ready queue once and runs exactly that many callbacks; what is added meanwhile waits for the
//! next. Around `select` the loop lets go of the GIL, and it stops where the first error, or the last task, leads (fact 7.7).

use crate::trace::TaskId;
use std::collections::VecDeque;

/// Something in the ready queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Callback {
    /// The coroutine's first step.
    FirstStep(TaskId),
    /// An answer, or the end of a sleep, arrives at the future that the coroutine awaits.
    SetResult(TaskId),
    /// The coroutine runs on.
    Resume(TaskId),
    /// The gather learns that its outcome is decided.
    GatherDone,
    /// `run_until_complete` stops the loop at the end of this pass.
    Stop,
}

/// What the loop's thread does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LoopState {
    /// Nothing is ready: it waits in `select`.
    Selecting,
    /// `select` returns.
    Waking,
    /// It has work and no GIL.
    WaitingForGil,
    /// It runs a callback.
    Running(Callback),
    /// It has run its last pass.
    Stopped,
}

/// The loop.
#[derive(Debug)]
pub(super) struct EventLoop {
    pub(super) state: LoopState,
    ready: VecDeque<Callback>,
    /// Passes begun.
    pub(super) pass: u32,
    /// Callbacks of this pass not yet begun.
    left: usize,
    /// [`Callback::Stop`] has run.
    pub(super) is_stopping: bool,
}

impl EventLoop {
    /// A loop with nothing to do.
    pub(super) const fn new() -> Self {
        Self { state: LoopState::WaitingForGil, ready: VecDeque::new(), pass: 0, left: 0, is_stopping: false }
    }

    /// Puts `callback` into the ready queue.
    pub(super) fn call_soon(&mut self, callback: Callback) {
        self.ready.push_back(callback);
    }

    /// Puts all of them into the ready queue, as the gather does with its tasks' first steps (fact 7.1).
    pub(super) fn call_all(&mut self, callbacks: impl Iterator<Item = Callback>) {
        self.ready.extend(callbacks);
    }

    /// Begins a pass: the callbacks that it will run.
    pub(super) fn begin_pass(&mut self) -> u32 {
        self.pass += 1;
        self.left = self.ready.len();
        u32::try_from(self.left).unwrap_or(u32::MAX)
    }

    /// The next callback of this pass; none at its end.
    pub(super) fn next_callback(&mut self) -> Option<Callback> {
        self.left = self.left.checked_sub(1)?;
        self.ready.pop_front()
    }

    /// Whether a pass is in the middle.
    pub(super) const fn is_in_pass(&self) -> bool {
        self.left > 0
    }

    /// Whether the ready queue holds anything.
    pub(super) fn has_work(&self) -> bool {
        !self.ready.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_during_a_pass_waits_for_the_next() {
        let mut event_loop = EventLoop::new();
        event_loop.call_all([1, 2].map(|task| Callback::FirstStep(TaskId::new(task))).into_iter());
        assert_eq!(event_loop.begin_pass(), 2);
        assert_eq!(event_loop.next_callback(), Some(Callback::FirstStep(TaskId::new(1))));
        event_loop.call_soon(Callback::SetResult(TaskId::new(1)));
        assert_eq!(event_loop.next_callback(), Some(Callback::FirstStep(TaskId::new(2))));
        assert_eq!(event_loop.next_callback(), None);
        assert_eq!(event_loop.begin_pass(), 1);
    }
}
