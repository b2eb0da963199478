//! "Database is locked" without any waiting: an upgrade from a read lock to a write lock.

use super::human_duration::HumanDuration;
use super::{Evidence, Finding, Highlight, Rule};
use crate::scenario::Journal;
use crate::time::SimDuration;
use crate::trace::{Call, Event, EventKind, Statement, TaskId};

/// See the module documentation.
pub(super) struct RefusedAtOnce;

impl Rule for RefusedAtOnce {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let timeout = run.trace.scenario.timeout;
        // With a timeout of 0, every refusal is at once.
        if timeout.is_zero() {
            return None;
        }
        let tasks = (1..=run.index.events.tasks()).map(TaskId::new);
        let refused: Vec<Event> = tasks.filter_map(|task| refused(run, task)).collect();
        let first = *refused.iter().min_by_key(|event| event.at)?;
        let others = refused.len() - 1;
        let more = match others {
            0 => String::new(),
            1 => "; so was one other task".to_owned(),
            _ => format!("; so were {others} other tasks"),
        };
        let (why, fact) = if run.trace.scenario.journal == Journal::Wal {
            (
                "Another connection was writing or had committed since then, and SQLite does not \
                 let a reader wait for that",
                "14.7",
            )
        } else {
            ("Waiting could have blocked both sides forever, so SQLite does not wait", "9.9")
        };
        Some(Finding {
            name: "refused-at-once",
            headline: format!("Task {} was refused at its first attempt, without waiting{more}", first.task),
            text: format!(
                "It had read in its transaction and then wanted to write. {why}. The busy timeout \
                 of {} does not matter here, and only a rollback helps.",
                HumanDuration(timeout)
            ),
            fact,
            highlight: Highlight::around(first.at, Some(first.task), SimDuration::from_millis(20)),
        })
    }
}

/// The task's first INSERT that was refused without a single sleep.
fn refused(run: Evidence, task: TaskId) -> Option<Event> {
    let events = run.index.events.of(task).iter().filter_map(|index| run.trace.events.get(*index as usize));
    let (mut busy, mut slept): (Option<Event>, bool) = (None, false);
    for event in events {
        match event.kind {
            EventKind::CallQueued { .. } => (busy, slept) = (None, false),
            EventKind::Backoff { .. } => slept = true,
            EventKind::Attempt { statement: Statement::Insert, granted: false } => busy = Some(*event),
            EventKind::CallReturned { call: Call::Execute, ok: false } if busy.is_some() && !slept => return busy,
            _ => {}
        }
    }
    None
}
