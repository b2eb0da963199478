//! Runs a scenario and prints it as a file to take away; `docs/files.md` describes the formats.
//!
//! ```text
//! cargo run --release --no-default-features --example export -- csv "machine=linux-vm&tasks=100" > run.csv
//! ```
//!
//! A picture shows the moment `t=` of the query, or the end. Bad input gives a message on standard error, nothing on standard
//! output, and exit code 2.

use lockstep_core::export::Format;
use lockstep_core::export::picture::{Frame, Picture, Theme, svg};
use lockstep_core::link::{self, Link};
use lockstep_core::model;
use lockstep_core::time::SimTime;
use lockstep_core::trace::{Trace, TraceIndex};
use std::process::ExitCode;

const USAGE: &str = "usage: export json|csv|trace-event|poll-clock|lanes|rows \"tasks=1000&timeout=5\"";
const FRAME: Frame = Frame { width: 1200, height: 800, theme: Theme::Light };

fn main() -> ExitCode {
    match export(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(file) => {
            print!("{file}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn export(words: &[String]) -> Result<String, String> {
    let [format, text] = words else { return Err(USAGE.to_string()) };
    let picture = Picture::ALL.iter().find(|(_, name, _)| name == format).map(|(picture, ..)| *picture);
    let events = Format::ALL.iter().find(|(_, name)| name == format).map(|(format, _)| *format);
    if picture.is_none() && events.is_none() {
        return Err(format!("{format}: there is no such format\n{USAGE}"));
    }
    let lines = |errors: &[_]| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let scenario = link::read_strictly(text, None).map_err(|errors| lines(&errors))?;
    let trace = model::run(&scenario).map_err(|error| error.to_string())?;
    let index = TraceIndex::of(&trace);
    let drawn = picture.map(|picture| svg(&trace, &index, moment(text, &trace), picture, &FRAME));
    let written = || events.map(|format| format.lines(&trace, &index).collect()).unwrap_or_default();
    Ok(drawn.unwrap_or_else(written))
}

fn moment(text: &str, trace: &Trace) -> SimTime {
    Link::read(text).at.unwrap_or_else(|| trace.stopped_at())
}
