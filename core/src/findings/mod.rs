//! Findings: what happened in a run, as sentences. Each finding names the fact that explains it and
//! the time at which it can be seen.
//!
//! Each rule has one file, named after its finding. A rule reads one trace and returns its finding
//! if the trace shows it.

mod all_connect_first;
mod bunches;
mod commit_bounced;
mod finding;
mod hangs;
mod held_in_a_pass;
mod holder_asleep;
mod human_duration;
mod last_of_its_budget;
mod lock_lay_free;
mod lock_left_held;
mod one_commit;
mod overtaken;
mod refused_at_once;
mod volley;
mod wal_did_not_help;
mod wall_time;

pub use finding::{Finding, Highlight};

use crate::trace::{Trace, TraceIndex};
use finding::{Evidence, Rule};

/// All rules, roughly in the order in which their findings occur in a run.
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

/// The findings of a run, in the order of the rules.
#[must_use]
pub fn findings(trace: &Trace, index: &TraceIndex) -> Vec<Finding> {
    RULES.iter().filter_map(|rule| rule.find(Evidence { trace, index })).collect()
}
