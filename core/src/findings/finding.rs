//! The types of the findings: a rule, its input and its result.

use crate::time::{SimDuration, SimTime};
use crate::trace::{TaskId, Trace, TraceIndex};

/// Something notable that happened in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A short name, the same in every run.
    pub name: &'static str,
    /// What happened, in one line without a full stop.
    pub headline: String,
    /// Why it happened and its consequence: two or three sentences.
    pub text: String,
    /// The number of the fact in `docs/facts.md` that explains it.
    pub fact: &'static str,
    /// Where in the run it can be seen.
    pub highlight: Highlight,
}

/// The part of a run that shows a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The time to show.
    pub at: SimTime,
    /// The task to select; none if the finding is about all tasks.
    pub task: Option<TaskId>,
    /// The start and the end of the window to show. It includes `at`.
    pub window: (SimTime, SimTime),
}

impl Highlight {
    /// The time `at` with a window of `reach` before and after it.
    pub(super) fn around(at: SimTime, task: Option<TaskId>, reach: SimDuration) -> Self {
        Self { at, task, window: (SimTime::ZERO + (at.since(SimTime::ZERO) - reach), at + reach) }
    }
}

/// The input of a rule: a trace and its index.
#[derive(Clone, Copy)]
pub(super) struct Evidence<'a> {
    pub(super) trace: &'a Trace,
    pub(super) index: &'a TraceIndex,
}

/// Recognizes one kind of finding.
pub(super) trait Rule {
    /// Returns the finding if the run shows it.
    fn find(&self, run: Evidence) -> Option<Finding>;
}
