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
//! | `run_error` | why a run is refused |

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
mod run_error;
mod run_loop;
mod run_worker;
mod semaphore;
mod simulation;
mod task;
mod thread;
mod timers;
mod worker;

pub use run_error::{MAX_EVENTS, RunError};

use crate::pieces::{Pacer, at_once};
use crate::scenario::Scenario;
use crate::time::SimTime;
use crate::trace::Trace;
use simulation::Simulation;

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
    at_once(run_on_in_pieces(scenario, database, MAX_EVENTS, async |_| ()))
}

/// Like [`run`], in pieces of at most `events` events. Between two pieces it awaits `pause`, called
/// with the simulated time so far, so that the caller can do other work. Dropping the future
/// cancels the run.
///
/// # Errors
/// The same as for [`run`].
pub async fn run_in_pieces(scenario: &Scenario, events: u64, pause: impl AsyncFnMut(SimTime)) -> Result<Trace, RunError> {
    let mut database = database::open(scenario.journal);
    run_on_in_pieces(scenario, database.as_mut(), events, pause).await
}

/// Like [`run_in_pieces`], with the caller's implementation of the database.
///
/// # Errors
/// The same as for [`run`].
pub async fn run_on_in_pieces(
    scenario: &Scenario,
    database: &mut dyn database::Database,
    events: u64,
    mut pause: impl AsyncFnMut(SimTime),
) -> Result<Trace, RunError> {
    let mut simulation = Simulation::new(scenario, database);
    simulation.start();
    while simulation.handle_events(events)? {
        pause(simulation.now).await;
    }
    let end = simulation.now;
    Ok(simulation.into_trace(&mut Pacer::new(async || pause(end).await)).await)
}
