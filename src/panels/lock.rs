//! The lock: SQLite's five states with who is in each; in WAL mode the write lock and the readers.

use crate::panels::panel::panel;
use crate::state::moment::Moment;
use lockstep_core::scenario::Journal;
use lockstep_core::trace::{Lock, TaskId};
use yew::prelude::*;

/// More names than these are counted.
const MOST_NAMES: usize = 3;

/// From strongest to weakest, with what each is for.
const ROLLBACK: [(Lock, &str); 5] = [
    (Lock::Exclusive, "writes to the file; nobody reads"),
    (Lock::Pending, "waits for readers to leave; no new ones"),
    (Lock::Reserved, "means to write; others may read"),
    (Lock::Shared, "reads"),
    (Lock::Unlocked, "everybody else"),
];
const WAL: [(Lock, &str); 3] = [
    (Lock::Write, "writes to the log; others may read"),
    (Lock::Read, "reads from a snapshot"),
    (Lock::Unlocked, "everybody else"),
];

/// See the module.
pub fn lock_panel(moment: &Moment) -> Html {
    let Moment { trace, index, now } = moment;
    let held = index.lock_table.at(now.at);
    let states: &[(Lock, &str)] = if trace.scenario.journal == Journal::Wal { &WAL } else { &ROLLBACK };
    let row = |(lock, meaning): &(Lock, &'static str)| {
        let who: Vec<TaskId> = held.iter().filter(|(_, has)| has == lock).map(|(task, _)| *task).collect();
        let unlocked = *lock == Lock::Unlocked;
        let names = if unlocked { (index.lock_table.connections() as usize - held.len()).to_string() } else { names(&who) };
        let class = classes!("lock-row", (!who.is_empty()).then_some("held"), lock.keeps_writers_out().then_some("keeps-out"));
        html! { <tr {class}><th scope="row">{ lock.name() }</th><td>{ names }</td><td class="aside">{ *meaning }</td></tr> }
    };
    panel("lock-state", "The lock", Html::default(), html! { <table class="lock-table">{ for states.iter().map(row) }</table> })
}

/// "task 412", "412, 413, 414 and 7 more", or a dash.
fn names(who: &[TaskId]) -> String {
    let [first, others @ ..] = who else { return "\u{2013}".to_owned() };
    let mut text = format!("task {first}");
    for other in others.iter().take(MOST_NAMES - 1) {
        text += &format!(", {other}");
    }
    match who.len().saturating_sub(MOST_NAMES) {
        0 => text,
        more => text + &format!(" and {more} more"),
    }
}
