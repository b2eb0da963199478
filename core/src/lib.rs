//! Lockstep: why 1000 coroutines, each with its own SQLite connection, stop at about 165 rows with "database is locked".
//!
//! This crate is everything that needs no browser: it models asyncio, aiosqlite, the GIL and SQLite's locks, and reads rows, charts and
//! sentences off a run. A run is a pure function: a [`scenario::Scenario`] goes in, a [`trace::Trace`] comes out, the same
//! bits on every machine.
//!
//! # Example
//!
//! The program of the question with 100 tasks, each of which keeps its transaction open for 0.2 s:
//!
//! ```
//! use lockstep_core::run::Run;
//! use lockstep_core::scenario::query;
//!
//! let scenario = query::read("tasks=100&sleep=0.2").scenario;
//! let run = Run::at_once(&scenario).expect("100 tasks are not too many");
//!
//! println!("{} of {} rows", run.outcome.inserted(), scenario.tasks);
//! let error = run.outcome.first_error.expect("the lock is held for longer than the timeout");
//! println!("task {} failed after {:.1} s: database is locked", error.task, error.at.seconds());
//! # assert!(run.outcome.inserted() < scenario.tasks);
//! ```
//!
//! # A guided tour
//!
//! Read the modules in this order; each depends only on those before it.
//!
//! 1. Tools: [`decimal`] reads and writes decimal numbers, [`time`] is simulated time in whole microseconds, [`text`] quotes
//!    foreign text and counts nouns.
//! 2. [`scenario`]: every input of a run. [`scenario::table`] is the table of fields, [`scenario::query`] reads and writes query
//!    strings, [`scenario::MachineProfile`] is a measured machine.
//! 3. [`trace`]: what happened in a run. [`trace::Event`] is one observable fact; [`trace::TraceIndex`] has the look-up tables,
//!    [`trace::Snapshot`] one moment, [`trace::Outcome`] the result in numbers.
//! 4. [`model`]: [`model::run`] plays the program on a small machine. Start at [`model::database`], which holds SQLite's locking
//!    rules and can be read alone.
//! 5. What is read off a trace:
//!    - [`program`]: the Python program, the line at which a task stands, what is printed;
//!    - [`findings`]: what happened, in sentences; [`words`]: the page's other sentences about a run;
//!    - [`challenges`]: goals that a run reaches or misses;
//!    - [`playback`]: the playhead; [`chart`]: the pictures as shapes, without a browser;
//!    - [`report`]: the outcome as JSON; [`export`]: files to take away.
//! 6. Several runs: [`sweep`] varies one setting, [`own_machine`] compares a measured run with the model.
//! 7. [`run`]: a finished run with everything above that the page shows at once, computed in pieces so that a browser stays
//!    responsive. [`link`]: everything that a URL can say.

pub mod challenges;
pub mod chart;
pub mod decimal;
pub mod export;
pub mod findings;
pub mod link;
pub mod model;
pub mod own_machine;
mod pieces;
pub mod playback;
pub mod program;
pub mod report;
pub mod run;
pub mod scenario;
pub mod sweep;
pub mod text;
pub mod time;
pub mod trace;
mod variants;
pub mod words;
