//! The events of one run, an immutable list in time order, and everything that is derived from it.
//!
//! The trace does not depend on the model that writes it or on the page that plays it. [`outcome`]
//! summarizes it for the command line and the result line.

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

/// One complete run: every event from the start of the gather to the last worker's last sleep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The inputs of the run.
    pub scenario: Scenario,
    /// The events in time order; events at the same time in the order in which they happened.
    pub events: Vec<Event>,
    /// One turn of the poll clock: the actual length of a 100 ms sleep on this machine.
    pub turn: SimDuration,
    /// Events that the model simulated. The trace has fewer: it leaves out switches of the GIL, for
    /// example.
    pub simulated: u64,
}

impl Trace {
    /// The number of events up to and including `time`.
    #[must_use]
    pub fn events_until(&self, time: SimTime) -> usize {
        self.events.partition_point(|event| event.at <= time)
    }

    /// The time of the last event; zero for an empty trace.
    #[must_use]
    pub fn end(&self) -> SimTime {
        self.events.last().map_or(SimTime::ZERO, |event| event.at)
    }

    /// When the gather ended and the event loop stopped.
    #[must_use]
    pub fn stopped_at(&self) -> SimTime {
        let stop = self.events.iter().rev().find(|event| event.kind == EventKind::LoopStopped);
        stop.map_or_else(|| self.end(), |event| event.at)
    }
}
