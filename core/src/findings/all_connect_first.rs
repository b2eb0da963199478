//! All but a few tasks are connected before the first of them asks for its INSERT.

use super::{Evidence, Finding, Rule, Show};
use crate::time::SimDuration;
use crate::trace::{Call, EventKind};

/// See the module.
pub(super) struct AllConnectFirst;

impl Rule for AllConnectFirst {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let first = EventKind::CallQueued { call: Call::Execute };
        let place = run.trace.events.iter().position(|event| event.kind == first)?;
        let opened = EventKind::CallReturned { call: Call::Connect, ok: true };
        let connected = run.trace.events[..place].iter().filter(|event| event.kind == opened).count();
        let tasks = run.trace.scenario.tasks;
        if tasks < 2 || connected * 2 < tasks as usize {
            return None;
        }
        let event = run.trace.events[place];
        let headline = if connected == tasks as usize {
            format!("All {tasks} connections were open before the first INSERT was asked for")
        } else {
            format!("{connected} of {tasks} connections were open before the first INSERT was asked for")
        };
        Some(Finding {
            name: "all-connect-first",
            headline,
            text: format!(
                "A pass of the event loop runs only what was ready when it began: first all {tasks} first steps, then the answers of \
                 the connections. Only the third pass runs the coroutines on."
            ),
            fact: "7.3",
            show: Show::around(event.at, Some(event.task), SimDuration::from_millis(100)),
        })
    }
}
