//! The file formats for a run's events.

use super::{csv, trace_event, trace_json};
use crate::trace::{Trace, TraceIndex};
use crate::variants::variants_with;
use strum::{EnumCount, VariantArray};

/// Number of events that are enough to estimate the size of a file.
const SAMPLE: usize = 2000;

/// A file format for a run's events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray, serde::Serialize, serde::Deserialize)]
pub enum Format {
    /// The complete trace, which can be read back.
    Json,
    /// A table with one line per event.
    Csv,
    /// The Trace Event Format, for Perfetto.
    TraceEvent,
}

impl Format {
    /// Every format with its name on the command line.
    pub const ALL: [(Self, &'static str); Self::COUNT] = variants_with!(Self: name);

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::TraceEvent => "trace-event",
        }
    }

    /// The extension of the file name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Json => ".json",
            Self::Csv => ".csv",
            Self::TraceEvent => ".trace.json",
        }
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json | Self::TraceEvent => "application/json",
            Self::Csv => "text/csv",
        }
    }

    /// The content of the file in parts.
    #[must_use]
    pub fn lines<'a>(self, trace: &'a Trace, index: &'a TraceIndex) -> Box<dyn Iterator<Item = String> + 'a> {
        match self {
            Self::Json => Box::new(trace_json::lines(trace)),
            Self::Csv => Box::new(csv::lines(trace)),
            Self::TraceEvent => Box::new(trace_event::lines(trace, index)),
        }
    }

    /// Estimates the size of the file in bytes from a sample of its events.
    #[must_use]
    pub fn estimated_bytes(self, trace: &Trace, index: &TraceIndex) -> usize {
        let step = trace.events.len() / SAMPLE + 1;
        match self {
            Self::TraceEvent => trace_event::estimated_bytes(trace, index, SAMPLE),
            Self::Json | Self::Csv => {
                let events = trace.events.iter().step_by(step).copied().collect();
                let sample = Trace { scenario: trace.scenario.clone(), events, ..*trace };
                step * self.lines(&sample, index).map(|line| line.len()).sum::<usize>()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::query;

    #[test]
    fn the_estimated_size_is_at_most_ten_percent_off() {
        for text in ["tasks=300&timeout=1", "tasks=100&timeout=2&machine=linux-vm&journal=wal", "tasks=5"] {
            let trace = crate::model::run(&query::read(text).scenario).expect("a small run");
            let index = TraceIndex::of(&trace);
            for (format, name) in Format::ALL {
                let bytes = format.lines(&trace, &index).map(|line| line.len()).sum::<usize>();
                let estimate = format.estimated_bytes(&trace, &index);
                assert!(estimate.abs_diff(bytes) * 10 <= bytes + 10_000, "{name} of {text}: {bytes}, estimated {estimate}");
            }
        }
    }
}
