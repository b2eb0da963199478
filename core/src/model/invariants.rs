//! What is true in every state of a run, by name. Tests check it after every event, and in every reachable state of the locks.

use crate::scenario::{Scenario, Strategy};
use crate::time::SimDuration;
use crate::trace::{Event, EventKind, Lock, Statement, Trace};

/// What one connection holds and does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Connection {
    /// Its lock.
    pub lock: Lock,
    /// It sleeps in its busy handler.
    pub is_asleep: bool,
    /// What it has asked to sleep since its present statement began.
    pub asked: SimDuration,
    /// The statement that it tries, or tried last.
    pub statement: Option<Statement>,
    /// It was granted what it needs to write, and has neither committed since nor given it back.
    pub may_write: bool,
}

/// The state between two events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Every connection.
    pub connections: Vec<Connection>,
    /// Whose connections they are.
    pub strategy: Strategy,
    /// The busy timeout.
    pub timeout: SimDuration,
    /// Transactions that were let write, less those that ended; below zero after a COMMIT of one that was not.
    pub open_writes: i64,
}

/// Something that is true in every state.
#[derive(Clone, Copy, Debug)]
pub struct Invariant {
    /// In words.
    pub name: &'static str,
    /// Whether it is.
    pub holds: fn(&State) -> bool,
}

/// All of them.
pub const INVARIANTS: [Invariant; 5] = [
    Invariant { name: "at most one connection has RESERVED or more, or the write lock", holds: one_writer },
    Invariant { name: "nobody else has a lock beside EXCLUSIVE", holds: exclusive_is_alone },
    Invariant {
        name: "nobody holds a lock while asleep in the busy handler, but PENDING for a COMMIT",
        holds: sleepers_hold_nothing,
    },
    Invariant { name: "no statement asks to sleep longer than the busy timeout", holds: budget_is_kept },
    Invariant { name: "every COMMIT ends a transaction that was let write, and at most one is open", holds: one_open_write },
];

fn writers(state: &State) -> usize {
    state.connections.iter().filter(|connection| connection.lock.keeps_writers_out()).count()
}

fn one_writer(state: &State) -> bool {
    writers(state) <= 1
}

fn exclusive_is_alone(state: &State) -> bool {
    let has = |lock: Lock| state.connections.iter().filter(|connection| connection.lock == lock).count();
    has(Lock::Exclusive) == 0 || has(Lock::Unlocked) == state.connections.len() - 1
}

fn sleepers_hold_nothing(state: &State) -> bool {
    let may_hold = |lock| matches!(lock, Lock::Unlocked | Lock::Pending);
    state.connections.iter().all(|connection| !connection.is_asleep || may_hold(connection.lock))
}

fn budget_is_kept(state: &State) -> bool {
    state.connections.iter().all(|connection| connection.asked <= state.timeout)
}

fn one_open_write(state: &State) -> bool {
    (0..=1).contains(&state.open_writes)
}

impl State {
    /// Before the first event of `trace`.
    #[must_use]
    pub fn before(trace: &Trace) -> Self {
        let Scenario { strategy, timeout, .. } = trace.scenario;
        let connections = vec![Connection::default(); trace.scenario.connections() as usize];
        Self { connections, strategy, timeout, open_writes: 0 }
    }

    /// What `event` changes.
    pub fn apply(&mut self, event: &Event) {
        let place = event.task.connection(self.strategy);
        let Some(connection) = place.and_then(|place| self.connections.get_mut(place)) else { return };
        match event.kind {
            EventKind::Lock { to, .. } => {
                connection.lock = to;
                if connection.may_write && !to.keeps_writers_out() {
                    connection.may_write = false;
                    self.open_writes -= 1;
                }
            }
            EventKind::Attempt { statement, granted } => {
                connection.is_asleep = false;
                if connection.statement.replace(statement) != Some(statement) || granted {
                    connection.asked = SimDuration::ZERO;
                }
                if granted && statement.writes() {
                    connection.may_write = true;
                    self.open_writes += 1;
                }
            }
            EventKind::Backoff { asked_ms, .. } => {
                connection.is_asleep = true;
                connection.asked = connection.asked + SimDuration::from_millis(asked_ms.into());
            }
            EventKind::CallReturned { .. } => connection.statement = None,
            EventKind::CommitIoEnds => {
                connection.may_write = false;
                self.open_writes -= 1;
            }
            _ => {}
        }
    }

    /// The names of the invariants that do not hold.
    #[must_use]
    pub fn broken(&self) -> Vec<&'static str> {
        INVARIANTS.iter().filter(|invariant| !(invariant.holds)(self)).map(|invariant| invariant.name).collect()
    }
}
