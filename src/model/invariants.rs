//! What is true in every state of a run, by name. Tests check it after every event, and in every reachable state of the locks.

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
}

/// The state between two events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Every connection.
    pub connections: Vec<Connection>,
    /// The busy timeout.
    pub timeout: SimDuration,
    /// INSERTs granted less COMMITs done.
    pub open_rows: i64,
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
    Invariant { name: "every COMMIT ends one granted INSERT, and at most one is open", holds: one_open_row },
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

fn one_open_row(state: &State) -> bool {
    (0..=1).contains(&state.open_rows)
}

impl State {
    /// Before the first event of `trace`.
    #[must_use]
    pub fn before(trace: &Trace) -> Self {
        let connections = vec![Connection::default(); trace.scenario.tasks as usize];
        Self { connections, timeout: trace.scenario.timeout, open_rows: 0 }
    }

    /// What `event` changes.
    pub fn apply(&mut self, event: &Event) {
        let Some(connection) = event.task.index().and_then(|index| self.connections.get_mut(index)) else { return };
        match event.kind {
            EventKind::Lock { to, .. } => connection.lock = to,
            EventKind::Attempt { statement, granted } => {
                connection.is_asleep = false;
                if connection.statement.replace(statement) != Some(statement) || granted {
                    connection.asked = SimDuration::ZERO;
                }
                self.open_rows += i64::from(granted && statement == Statement::Insert);
            }
            EventKind::Backoff { asked_ms, .. } => {
                connection.is_asleep = true;
                connection.asked = connection.asked + SimDuration::from_millis(asked_ms.into());
            }
            EventKind::CommitIoEnds => self.open_rows -= 1,
            _ => {}
        }
    }

    /// The names of the invariants that do not hold.
    #[must_use]
    pub fn broken(&self) -> Vec<&'static str> {
        INVARIANTS.iter().filter(|invariant| !(invariant.holds)(self)).map(|invariant| invariant.name).collect()
    }
}
