//! Lockstep: why 1000 coroutines, each with its own connection, stop at about 165 rows with "database is locked".
//!
//! A run is a pure function: a [`scenario::Scenario`] in, a [`trace::Trace`] out.
//!
//! | module | what it holds |
//! |---|---|
//! | [`time`] | simulated time, whole microseconds |
//! | [`scenario`] | every input of a run: names, bounds, query strings, machines |
//! | [`model`] | the run: asyncio, aiosqlite, the GIL, SQLite's locks, the machine |
//! | [`report`] | a run's outcome as JSON |
//! | [`program`] | the Python program: its text, where a task stands in it, what it prints |
//! | [`playback`] | the playhead: where in a trace one is, whether it moves, how fast |
//! | [`chart`] | the pictures as shapes, without a browser |
//! | [`trace`] | a run as it happened, and its outcome |

pub mod chart;
pub mod model;
pub mod playback;
pub mod program;
pub mod report;
pub mod scenario;
pub mod time;
pub mod trace;
#[cfg(feature = "web")]
pub mod ui;
