//! The files that hold a run's events, by name.

use super::{csv, trace_event, trace_json};
use crate::trace::{Trace, TraceIndex};
use crate::variants::variants_with;
use strum::{EnumCount, VariantArray};

/// So many events are enough to tell how large a file gets.
const SAMPLE: usize = 2000;

/// A way to write a run's events down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray, serde::Serialize, serde::Deserialize)]
pub enum Format {
    /// The whole trace, which can be read in again.
    Json,
    /// A line an event.
    Csv,
    /// For Perfetto.
    TraceEvent,
}

impl Format {
    /// Every format, with its name on the command line.
    pub const ALL: [(Self, &'static str); Self::COUNT] = variants_with!(Self: name);

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::TraceEvent => "trace-event",
        }
    }

    /// What is appended to the name of a run to make a file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Json => ".json",
            Self::Csv => ".csv",
            Self::TraceEvent => ".trace.json",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json | Self::TraceEvent => "application/json",
            Self::Csv => "text/csv",
        }
    }

    /// The file piece by piece.
    #[must_use]
    pub fn lines<'a>(self, trace: &'a Trace, index: &'a TraceIndex) -> Box<dyn Iterator<Item = String> + 'a> {
        match self {
            Self::Json => Box::new(trace_json::lines(trace)),
            Self::Csv => Box::new(csv::lines(trace)),
            Self::TraceEvent => Box::new(trace_event::lines(trace, index)),
        }
    }

    /// About how many bytes the file will have, from some of its events.
    #[must_use]
    pub fn about_bytes(self, trace: &Trace, index: &TraceIndex) -> usize {
        let apart = trace.events.len() / SAMPLE + 1;
        match self {
            Self::TraceEvent => trace_event::about_bytes(trace, index, SAMPLE),
            Self::Json | Self::Csv => {
                let events = trace.events.iter().step_by(apart).copied().collect();
                let sample = Trace { scenario: trace.scenario.clone(), events, ..*trace };
                apart * self.lines(&sample, index).map(|line| line.len()).sum::<usize>()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::query;

    #[test]
    fn what_is_said_of_a_files_size_is_a_tenth_off_at_most() {
        for text in ["tasks=300&timeout=1", "tasks=100&timeout=2&machine=linux-vm&journal=wal", "tasks=5"] {
            let trace = crate::model::run(&query::read(text).scenario).expect("a small run");
            let index = TraceIndex::of(&trace);
            for (format, name) in Format::ALL {
                let bytes = format.lines(&trace, &index).map(|line| line.len()).sum::<usize>();
                let about = format.about_bytes(&trace, &index);
                assert!(about.abs_diff(bytes) * 10 <= bytes + 10_000, "{name} of {text}: {bytes}, said {about}");
            }
        }
    }
}
