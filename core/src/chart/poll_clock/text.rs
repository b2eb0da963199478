//! The caption of the dial, and its summary for screen readers.

use crate::decimal::fixed;
use crate::text::counted;
use crate::time::SimDuration;
use crate::trace::{Snapshot, bunches};

/// The caption below the dial: "751 waiters in 16 bunches; 496 rows/s".
#[must_use]
pub fn caption(now: &Snapshot, turn: SimDuration) -> String {
    let bunch_count = bunches(now.waiters.iter().map(|waiter| waiter.next_poll), turn).len();
    let waiters = counted(now.waiters.len(), "waiter");
    let bunches = match bunch_count {
        _ if now.waiters.is_empty() => String::new(),
        0 => ", no bunch".to_owned(),
        _ => [" in ", &counted(bunch_count, "bunch")].concat(),
    };
    let waiters = if now.waiters.is_empty() { "No waiters".to_owned() } else { waiters };
    format!("{waiters}{bunches}; {}", counted(now.rate, "row/s"))
}

/// What the dial shows, as a sentence for screen readers. It includes the caption.
#[must_use]
pub fn summary(now: &Snapshot, caption: &str) -> String {
    let lock = now.holder.map_or_else(
        || "the lock is free".to_owned(),
        |holder| format!("task {} holds {}", holder.hold.task, holder.lock.name()),
    );
    let rows = counted(now.rows, "row");
    format!("Poll clock at {} s: {caption}; {lock}; {rows} committed.", fixed(now.at.seconds(), 2))
}
