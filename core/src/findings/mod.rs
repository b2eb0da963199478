//! What happened in a run, in words: sentences that follow from its trace, each with the fact it rests on and the moment that
//! shows it.
//!
//! One file a rule. A rule looks at one trace and finds what it knows, or nothing; what it says is true of that trace.

mod all_connect_first;
mod bunches;
mod commit_bounced;
mod hangs;
mod held_in_a_pass;
mod holder_asleep;
mod last_of_its_budget;
mod lock_lay_free;
mod lock_left_held;
mod one_commit;
mod overtaken;
mod refused_at_once;
mod volley;
mod wal_did_not_help;
mod wall_time;
mod words;

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
    fn around(at: SimTime, task: Option<TaskId>, reach: SimDuration) -> Self {
        Self { at, task, window: (SimTime::ZERO + (at.since(SimTime::ZERO) - reach), at + reach) }
    }
}

/// A trace, and what has been worked out of it.
#[derive(Clone, Copy)]
struct Evidence<'a> {
    trace: &'a Trace,
    index: &'a TraceIndex,
}

/// Knows one thing that can happen in a run.
trait Rule {
    /// Says that it happened, if it did.
    fn find(&self, run: Evidence) -> Option<Finding>;
}

/// Every rule, in the order in which a run tells its story.
const RULES: [&(dyn Rule + Sync); 15] = [
    &all_connect_first::AllConnectFirst,
    &held_in_a_pass::HeldInAPass,
    &holder_asleep::HolderAsleep,
    &lock_lay_free::LockLayFree,
    &bunches::Bunches,
    &overtaken::Overtaken,
    &last_of_its_budget::LastOfItsBudget,
    &commit_bounced::CommitBounced,
    &refused_at_once::RefusedAtOnce,
    &wall_time::WallTime,
    &volley::Volley,
    &lock_left_held::LockLeftHeld,
    &hangs::Hangs,
    &wal_did_not_help::WalDidNotHelp,
    &one_commit::OneCommit,
];

/// All that is worth saying about a run.
#[must_use]
pub fn findings(trace: &Trace, index: &TraceIndex) -> Vec<Finding> {
    RULES.iter().filter_map(|rule| rule.find(Evidence { trace, index })).collect()
}
