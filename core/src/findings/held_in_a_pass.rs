//! A task whose INSERT has returned holds the lock while the event loop is busy with an iteration.

use super::human_duration::HumanDuration;
use super::{Evidence, Finding, Highlight, Rule};
use crate::time::SimDuration;
use crate::trace::index::Iteration;
use crate::trace::{Call, Event, EventKind, TaskId};

/// A shorter delay is normal for a call.
const MIN_DELAY: SimDuration = SimDuration::from_millis(10);

/// In an iteration with fewer callbacks, the delay comes from the GIL or from a busy core.
const MIN_CALLBACKS: u32 = 20;

/// See the module documentation.
pub(super) struct HeldInAPass;

/// The time from the result of an INSERT until its coroutine resumes.
struct ResumeDelay {
    task: TaskId,
    from: Event,
    length: SimDuration,
}

impl Rule for HeldInAPass {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let delays = run.index.holds.iter().filter_map(|hold| resume_delay(run, hold.task, hold.from));
        let with_iterations =
            delays.filter_map(|delay| largest_iteration_during(run, &delay).map(|iteration| (delay, iteration)));
        let long_delays =
            with_iterations.filter(|(delay, iteration)| delay.length >= MIN_DELAY && iteration.ntodo >= MIN_CALLBACKS);
        let (delay, iteration) = long_delays.max_by_key(|(delay, _)| delay.length)?;
        Some(Finding {
            name: "held-in-a-pass",
            headline: format!(
                "Task {} held the lock for {} while the event loop was busy",
                delay.task,
                HumanDuration(delay.length)
            ),
            text: format!(
                "The event loop was in an iteration of {} callbacks. A callback that becomes ready \
                 during an iteration has to wait for the next one. Only then could the coroutine \
                 go on to its COMMIT.",
                iteration.ntodo
            ),
            fact: "7.5",
            highlight: Highlight::around(
                delay.from.at + SimDuration::from_micros(delay.length.micros() / 2),
                Some(delay.task),
                delay.length,
            ),
        })
    }
}

/// The delay of the first INSERT or BEGIN of `task` that returned at `since` or later.
fn resume_delay(run: Evidence, task: TaskId, since: crate::time::SimTime) -> Option<ResumeDelay> {
    let indexes = run.index.events.of(task);
    let events = indexes.iter().filter_map(|index| run.trace.events.get(*index as usize)).skip_while(|event| event.at < since);
    let mut returned = None;
    for event in events {
        match (event.kind, returned) {
            (EventKind::CallReturned { call: Call::Execute | Call::Begin, ok: true }, _) => returned = Some(*event),
            (EventKind::Resumed { .. }, Some(from)) => return Some(ResumeDelay { task, from, length: event.at.since(from.at) }),
            _ => {}
        }
    }
    None
}

/// The iteration with the most callbacks during `delay`.
fn largest_iteration_during(run: Evidence, delay: &ResumeDelay) -> Option<Iteration> {
    let started_by = |by| run.index.iterations.partition_point(|pass| pass.at <= by);
    let (first, last) = (started_by(delay.from.at).saturating_sub(1), started_by(delay.from.at + delay.length));
    run.index.iterations[first..last].iter().max_by_key(|pass| pass.ntodo).copied()
}
