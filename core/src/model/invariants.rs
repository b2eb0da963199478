//! Named invariants of a run. Tests check them after every event, and in every reachable state of
//! the locks.

use crate::scenario::{Scenario, Strategy};
use crate::time::SimDuration;
use crate::trace::{Event, EventKind, Lock, Statement, Trace};

/// The state of one connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Connection {
    /// The lock that it holds.
    pub lock: Lock,
    /// It sleeps in its busy handler.
    pub is_asleep: bool,
    /// Total of the sleeps that it has requested since its current statement began.
    pub requested_sleep: SimDuration,
    /// The statement that it attempts, or attempted last.
    pub statement: Option<Statement>,
    /// It was granted the lock that it needs to write, and has neither committed nor released that
    /// lock since.
    pub may_write: bool,
}

/// The state between two events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// All connections.
    pub connections: Vec<Connection>,
    /// The strategy, which determines the connection of each task.
    pub strategy: Strategy,
    /// The busy timeout.
    pub timeout: SimDuration,
    /// Transactions that were granted the lock to write, minus those that have ended. Negative
    /// after a COMMIT of a transaction that was not granted it.
    pub open_writes: i64,
}

/// A condition that is true in every state.
#[derive(Clone, Copy, Debug)]
pub struct Invariant {
    /// The condition in words.
    pub name: &'static str,
    /// Whether it is true in a state.
    pub holds: fn(&State) -> bool,
}

/// All invariants.
pub const INVARIANTS: [Invariant; 5] = [
    Invariant { name: "at most one connection has RESERVED or more, or the write lock", holds: has_at_most_one_writer },
    Invariant { name: "while one connection has EXCLUSIVE, no other has a lock", holds: is_exclusive_alone },
    Invariant {
        name: "a connection that sleeps in the busy handler holds no lock, except PENDING for a COMMIT",
        holds: has_no_lock_held_asleep,
    },
    Invariant { name: "no statement requests more sleep than the busy timeout", holds: is_timeout_kept },
    Invariant {
        name: "every COMMIT ends a transaction that was granted the lock to write, and at most one is open",
        holds: has_at_most_one_open_write,
    },
];

fn has_at_most_one_writer(state: &State) -> bool {
    state.connections.iter().filter(|connection| connection.lock.excludes_writers()).count() <= 1
}

fn is_exclusive_alone(state: &State) -> bool {
    let count = |lock: Lock| state.connections.iter().filter(|connection| connection.lock == lock).count();
    count(Lock::Exclusive) == 0 || count(Lock::Unlocked) == state.connections.len() - 1
}

fn has_no_lock_held_asleep(state: &State) -> bool {
    let may_hold = |lock| matches!(lock, Lock::Unlocked | Lock::Pending);
    state.connections.iter().all(|connection| !connection.is_asleep || may_hold(connection.lock))
}

fn is_timeout_kept(state: &State) -> bool {
    state.connections.iter().all(|connection| connection.requested_sleep <= state.timeout)
}

fn has_at_most_one_open_write(state: &State) -> bool {
    (0..=1).contains(&state.open_writes)
}

impl State {
    /// The state before the first event of `trace`.
    #[must_use]
    pub fn before(trace: &Trace) -> Self {
        let Scenario { strategy, timeout, .. } = trace.scenario;
        let connections = vec![Connection::default(); trace.scenario.connections() as usize];
        Self { connections, strategy, timeout, open_writes: 0 }
    }

    /// Applies what `event` changes.
    pub fn apply(&mut self, event: &Event) {
        let index = event.task.connection(self.strategy);
        let Some(connection) = index.and_then(|index| self.connections.get_mut(index)) else { return };
        match event.kind {
            EventKind::Lock { to, .. } => {
                connection.lock = to;
                if connection.may_write && !to.excludes_writers() {
                    connection.may_write = false;
                    self.open_writes -= 1;
                }
            }
            EventKind::Attempt { statement, granted } => {
                connection.is_asleep = false;
                if connection.statement.replace(statement) != Some(statement) || granted {
                    connection.requested_sleep = SimDuration::ZERO;
                }
                if granted && statement.writes() {
                    connection.may_write = true;
                    self.open_writes += 1;
                }
            }
            EventKind::Backoff { asked_ms, .. } => {
                connection.is_asleep = true;
                connection.requested_sleep = connection.requested_sleep + SimDuration::from_millis(asked_ms.into());
            }
            EventKind::CallReturned { .. } => connection.statement = None,
            EventKind::CommitIoEnds => {
                connection.may_write = false;
                self.open_writes -= 1;
            }
            _ => {}
        }
    }

    /// The names of the invariants that this state violates.
    #[must_use]
    pub fn violations(&self) -> Vec<&'static str> {
        INVARIANTS.iter().filter(|invariant| !(invariant.holds)(self)).map(|invariant| invariant.name).collect()
    }
}
