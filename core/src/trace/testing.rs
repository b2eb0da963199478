//! Small traces written by hand, for tests.

use super::{Call, Event, EventKind, Lock, Statement, TaskId, Trace};
use crate::scenario::Scenario;
use crate::time::{SimDuration, SimTime};

/// The time this many microseconds after the start.
pub(crate) const fn micros(micros: u64) -> SimTime {
    SimTime::from_micros(micros)
}

/// A trace of `tasks` tasks with a turn of 100 ms, from events given as (microseconds, task, kind).
pub(crate) fn trace(tasks: u32, events: &[(u64, u32, EventKind)]) -> Trace {
    let mut events: Vec<_> =
        events.iter().map(|(at, task, kind)| Event { at: micros(*at), task: TaskId::new(*task), kind: *kind }).collect();
    events.sort_by_key(|event| event.at);
    Trace {
        scenario: Scenario { tasks, ..Scenario::default() },
        simulated: events.len() as u64,
        events,
        turn: SimDuration::from_millis(100),
    }
}

fn add_connect(events: &mut Vec<(u64, u32, EventKind)>, task: u32, at: u64) {
    let iteration = 1;
    events.extend([
        (at, task, EventKind::TaskStarted),
        (at, task, EventKind::CallQueued { call: Call::Connect }),
        (at + 100, task, EventKind::ThreadStarted),
        (at + 200, task, EventKind::CallReturned { call: Call::Connect, ok: true }),
        (at + 300, task, EventKind::Resumed { iteration }),
        (at + 300, task, EventKind::Connected),
        (at + 300, task, EventKind::CallQueued { call: Call::Execute }),
    ]);
}

/// Three tasks: the first inserts its row, the third times out and stops the loop, the second gets
/// the lock after that and keeps it.
pub(crate) fn three_tasks() -> Trace {
    const BUSY: EventKind = EventKind::Attempt { statement: Statement::Insert, granted: false };
    const GRANTED: EventKind = EventKind::Attempt { statement: Statement::Insert, granted: true };
    let lock = |from, to| EventKind::Lock { from, to };
    let mut events = vec![(0, 0, EventKind::LoopIteration { number: 1, ntodo: 3 })];
    add_connect(&mut events, 1, 0);
    add_connect(&mut events, 2, 10);
    add_connect(&mut events, 3, 20);
    events.extend([
        (400, 1, GRANTED),
        (400, 1, lock(Lock::Unlocked, Lock::Reserved)),
        (500, 1, EventKind::CallReturned { call: Call::Execute, ok: true }),
        (600, 1, EventKind::Resumed { iteration: 2 }),
        (600, 1, EventKind::CallQueued { call: Call::Commit }),
        (1000, 1, EventKind::Attempt { statement: Statement::Commit, granted: true }),
        (1000, 1, lock(Lock::Reserved, Lock::Exclusive)),
        (1000, 1, EventKind::CommitIoBegins),
        (2000, 1, EventKind::CommitIoEnds),
        (2000, 1, lock(Lock::Exclusive, Lock::Unlocked)),
        (2100, 1, EventKind::CallReturned { call: Call::Commit, ok: true }),
        (2200, 1, EventKind::Resumed { iteration: 3 }),
        (2500, 1, EventKind::Done),
        (410, 2, BUSY),
        (420, 2, EventKind::Backoff { asked_ms: 1, sleeps_us: 1080 }),
        (1500, 2, BUSY),
        (1510, 2, EventKind::Backoff { asked_ms: 2, sleeps_us: 5480 }),
        (7000, 2, GRANTED),
        (7000, 2, lock(Lock::Unlocked, Lock::Reserved)),
        (420, 3, BUSY),
        (420, 3, EventKind::Backoff { asked_ms: 1, sleeps_us: 1080 }),
        (1500, 3, BUSY),
        (1500, 3, EventKind::Backoff { asked_ms: 2, sleeps_us: 3500 }),
        (5000, 3, BUSY),
        (5100, 3, EventKind::CallReturned { call: Call::Execute, ok: false }),
        (5400, 3, EventKind::Resumed { iteration: 4 }),
        (5400, 3, EventKind::Failed { statement: Statement::Insert }),
        (5500, 0, EventKind::LoopStopped),
    ]);
    trace(3, &events)
}
