//! Exports a run as files: its trace, its events as a table, its pictures. The functions are pure,
//! and the page offers their results as downloads.
//!
//! | file | what it is |
//! |---|---|
//! | [`trace_json`] | the complete trace, which can be read back |
//! | [`csv`] | a table with one line per event |
//! | [`trace_event`] | the Trace Event Format, which Perfetto and the browsers' own tools open |
//! | [`mod@format`] | the list of these three formats |
//! | [`picture`] | the dial, the lanes, the rows over time as SVG |
//! | [`one_file`] | the page as one file, with a link inside |
//!
//! `docs/files.md` documents the formats.

pub mod csv;
pub mod format;
mod line;
pub mod one_file;
pub mod picture;
pub mod trace_event;
pub mod trace_json;

pub use format::Format;
