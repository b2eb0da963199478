//! A run as it happened: an immutable list of events in time order, and what follows from them.
//!
//! The trace knows nothing of the model that wrote it or of the page that plays it. [`outcome`] sums it up for the command line
//! and the result line.

pub mod answer_queue;
pub mod answers;
pub mod backoff;
mod build;
pub mod bunches;
pub mod by_task;
pub mod digest;
pub mod event;
pub mod follow;
pub mod index;
pub mod lane_state;
pub mod lock_table;
pub mod loop_now;
pub mod measured;
pub mod outcome;
mod rows;
pub mod snapshot;
pub mod spans;
pub mod task_now;
#[cfg(test)]
pub(crate) mod testing;
pub mod turn;
pub mod waits;

pub use answers::Answers;
pub use bunches::{Bunch, bunches};
pub use event::{Call, Event, EventKind, Lock, Statement, TaskId};
pub use index::TraceIndex;
pub use lane_state::LaneState;
pub use outcome::Outcome;
pub use snapshot::Snapshot;
pub use turn::turn;

use crate::scenario::Scenario;
use crate::time::{SimDuration, SimTime};

/// One run, whole: every event from the gather's start to the last worker's last sleep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// What was run.
    pub scenario: Scenario,
    /// What happened, in order of time; equal times in the order in which they happened.
    pub events: Vec<Event>,
    /// One turn of the poll clock: how long the machine's 100 ms sleep really takes.
    pub turn: SimDuration,
    /// Events that the model simulated to make this trace (more than it shows: hand-overs of the GIL, for instance).
    pub simulated: u64,
}

impl Trace {
    /// How many events had happened at `time`, those at that very instant included.
    #[must_use]
    pub fn events_until(&self, time: SimTime) -> usize {
        self.events.partition_point(|event| event.at <= time)
    }

    /// When the last event lies; zero for an empty trace.
    #[must_use]
    pub fn end(&self) -> SimTime {
        self.events.last().map_or(SimTime::ZERO, |event| event.at)
    }

    /// When the gather ended and the loop with it.
    #[must_use]
    pub fn stopped_at(&self) -> SimTime {
        let stop = self.events.iter().rev().find(|event| event.kind == EventKind::LoopStopped);
        stop.map_or_else(|| self.end(), |event| event.at)
    }
}
