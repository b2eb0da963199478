//! Lockstep: why 1000 coroutines, each with its own connection, stop at about 165 rows with "database is locked".
//!
//! A run is a pure function: a [`scenario::Scenario`] in, a [`trace::Trace`] out.
//!
//! | module | what it holds |
//! |---|---|
//! | [`decimal`] | numbers as decimal text, and back |
//! | [`time`] | simulated time, whole microseconds |
//! | [`scenario`] | every input of a run: names, bounds, query strings, machines |
//! | [`model`] | the run: asyncio, aiosqlite, the GIL, SQLite's locks, the machine |
//! | [`export`] | a run as files to take away: trace, events, pictures |
//! | [`report`] | a run's outcome as JSON |
//! | [`run`] | a finished run with all that is read off it once |
//! | [`program`] | the Python program: its text, where a task stands in it, what it prints |
//! | [`own_machine`] | what a reader brings: a profile or a real run, and what the model says of it |
//! | [`playback`] | the playhead: where in a trace one is, whether it moves, how fast |
//! | [`chart`] | the pictures as shapes, without a browser |
//! | [`challenges`] | goals that a run reaches or misses |
//! | [`findings`] | what happened in a run, in words |
//! | [`link`] | everything that a URL can say, and the texts to paste |
//! | [`text`] | foreign text in messages, counts in sentences, text in markup |
//! | [`words`] | sentences about a run |
//! | [`sweep`] | many runs that differ in one setting |
//! | [`trace`] | a run as it happened, and its outcome |

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
