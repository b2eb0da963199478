//! "Database is locked" with no waiting at all: an upgrade from reading to writing.

use super::words::Long;
use super::{Evidence, Finding, Rule, Show};
use crate::scenario::Journal;
use crate::time::SimDuration;
use crate::trace::{Call, Event, EventKind, Statement, TaskId};

/// See the module.
pub(super) struct RefusedAtOnce;

impl Rule for RefusedAtOnce {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let timeout = run.trace.scenario.timeout;
        // Without a timeout every refusal is one at once, and says nothing.
        if timeout.is_zero() {
            return None;
        }
        let tasks = (1..=run.index.events.tasks()).map(TaskId::new);
        let refused: Vec<Event> = tasks.filter_map(|task| refused(run, task)).collect();
        let first = *refused.iter().min_by_key(|event| event.at)?;
        let others = refused.len() - 1;
        let more = if others == 0 { String::new() } else { format!(", and {others} more like it") };
        let (why, fact) = if run.trace.scenario.journal == Journal::Wal {
            ("Another connection was writing or had committed since, and SQLite does not let a reader wait for that", "14.7")
        } else {
            ("Waiting could have blocked both sides for ever, so SQLite does not wait", "9.9")
        };
        Some(Finding {
            name: "refused-at-once",
            headline: format!("Task {} was refused at its first attempt, without waiting{more}", first.task),
            text: format!(
                "It had read in its transaction and then wanted to write. {why}. The timeout of {} has no part in it, and only a \
                 rollback helps.",
                Long(timeout)
            ),
            fact,
            show: Show::around(first.at, Some(first.task), SimDuration::from_millis(20)),
        })
    }
}

/// The task's first INSERT that came back refused and had never slept.
fn refused(run: Evidence, task: TaskId) -> Option<Event> {
    let events = run.index.events.of(task).iter().filter_map(|place| run.trace.events.get(*place as usize));
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
