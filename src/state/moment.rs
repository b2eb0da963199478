//! A run at its playhead, worked out once a frame and shared by all pictures and panels.

use lockstep_core::time::SimTime;
use lockstep_core::trace::{Snapshot, Trace, TraceIndex};
use std::rc::Rc;
use yew::prelude::*;

/// A run at a moment. Two are the same if they share the moment, so that comparing them costs nothing.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The run.
    pub trace: Rc<Trace>,
    /// Its look-up tables.
    pub index: Rc<TraceIndex>,
    /// Everything at the playhead.
    pub now: Rc<Snapshot>,
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.now, &other.now) && Rc::ptr_eq(&self.index, &other.index)
    }
}

impl Moment {
    /// The playhead.
    #[must_use]
    pub fn at(&self) -> SimTime {
        self.now.at
    }
}

/// The run of `trace` at `now`.
#[hook]
pub fn use_moment(trace: &Rc<Trace>, index: &Rc<TraceIndex>, now: SimTime) -> Moment {
    let what = (trace.clone(), index.clone(), now);
    let snapshot = use_memo(what, |(trace, index, now)| {
        let now = Snapshot::at(trace, index, *now);
        // No row comes after the stop, however many came just before it.
        Snapshot { rate: if now.at > trace.stopped_at() { 0 } else { now.rate }, ..now }
    });
    Moment { trace: trace.clone(), index: index.clone(), now: snapshot }
}
