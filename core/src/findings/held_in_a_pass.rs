//! The lock is held by a task whose INSERT has returned, while the event loop is busy with a pass.

use super::words::Long;
use super::{Evidence, Finding, Rule, Show};
use crate::time::SimDuration;
use crate::trace::index::Iteration;
use crate::trace::{Call, Event, EventKind, TaskId};

/// Shorter than this it is the ordinary way of a call.
const WORTH_SAYING: SimDuration = SimDuration::from_millis(10);

/// In a smaller pass it is the GIL or a core that the loop waits for.
const LARGE_PASS: u32 = 20;

/// See the module.
pub(super) struct HeldInAPass;

/// From the answer to an INSERT until its coroutine runs on.
struct Idle {
    task: TaskId,
    from: Event,
    length: SimDuration,
}

impl Rule for HeldInAPass {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let idles = run.index.holds.iter().filter_map(|hold| idle(run, hold.task, hold.from));
        let in_passes = idles.filter_map(|idle| pass_during(run, &idle).map(|pass| (idle, pass)));
        let long = in_passes.filter(|(idle, pass)| idle.length >= WORTH_SAYING && pass.ntodo >= LARGE_PASS);
        let (idle, pass) = long.max_by_key(|(idle, _)| idle.length)?;
        Some(Finding {
            name: "held-in-a-pass",
            headline: format!("Task {} held the lock for {} while the loop was busy", idle.task, Long(idle.length)),
            text: format!(
                "It had the lock, but the loop was in a pass of {} callbacks, and what becomes ready in a pass waits for its end. \
                 Only after that could the coroutine go on to its COMMIT.",
                pass.ntodo
            ),
            fact: "7.5",
            show: Show::around(idle.from.at + SimDuration::from_micros(idle.length.micros() / 2), Some(idle.task), idle.length),
        })
    }
}

fn idle(run: Evidence, task: TaskId, since: crate::time::SimTime) -> Option<Idle> {
    let places = run.index.events.of(task);
    let events = places.iter().filter_map(|place| run.trace.events.get(*place as usize)).skip_while(|event| event.at < since);
    let mut returned = None;
    for event in events {
        match (event.kind, returned) {
            (EventKind::CallReturned { call: Call::Execute | Call::Begin, ok: true }, _) => returned = Some(*event),
            (EventKind::Resumed { .. }, Some(from)) => return Some(Idle { task, from, length: event.at.since(from.at) }),
            _ => {}
        }
    }
    None
}

/// The largest of the passes in which the loop was meanwhile.
fn pass_during(run: Evidence, idle: &Idle) -> Option<Iteration> {
    let begun = |by| run.index.iterations.partition_point(|pass| pass.at <= by);
    let (first, last) = (begun(idle.from.at).saturating_sub(1), begun(idle.from.at + idle.length));
    run.index.iterations[first..last].iter().max_by_key(|pass| pass.ntodo).copied()
}
