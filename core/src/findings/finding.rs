//! What a rule is, and what it finds.

use crate::time::{SimDuration, SimTime};
use crate::trace::{TaskId, Trace, TraceIndex};

/// Something worth saying about a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A short name for it, the same in every run.
    pub name: &'static str,
    /// What happened, in a line.
    pub headline: String,
    /// Why, and what came of it: two sentences.
    pub text: String,
    /// The fact of `docs/facts.md` on which it rests.
    pub fact: &'static str,
    /// Where it can be seen.
    pub show: Show,
}

/// A place in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Show {
    /// The moment.
    pub at: SimTime,
    /// The task to look at; none if all of them matter.
    pub task: Option<TaskId>,
    /// From when to when it is worth looking, the moment included.
    pub window: (SimTime, SimTime),
}

impl Show {
    /// A moment, with a little time before and after it.
    pub(super) fn around(at: SimTime, task: Option<TaskId>, reach: SimDuration) -> Self {
        Self { at, task, window: (SimTime::ZERO + (at.since(SimTime::ZERO) - reach), at + reach) }
    }
}

/// A trace, and what has been worked out of it.
#[derive(Clone, Copy)]
pub(super) struct Evidence<'a> {
    pub(super) trace: &'a Trace,
    pub(super) index: &'a TraceIndex,
}

/// Knows one thing that can happen in a run.
pub(super) trait Rule {
    /// Says that it happened, if it did.
    fn find(&self, run: Evidence) -> Option<Finding>;
}
