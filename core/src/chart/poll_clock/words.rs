//! The dial in words.

use crate::decimal::fixed;
use crate::text::counted;
use crate::time::SimDuration;
use crate::trace::{Snapshot, bunches};

/// Under the dial: "751 waiters in 16 bunches; 496 rows/s".
#[must_use]
pub fn caption(now: &Snapshot, turn: SimDuration) -> String {
    let found = bunches(now.waiters.iter().map(|waiter| waiter.next_poll), turn).len();
    let waiters = counted(now.waiters.len(), "waiter");
    let bunches = match found {
        _ if now.waiters.is_empty() => String::new(),
        0 => ", no bunch".to_owned(),
        _ => [" in ", &counted(found, "bunch")].concat(),
    };
    let waiters = if now.waiters.is_empty() { "Nobody waits".to_owned() } else { waiters };
    format!("{waiters}{bunches}; {}", counted(now.rate, "row/s"))
}

/// What the dial shows, in a sentence for those who do not see it, made of its caption.
#[must_use]
pub fn summary(now: &Snapshot, caption: &str) -> String {
    let lock = now.holder.map_or_else(
        || "the lock is free".to_owned(),
        |holder| format!("task {} holds {}", holder.hold.task, holder.lock.name()),
    );
    let rows = counted(now.rows, "row");
    format!("Poll clock at {} s: {caption}; {lock}; {rows} in.", fixed(now.at.seconds(), 2))
}
