//! Waits and holds: who found the lock taken and for how long, and who had it.

use super::by_task::{ByTask, Counts, Slots, index_u32};
use super::{Event, EventKind, Lock, Statement, TaskId};
use crate::pieces::Pacer;
use crate::scenario::Strategy;
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

/// Builds the polls of every task that found the lock taken, each with the one after it.
pub(super) struct PollReader {
    polls: Slots<Poll>,
    /// Whether each task's latest poll still misses the one after it.
    open: Vec<bool>,
}

impl PollReader {
    /// Reads the events of a run with so many polls for each task as [`is_poll`] counted.
    pub(super) async fn new(tasks: u32, counts: Counts, pacer: &mut Pacer<'_>) -> Self {
        let empty = Poll { at: SimTime::ZERO, next: SimTime::ZERO };
        Self { polls: counts.slots(empty, pacer).await, open: vec![false; tasks as usize] }
    }

    pub(super) fn read(&mut self, event: &Event) {
        let Some(open) = event.task.index().and_then(|index| self.open.get_mut(index)) else { return };
        let last = if *open { self.polls.last_mut(event.task) } else { None };
        match event.kind {
            EventKind::Attempt { granted, .. } => {
                if let Some(poll) = last {
                    poll.next = event.at;
                }
                *open = !granted;
                if !granted {
                    self.polls.add(event.task, Poll { at: event.at, next: event.at });
                }
            }
            EventKind::Backoff { .. } => {
                if let Some((poll, wakes)) = last.zip(event.wakes()) {
                    poll.next = wakes;
                }
            }
            _ => *open = false,
        }
    }

    pub(super) fn finish(self) -> ByTask<Poll> {
        self.polls.filled()
    }
}

/// Whether the event is a poll that found the lock taken.
pub(super) const fn is_poll(event: &Event) -> bool {
    matches!(event.kind, EventKind::Attempt { granted: false, .. })
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

/// Builds the waits of every task, and how many tasks wait from each moment on at which that changes.
pub(super) struct WaitReader {
    /// Each task's wait that is not over.
    open: Vec<Option<Wait>>,
    begun: u32,
    over: Vec<(TaskId, Wait)>,
    waiting: u32,
    curve: Vec<(SimTime, u32)>,
}

impl WaitReader {
    pub(super) fn new(tasks: u32) -> Self {
        Self { open: vec![None; tasks as usize], begun: 0, over: Vec::new(), waiting: 0, curve: Vec::new() }
    }

    pub(super) fn read(&mut self, event: &Event) {
        match event.kind {
            EventKind::Attempt { statement, granted: false } => self.busy(event, statement),
            EventKind::Attempt { granted: true, .. } | EventKind::CallReturned { .. } | EventKind::Failed { .. } => {
                self.ends(event);
            }
            _ => {}
        }
    }

    pub(super) async fn finish(self, pacer: &mut Pacer<'_>) -> (ByTask<Wait>, Vec<(SimTime, u32)>) {
        let Self { open, mut over, curve, .. } = self;
        let tasks = index_u32(open.len());
        over.extend(open.into_iter().flatten().map(|wait| (wait.task, wait)));
        (ByTask::group(tasks, &over, pacer).await, curve)
    }

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

/// Number of the connection that `task` uses, counted from 1: its own, or 1 where all tasks share one.
pub(super) fn connection(strategy: Strategy, task: TaskId) -> Option<TaskId> {
    let index = task.connection(strategy)?;
    u32::try_from(index + 1).ok().map(TaskId::new)
}

/// Builds every hold of a run, in the order in which they began.
pub(super) struct HoldReader {
    strategy: Strategy,
    holds: Vec<Hold>,
}

impl HoldReader {
    pub(super) const fn new(strategy: Strategy) -> Self {
        Self { strategy, holds: Vec::new() }
    }

    pub(super) fn read(&mut self, event: &Event) {
        match event.kind {
            EventKind::Lock { from, to } => self.lock_changed(event, (from, to)),
            EventKind::CommitIoBegins => {
                if let Some(hold) = self.open_hold(event.task) {
                    hold.commit_from = Some(event.at);
                }
            }
            EventKind::CommitIoEnds => {
                if let Some(hold) = self.open_hold(event.task) {
                    hold.commit_to = Some(event.at);
                }
            }
            _ => {}
        }
    }

    fn lock_changed(&mut self, event: &Event, (from, to): (Lock, Lock)) {
        if to.keeps_writers_out() && !from.keeps_writers_out() {
            self.holds.push(Hold { task: event.task, from: event.at, to: None, commit_from: None, commit_to: None });
        } else if from.keeps_writers_out()
            && !to.keeps_writers_out()
            && let Some(hold) = self.open_hold(event.task)
        {
            hold.to = Some(event.at);
        }
    }

    /// The hold of the task's connection that is not over: the last one of all, unless a measured trace has a release noted late.
    fn open_hold(&mut self, task: TaskId) -> Option<&mut Hold> {
        let strategy = self.strategy;
        self.holds.iter_mut().rfind(|hold| hold.to.is_none() && hold.task.connection(strategy) == task.connection(strategy))
    }

    pub(super) fn finish(self) -> Vec<Hold> {
        self.holds
    }
}
