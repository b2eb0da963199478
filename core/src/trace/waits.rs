//! Waits and holds: which tasks found the lock busy and for how long, and which task had it.

use super::by_task::{ByTask, Counts, Slots, index_u32};
use super::{Event, EventKind, Lock, Statement, TaskId};
use crate::pieces::Pacer;
use crate::scenario::Strategy;
use crate::time::SimTime;

/// A wait for the lock, from the first poll that found it busy to the poll that got it, or to the
/// error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The task that waits.
    pub task: TaskId,
    /// The statement that needs the lock.
    pub statement: Statement,
    /// The first poll.
    pub from: SimTime,
    /// The end of the wait; `None` if the trace ends before.
    pub to: Option<SimTime>,
    /// Number of waits of the trace that began before this one; decides the ring on the poll clock.
    pub rank: u32,
}

/// A poll that found the lock busy. Polls are stored separately from the events, because every
/// frame looks up those of all waiters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Poll {
    /// The time of the poll.
    pub at: SimTime,
    /// The time of the next poll; equal to `at` if SQLite returns the error instead.
    pub next: SimTime,
}

/// Collects the polls of each task that found the lock busy, each with the time of the next one.
pub(super) struct PollReader {
    polls: Slots<Poll>,
    /// For each task, whether the next poll after its latest one is still unknown.
    open: Vec<bool>,
}

impl PollReader {
    /// Allocates room for the polls that were counted with [`is_refused_poll`].
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
        self.polls.finish()
    }
}

/// Whether the event is a poll that found the lock busy.
pub(super) const fn is_refused_poll(event: &Event) -> bool {
    matches!(event.kind, EventKind::Attempt { granted: false, .. })
}

/// A hold: from acquiring a lock that excludes other writers to releasing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The task whose statement acquired it. On a shared connection another task's COMMIT may
    /// release it.
    pub task: TaskId,
    /// When it was acquired.
    pub from: SimTime,
    /// When it was released; `None` if it never is (fact 7.8).
    pub to: Option<SimTime>,
    /// When COMMIT began to write; `None` if it never does.
    pub commit_from: Option<SimTime>,
    /// When COMMIT had written and synced.
    pub commit_to: Option<SimTime>,
}

/// Collects the waits of each task, and the number of waiters over time.
pub(super) struct WaitReader {
    /// Each task's current wait.
    open: Vec<Option<Wait>>,
    begun: u32,
    ended: Vec<(TaskId, Wait)>,
    waiting: u32,
    curve: Vec<(SimTime, u32)>,
}

impl WaitReader {
    pub(super) fn new(tasks: u32) -> Self {
        Self { open: vec![None; tasks as usize], begun: 0, ended: Vec::new(), waiting: 0, curve: Vec::new() }
    }

    pub(super) fn read(&mut self, event: &Event) {
        match event.kind {
            EventKind::Attempt { statement, granted: false } => self.record_refusal(event, statement),
            EventKind::Attempt { granted: true, .. } | EventKind::CallReturned { .. } | EventKind::Failed { .. } => {
                self.end_wait(event);
            }
            _ => {}
        }
    }

    pub(super) async fn finish(self, pacer: &mut Pacer<'_>) -> (ByTask<Wait>, Vec<(SimTime, u32)>) {
        let Self { open, mut ended, curve, .. } = self;
        let tasks = index_u32(open.len());
        ended.extend(open.into_iter().flatten().map(|wait| (wait.task, wait)));
        (ByTask::group(tasks, &ended, pacer).await, curve)
    }

    fn record_refusal(&mut self, event: &Event, statement: Statement) {
        let Some(index) = event.task.index().filter(|index| *index < self.open.len()) else { return };
        if self.open[index].is_some_and(|wait| wait.statement != statement) {
            self.end_wait(event);
        }
        if self.open[index].is_none() {
            self.open[index] = Some(Wait { task: event.task, statement, from: event.at, to: None, rank: self.begun });
            self.begun += 1;
            self.waiting += 1;
            self.record_waiters(event.at);
        }
    }

    fn end_wait(&mut self, event: &Event) {
        let open = event.task.index().and_then(|index| self.open.get_mut(index)?.take());
        if let Some(wait) = open {
            self.ended.push((event.task, Wait { to: Some(event.at), ..wait }));
            self.waiting -= 1;
            self.record_waiters(event.at);
        }
    }

    fn record_waiters(&mut self, at: SimTime) {
        self.curve.pop_if(|last| last.0 == at);
        self.curve.push((at, self.waiting));
    }
}

/// A change of a connection's lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LockChange {
    pub(super) at: SimTime,
    pub(super) to: Lock,
}

/// Number of the connection that `task` uses, from 1. It is 1 if all tasks share one connection.
pub(super) fn connection(strategy: Strategy, task: TaskId) -> Option<TaskId> {
    let index = task.connection(strategy)?;
    u32::try_from(index + 1).ok().map(TaskId::new)
}

/// Collects every hold of a run, in the order in which they began.
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
        if to.excludes_writers() && !from.excludes_writers() {
            self.holds.push(Hold { task: event.task, from: event.at, to: None, commit_from: None, commit_to: None });
        } else if from.excludes_writers()
            && !to.excludes_writers()
            && let Some(hold) = self.open_hold(event.task)
        {
            hold.to = Some(event.at);
        }
    }

    /// The current hold of the task's connection. It is the last hold, except in a measured trace
    /// that noted a release late.
    fn open_hold(&mut self, task: TaskId) -> Option<&mut Hold> {
        let strategy = self.strategy;
        self.holds.iter_mut().rfind(|hold| hold.to.is_none() && hold.task.connection(strategy) == task.connection(strategy))
    }

    pub(super) fn finish(self) -> Vec<Hold> {
        self.holds
    }
}
