//! The lock panel: SQLite's five lock states and the tasks in each; in WAL mode the write lock and
//! the readers.

use crate::panels::panel::panel;
use crate::state::moment::Moment;
use lockstep_core::scenario::Journal;
use lockstep_core::trace::{Lock, TaskId};
use yew::prelude::*;

/// Tasks listed by number; further ones are only counted.
const MAX_NAMES: usize = 3;

/// The locks of a rollback journal from strongest to weakest, with their meaning.
const ROLLBACK: [(Lock, &str); 5] = [
    (Lock::Exclusive, "writes to the file; no one can read"),
    (Lock::Pending, "waits for readers to finish; no new readers"),
    (Lock::Reserved, "intends to write; others can read"),
    (Lock::Shared, "reads"),
    (Lock::Unlocked, "all others"),
];
/// The locks of WAL mode, with their meaning.
const WAL: [(Lock, &str); 3] =
    [(Lock::Write, "writes to the log; others can read"), (Lock::Read, "reads from a snapshot"), (Lock::Unlocked, "all others")];

/// The lock panel at `moment`.
pub fn lock_panel(moment: &Moment) -> Html {
    let Moment { trace, index, now } = moment;
    let held = index.lock_table.at(now.at);
    let states: &[(Lock, &str)] = if trace.scenario.journal == Journal::Wal { &WAL } else { &ROLLBACK };
    let row = |(lock, meaning): &(Lock, &'static str)| {
        let holders: Vec<TaskId> = held.iter().filter(|(_, has)| has == lock).map(|(task, _)| *task).collect();
        let unlocked = *lock == Lock::Unlocked;
        let names = if unlocked { (index.lock_table.connections() as usize - held.len()).to_string() } else { names(&holders) };
        let class = classes!("lock-row", (!holders.is_empty()).then_some("held"), lock.excludes_writers().then_some("keeps-out"));
        html! { <tr {class}><th scope="row">{ lock.name() }</th><td>{ names }</td><td class="aside">{ *meaning }</td></tr> }
    };
    panel("lock-state", "The lock", Html::default(), html! { <table class="lock-table">{ for states.iter().map(row) }</table> })
}

/// "task 412", "task 412, 413, 414 and 7 more", or a dash if there are none.
fn names(tasks: &[TaskId]) -> String {
    let [first, others @ ..] = tasks else { return "\u{2013}".to_owned() };
    let mut text = format!("task {first}");
    for other in others.iter().take(MAX_NAMES - 1) {
        text += &format!(", {other}");
    }
    match tasks.len().saturating_sub(MAX_NAMES) {
        0 => text,
        more => text + &format!(" and {more} more"),
    }
}
