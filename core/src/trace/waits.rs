//! Waits and holds: who found the lock taken and for how long, and who had it.

use super::by_task::ByTask;
use super::{Event, EventKind, Lock, Statement, TaskId, Trace};
use crate::time::SimTime;

/// From the first poll that found the lock taken until the one that got it, or until SQLite gave up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Who waits.
    pub task: TaskId,
    /// For what.
    pub statement: Statement,
    /// The first poll.
    pub from: SimTime,
    /// When it is over; none if the trace ends before.
    pub to: Option<SimTime>,
    /// How many waits of the trace began before this one: its ring on the poll clock.
    pub rank: u32,
}

/// A poll that found the lock taken. Kept apart from the events because the pictures ask for those of all waiters in every frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Poll {
    /// When.
    pub at: SimTime,
    /// The poll after it; the same moment where SQLite gives up instead.
    pub next: SimTime,
}

/// The polls of every task that found the lock taken, each with the one after it.
pub(super) fn polls(tasks: u32, events: &[Event]) -> ByTask<Poll> {
    let mut polls: Vec<(TaskId, Poll)> = Vec::new();
    let mut last: Vec<Option<usize>> = vec![None; tasks as usize];
    for event in events {
        let Some(last) = event.task.index().and_then(|index| last.get_mut(index)) else { continue };
        match event.kind {
            EventKind::Attempt { granted, .. } => {
                if let Some((_, poll)) = last.take().and_then(|place| polls.get_mut(place)) {
                    poll.next = event.at;
                }
                if !granted {
                    *last = Some(polls.len());
                    polls.push((event.task, Poll { at: event.at, next: event.at }));
                }
            }
            EventKind::Backoff { .. } => {
                if let Some(((_, poll), wakes)) = last.and_then(|place| polls.get_mut(place)).zip(event.wakes()) {
                    poll.next = wakes;
                }
            }
            _ => *last = None,
        }
    }
    ByTask::group(tasks, polls.iter().copied())
}

/// From getting a lock that keeps other writers out until giving it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Whose statement got it. On a shared connection another task's COMMIT may give it back.
    pub task: TaskId,
    /// Since when.
    pub from: SimTime,
    /// Until when; none if it is never given back (fact 7.8).
    pub to: Option<SimTime>,
    /// When COMMIT began to write; none if it never did.
    pub commit_from: Option<SimTime>,
    /// When it had written.
    pub commit_to: Option<SimTime>,
}

/// The waits of every task, and how many wait from each moment on at which that changes; in one pass over the events.
pub(super) fn waits(tasks: u32, events: &[Event]) -> (ByTask<Wait>, Vec<(SimTime, u32)>) {
    let mut reader = Reader { open: vec![None; tasks as usize], begun: 0, over: Vec::new(), waiting: 0, curve: Vec::new() };
    for event in events {
        match event.kind {
            EventKind::Attempt { statement, granted: false } => reader.busy(event, statement),
            EventKind::Attempt { granted: true, .. } | EventKind::CallReturned { .. } | EventKind::Failed { .. } => {
                reader.ends(event);
            }
            _ => {}
        }
    }
    let Reader { open, mut over, curve, .. } = reader;
    over.extend(open.into_iter().flatten().map(|wait| (wait.task, wait)));
    (ByTask::group(tasks, over.iter().copied()), curve)
}

struct Reader {
    /// Each task's wait that is not over.
    open: Vec<Option<Wait>>,
    begun: u32,
    over: Vec<(TaskId, Wait)>,
    waiting: u32,
    curve: Vec<(SimTime, u32)>,
}

impl Reader {
    fn busy(&mut self, event: &Event, statement: Statement) {
        let Some(index) = event.task.index().filter(|index| *index < self.open.len()) else { return };
        if self.open[index].is_some_and(|wait| wait.statement != statement) {
            self.ends(event);
        }
        if self.open[index].is_none() {
            self.open[index] = Some(Wait { task: event.task, statement, from: event.at, to: None, rank: self.begun });
            self.begun += 1;
            self.waiting += 1;
            self.changed(event.at);
        }
    }

    fn ends(&mut self, event: &Event) {
        let open = event.task.index().and_then(|index| self.open.get_mut(index)?.take());
        if let Some(wait) = open {
            self.over.push((event.task, Wait { to: Some(event.at), ..wait }));
            self.waiting -= 1;
            self.changed(event.at);
        }
    }

    fn changed(&mut self, at: SimTime) {
        self.curve.pop_if(|last| last.0 == at);
        self.curve.push((at, self.waiting));
    }
}

/// A connection's lock became this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LockChange {
    pub(super) at: SimTime,
    pub(super) to: Lock,
}

/// The task under whose number the lock changes of `task`'s connection are kept: its own, or the first where all share one.
pub(super) fn connection(trace: &Trace, task: TaskId) -> Option<TaskId> {
    let place = task.connection(trace.scenario.strategy)?;
    u32::try_from(place + 1).ok().map(TaskId::new)
}

/// Every connection's lock changes, in order of time.
pub(super) fn lock_changes(trace: &Trace) -> ByTask<LockChange> {
    let change = |event: &Event| match event.kind {
        EventKind::Lock { to, .. } => Some((connection(trace, event.task)?, LockChange { at: event.at, to })),
        _ => None,
    };
    let changes: Vec<_> = trace.events.iter().filter_map(change).collect();
    ByTask::group(trace.scenario.connections(), changes.iter().copied())
}

/// Every hold of a trace, in the order in which they began.
pub(super) fn holds(trace: &Trace) -> Vec<Hold> {
    let mut holds: Vec<Hold> = Vec::new();
    for event in &trace.events {
        match event.kind {
            EventKind::Lock { from, to } => lock_changed(&mut holds, trace, event, (from, to)),
            EventKind::CommitIoBegins => {
                if let Some(hold) = open_hold(&mut holds, trace, event.task) {
                    hold.commit_from = Some(event.at);
                }
            }
            EventKind::CommitIoEnds => {
                if let Some(hold) = open_hold(&mut holds, trace, event.task) {
                    hold.commit_to = Some(event.at);
                }
            }
            _ => {}
        }
    }
    holds
}

fn lock_changed(holds: &mut Vec<Hold>, trace: &Trace, event: &Event, (from, to): (Lock, Lock)) {
    if to.keeps_writers_out() && !from.keeps_writers_out() {
        holds.push(Hold { task: event.task, from: event.at, to: None, commit_from: None, commit_to: None });
    } else if from.keeps_writers_out()
        && !to.keeps_writers_out()
        && let Some(hold) = open_hold(holds, trace, event.task)
    {
        hold.to = Some(event.at);
    }
}

/// The hold of the task's connection that is not over: the last one of all, unless a measured trace has a release noted late.
fn open_hold<'a>(holds: &'a mut [Hold], trace: &Trace, task: TaskId) -> Option<&'a mut Hold> {
    let strategy = trace.scenario.strategy;
    holds.iter_mut().rfind(|hold| hold.to.is_none() && hold.task.connection(strategy) == task.connection(strategy))
}
