//! At least half of the tasks are connected before the first INSERT is queued.

use super::{Evidence, Finding, Highlight, Rule};
use crate::time::SimDuration;
use crate::trace::{Call, EventKind};

/// See the module documentation.
pub(super) struct AllConnectFirst;

impl Rule for AllConnectFirst {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let queued = EventKind::CallQueued { call: Call::Execute };
        let index = run.trace.events.iter().position(|event| event.kind == queued)?;
        let connected = EventKind::CallReturned { call: Call::Connect, ok: true };
        let connections = run.trace.events[..index].iter().filter(|event| event.kind == connected).count();
        let tasks = run.trace.scenario.tasks;
        if tasks < 2 || connections * 2 < tasks as usize {
            return None;
        }
        let event = run.trace.events[index];
        let headline = if connections == tasks as usize {
            format!("All {tasks} connections were open before the first INSERT was queued")
        } else {
            format!("{connections} of {tasks} connections were open before the first INSERT was queued")
        };
        Some(Finding {
            name: "all-connect-first",
            headline,
            text: format!(
                "An iteration of the event loop runs only the callbacks that were ready when it \
                 began. The first iteration starts all {tasks} tasks, and the second handles the \
                 answers of the connections. Only the third resumes the coroutines."
            ),
            fact: "7.3",
            highlight: Highlight::around(event.at, Some(event.task), SimDuration::from_millis(100)),
        })
    }
}
