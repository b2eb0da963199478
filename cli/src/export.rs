//! Runs a scenario and writes the run as a file; `docs/files.md` describes the formats.

use crate::failure::Failure;
use crate::input::ScenarioArguments;
use crate::output::print_all;
use clap::Args;
use clap::builder::PossibleValuesParser;
use lockstep_core::export::Format;
use lockstep_core::export::picture::{Frame, Picture, Theme, svg};
use lockstep_core::link::Link;
use lockstep_core::time::SimTime;
use lockstep_core::trace::{Trace, TraceIndex};

const FRAME: Frame = Frame { width: 1200, height: 800, theme: Theme::Light };

/// Runs a scenario and prints the run as a file: a trace, a table of events or a picture
///
/// A picture (SVG) shows the run at the time "t=" of the scenario, in seconds, or at its end.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// What to print
    #[arg(value_parser = PossibleValuesParser::new(names()))]
    format: String,

    #[command(flatten)]
    scenario: ScenarioArguments,
}

/// The names of all formats: events first, then pictures.
fn names() -> impl Iterator<Item = &'static str> {
    Format::ALL.iter().map(|(_, name)| *name).chain(Picture::ALL.iter().map(|(_, name, _)| *name))
}

/// Runs the scenario and prints the file.
///
/// # Errors
/// If the scenario cannot be used, the run is too large, or standard output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let trace = arguments.scenario.trace()?;
    let index = TraceIndex::of(&trace);
    if let Some((format, _)) = Format::ALL.iter().find(|(_, name)| *name == arguments.format) {
        print_all(format.lines(&trace, &index))?;
    }
    if let Some((picture, ..)) = Picture::ALL.iter().find(|(_, name, _)| *name == arguments.format) {
        let at = moment(arguments.scenario.query(), &trace);
        print_all([svg(&trace, &index, at, *picture, &FRAME)])?;
    }
    Ok(())
}

/// The playhead of the link, or the end of the run.
fn moment(query: &str, trace: &Trace) -> SimTime {
    Link::read(query).at.unwrap_or_else(|| trace.stopped_at())
}
