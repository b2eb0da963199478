//! The model: a scenario in, a trace out. A pure function, seeded, in whole microseconds.
//!
//! It plays the program of the question on a small machine: an event loop and one worker thread a connection, which queue for
//! cores, for the GIL and for SQLite's locks, and sleep in SQLite's busy handler (facts 12.1-12.7, 13.4-13.8). Left out: readers beside the writers,
//! the instant of SHARED in a failed attempt (but for BEGIN EXCLUSIVE), limits of threads and descriptors.
//!
//! | file | what it stands for |
//! |---|---|
//! | `agenda`, `rng` | what happens next; chance |
//! | `machine`, `cores`, `timers`, `caches` | costs; processors; when sleeps end; what has gone cold |
//! | `gil`, `event_loop`, `semaphore` | CPython, asyncio |
//! | `task`, `coroutines` | the program, and where each coroutine stands in it |
//! | `worker`, `thread` | aiosqlite |
//! | [`database`], `log` | SQLite's locks and busy handler; its write-ahead log |
//! | [`invariants`] | what is true in every state |
//! | `simulation`, `run_loop`, `run_worker`, `recorder` | the run |
//! | `run_error` | why a run is refused |

mod agenda;
mod caches;
mod cores;
mod coroutines;
pub mod database;
mod event_loop;
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

pub use run_error::{MOST_EVENTS, RunError};

use crate::pieces::{Pacer, at_once};
use crate::scenario::Scenario;
use crate::time::SimTime;
use crate::trace::Trace;
use simulation::Simulation;

/// Runs the program of `scenario` once.
///
/// # Errors
/// If the run would have more than [`MOST_EVENTS`] events.
pub fn run(scenario: &Scenario) -> Result<Trace, RunError> {
    let mut database = database::open(scenario.journal);
    run_on(scenario, database.as_mut())
}

/// Runs the program of `scenario` on a database of the caller's.
///
/// # Errors
/// As [`run`].
pub fn run_on(scenario: &Scenario, database: &mut dyn database::Database) -> Result<Trace, RunError> {
    at_once(simulate(scenario, database, MOST_EVENTS, async |_| ()))
}

/// As [`run`], in pieces of at most `events` events. It awaits `pause` between two pieces, and passes it the simulated time that
/// the run has reached. To cancel the run, drop the future.
///
/// # Errors
/// As [`run`].
pub async fn run_in_pieces(scenario: &Scenario, events: u64, pause: impl AsyncFnMut(SimTime)) -> Result<Trace, RunError> {
    let mut database = database::open(scenario.journal);
    simulate(scenario, database.as_mut(), events, pause).await
}

async fn simulate(
    scenario: &Scenario,
    database: &mut dyn database::Database,
    events: u64,
    mut pause: impl AsyncFnMut(SimTime),
) -> Result<Trace, RunError> {
    let mut simulation = Simulation::new(scenario, database);
    simulation.begin();
    while simulation.simulate(events)? {
        pause(simulation.now).await;
    }
    let end = simulation.now;
    Ok(simulation.into_trace(&mut Pacer::new(async || pause(end).await)).await)
}
