//! What happened in a run, in words: sentences that follow from its trace, each with the fact it rests on and the moment that
//! shows it.
//!
//! One file a rule. A rule looks at one trace and finds what it knows, or nothing; what it says is true of that trace.

mod all_connect_first;
mod bunches;
mod commit_bounced;
mod finding;
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

pub use finding::{Finding, Show};

use crate::trace::{Trace, TraceIndex};
use finding::{Evidence, Rule};

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
