//! Lockstep: why 1000 coroutines, each with its own SQLite connection, stop at about 165 rows with
//! "database is locked".
//!
//! This crate contains everything that needs no browser. It models asyncio, aiosqlite, the GIL and
//! SQLite's locks, and computes results, charts and sentences from a run. A run is a pure function
//! from a [`scenario::Scenario`] to a [`trace::Trace`], with the same bits on every machine.
//!
//! # Example
//!
//! The question's program with 100 tasks, each of which keeps its transaction open for 0.2 s:
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
//! Read the modules in this order. Each depends only on modules before it or beside it, except in
//! tests.
//!
//! 1. Tools: [`decimal`] formats and parses decimal numbers, [`time`] is simulated time in whole
//!    microseconds, [`text`] quotes untrusted text and forms plurals. The private `pieces` splits
//!    long work, and `variants` lists the variants of an enum.
//! 2. [`scenario`]: every input of a run. [`scenario::table`] is the table of fields,
//!    [`scenario::query`] reads and writes query strings, [`scenario::MachineProfile`] is a
//!    measured machine.
//! 3. [`trace`]: the events of a run. [`trace::Event`] is one of them, [`trace::TraceIndex`] has
//!    look-up tables, [`trace::Snapshot`] is the state at one time, [`trace::Outcome`] the result
//!    in numbers.
//! 4. [`model`]: [`model::run`] runs the program on a small simulated machine. Start with
//!    [`model::database`], which has SQLite's locking rules and does not depend on the rest of the
//!    model.
//! 5. What is computed from a trace:
//!    - [`program`]: the Python program, the line that a task is at, and the output;
//!    - [`findings`]: explanations of a run in sentences; [`words`]: the page's other sentences
//!      about a run;
//!    - [`challenges`]: goals that a run may reach;
//!    - [`playback`]: the playhead;
//!    - [`report`]: the result as JSON.
//! 6. [`run`]: a finished run with everything that the page needs to show it, computed in pieces so
//!    that a browser stays responsive.
//! 7. Several runs: [`sweep`] varies one setting, [`own_machine`] compares a measured run with the
//!    model.
//! 8. The real SQLite: [`check`] compares a run with the same run on it, [`terminals`] has scripts
//!    of SQL and its answers.
//! 9. What the user sees, downloads and shares: [`chart`] has the pictures as shapes, [`export`]
//!    the files, [`link`] the settings in the page's URL.

pub mod challenges;
pub mod chart;
pub mod check;
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
pub mod terminals;
pub mod text;
pub mod time;
pub mod trace;
mod variants;
pub mod words;
