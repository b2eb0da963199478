//! Waits and holds: who found the lock taken and for how long, and who had it.

use super::by_task::ByTask;
use super::{Event, EventKind, Lock, Statement, TaskId};
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

/// From getting a lock that keeps other writers out until giving it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Who holds it.
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
    (ByTask::group(tasks, &over), curve)
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

/// Every hold of a trace, in the order in which they began.
pub(super) fn holds(events: &[Event]) -> Vec<Hold> {
    let mut holds: Vec<Hold> = Vec::new();
    for event in events {
        match event.kind {
            EventKind::Lock { from, to } => lock_changed(&mut holds, event, from, to),
            EventKind::CommitIoBegins => {
                if let Some(hold) = open_hold(&mut holds, event.task) {
                    hold.commit_from = Some(event.at);
                }
            }
            EventKind::CommitIoEnds => {
                if let Some(hold) = open_hold(&mut holds, event.task) {
                    hold.commit_to = Some(event.at);
                }
            }
            _ => {}
        }
    }
    holds
}

fn lock_changed(holds: &mut Vec<Hold>, event: &Event, from: Lock, to: Lock) {
    if to.keeps_writers_out() && !from.keeps_writers_out() {
        holds.push(Hold { task: event.task, from: event.at, to: None, commit_from: None, commit_to: None });
    } else if from.keeps_writers_out()
        && !to.keeps_writers_out()
        && let Some(hold) = open_hold(holds, event.task)
    {
        hold.to = Some(event.at);
    }
}

/// The task's hold that is not over: the last one of all, unless a measured trace has a release noted late.
fn open_hold(holds: &mut [Hold], task: TaskId) -> Option<&mut Hold> {
    holds.iter_mut().rfind(|hold| hold.task == task && hold.to.is_none())
}
