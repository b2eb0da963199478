//! The model: computes the trace of a scenario. It is a pure function with a seeded random number
//! generator, and it counts time in whole microseconds.
//!
//! It runs the question's program on a small simulated machine: an event loop and one worker thread
//! per connection. The threads queue for cores, for the GIL and for SQLite's locks, and sleep in
//! SQLite's busy handler (facts 12.1-12.7, 13.4-13.8). Left out: programs that only read, the
//! instant of SHARED in a failed attempt (except against COMMIT and BEGIN EXCLUSIVE), and limits of
//! threads and file descriptors.
//!
//! | file | what it models |
//! |---|---|
//! | `event_queue`, `rng` | the simulator's event queue; random numbers |
//! | `machine`, `cores`, `timers`, `caches` | costs; cores and their run queues; when sleeps end; cold caches |
//! | `gil`, `event_loop`, `semaphore` | CPython's lock; asyncio's event loop and semaphore |
//! | `task`, `coroutines` | the program's steps, and the position of each coroutine in them |
//! | `worker`, `thread` | aiosqlite's worker threads |
//! | [`database`], `log` | SQLite's locks and busy handler; its write-ahead log |
//! | [`invariants`] | conditions that are true in every state |
//! | `simulation`, `run_loop`, `run_worker`, `recorder` | the run |

mod caches;
mod cores;
mod coroutines;
pub mod database;
mod event_loop;
mod event_queue;
mod gil;
pub mod invariants;
mod log;
mod machine;
mod recorder;
mod rng;
mod run_loop;
mod run_worker;
mod semaphore;
mod simulation;
mod task;
mod thread;
mod timers;
mod worker;

use crate::decimal::fixed;
use crate::scenario::Scenario;
use crate::time::SimTime;
use crate::trace::Trace;
use database::BusyHandler;
use simulation::Simulation;
use thiserror::Error;

/// The maximum number of simulated events of a run.
pub const MAX_EVENTS: u64 = 20_000_000;

/// Why a run has no trace.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RunError {
    /// The run reached [`MAX_EVENTS`].
    #[error(
        "tasks, timeout{}: this run is too large. It was stopped after {} million events, at {} s of simulated time. \
         With this timeout{}, {tasks} tasks would fit",
        if *retries { ", retries" } else { "" },
        MAX_EVENTS / 1_000_000,
        fixed(reached.seconds(), 1),
        if *retries { " and this many retries" } else { "" }
    )]
    TooLarge {
        /// Simulated time at which the run was stopped.
        reached: SimTime,
        /// A number of tasks that would fit with the same timeout and retries.
        tasks: u32,
        /// Whether the scenario has retries.
        retries: bool,
    },
}

impl RunError {
    fn too_large(scenario: &Scenario, reached: SimTime) -> Self {
        Self::TooLarge { reached, tasks: tasks_that_fit(scenario), retries: scenario.retries > 0 }
    }
}

/// A number of tasks that is certain to fit. Each task polls for the lock until its timeout, once
/// per try. A task that reads first may have to wait twice.
fn tasks_that_fit(scenario: &Scenario) -> u32 {
    const EVENTS_PER_ATTEMPT: u64 = 3;
    const OTHER_EVENTS_PER_TRY: u64 = 200;
    let mut handler = BusyHandler::new(scenario.timeout);
    let attempts = 1 + std::iter::from_fn(|| handler.next_sleep()).count() as u64;
    let waits = if scenario.read_first { 2 } else { 1 };
    let events = (EVENTS_PER_ATTEMPT * attempts * waits + OTHER_EVENTS_PER_TRY) * u64::from(scenario.retries + 1);
    u32::try_from(MAX_EVENTS / events).unwrap_or(u32::MAX)
}

/// Runs the program of `scenario` once and returns its trace.
///
/// # Errors
/// If the run has more than [`MAX_EVENTS`] events.
pub fn run(scenario: &Scenario) -> Result<Trace, RunError> {
    let mut database = database::open(scenario.journal);
    run_on(scenario, database.as_mut())
}

/// Like [`run`], with the caller's implementation of the database.
///
/// # Errors
/// The same as for [`run`].
pub fn run_on(scenario: &Scenario, database: &mut dyn database::Database) -> Result<Trace, RunError> {
    let mut simulation = Simulation::new(scenario, database);
    simulation.start();
    while simulation.handle_events(MAX_EVENTS)? {}
    Ok(simulation.into_trace())
}

/// Like [`run`], in pieces of `events` events. After each piece except the last it awaits `pause`,
/// called with the simulated time so far, so that the caller can do other work. Dropping the future
/// cancels the run.
///
/// # Errors
/// The same as for [`run`].
pub async fn run_in_pieces(scenario: &Scenario, events: u64, mut pause: impl AsyncFnMut(SimTime)) -> Result<Trace, RunError> {
    let mut database = database::open(scenario.journal);
    let mut simulation = Simulation::new(scenario, database.as_mut());
    simulation.start();
    while simulation.handle_events(events)? {
        pause(simulation.now).await;
    }
    Ok(simulation.into_trace())
}
