//! A run as files to take away: its trace, its events as a table, its pictures. Pure; the page only puts them into downloads.
//!
//! | file | what it is |
//! |---|---|
//! | [`trace_json`] | the whole trace, which can be read in again |
//! | [`csv`] | a line an event |
//! | [`trace_event`] | the Trace Event Format, which Perfetto and the browsers' own tools open |
//! | [`mod@format`] | these three by name |
//! | [`picture`] | the dial, the lanes, the rows over time as SVG |
//! | [`one_file`] | the whole page with a state of it inside |
//!
//! `docs/files.md` describes the formats to whoever reads such a file.

pub mod csv;
pub mod format;
mod line;
pub mod one_file;
pub mod picture;
pub mod trace_event;
pub mod trace_json;

pub use format::Format;
