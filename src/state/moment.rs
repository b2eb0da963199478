//! The run at the playhead, computed once per frame and shared by all pictures and panels.

use lockstep_core::time::SimTime;
use lockstep_core::trace::{Snapshot, Trace, TraceIndex};
use std::rc::Rc;
use yew::prelude::*;

/// A run at a moment. Compared by pointer, so that a comparison is cheap.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The run.
    pub trace: Rc<Trace>,
    /// Its lookup tables.
    pub index: Rc<TraceIndex>,
    /// The state of the run at the playhead.
    pub now: Rc<Snapshot>,
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.now, &other.now) && Rc::ptr_eq(&self.index, &other.index)
    }
}

impl Moment {
    /// The time of the playhead.
    #[must_use]
    pub fn at(&self) -> SimTime {
        self.now.at
    }
}

/// The run at `now`, recomputed only when the run or `now` changes.
#[hook]
pub fn use_moment(trace: &Rc<Trace>, index: &Rc<TraceIndex>, now: SimTime) -> Moment {
    let dependencies = (trace.clone(), index.clone(), now);
    let snapshot = use_memo(dependencies, |(trace, index, now)| {
        let now = Snapshot::at(trace, index, *now);
        // After the stop no more rows get in, so the rate over the last interval would mislead.
        Snapshot { rate: if now.at > trace.stopped_at() { 0 } else { now.rate }, ..now }
    });
    Moment { trace: trace.clone(), index: index.clone(), now: snapshot }
}
