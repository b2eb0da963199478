//! What the pictures of the stage share.

use crate::state::moment::Moment;
use lockstep_core::link::{Locks, View};
use lockstep_core::own_machine::MeasuredRun;
use lockstep_core::time::SimTime;
use lockstep_core::trace::TaskId;
use std::rc::Rc;
use yew::prelude::*;

/// A run at its playhead, how its pictures are set, and what the user does with them.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run at its playhead.
    pub moment: Moment,
    /// Measured runs that the user has brought.
    pub measured: Rc<Vec<MeasuredRun>>,
    /// Where the playback bar ends, and the pictures' time axis with it.
    pub end: SimTime,
    /// The task to mark.
    pub selected: TaskId,
    /// How they are set.
    pub view: View,
    /// What cannot be changed.
    pub locks: Locks,
    /// Whether the playhead moves by itself.
    pub running: bool,
    /// Whether the reader is still to guess what comes.
    pub untold: bool,
    /// Somebody points at a moment.
    pub on_seek: Callback<SimTime>,
    /// Somebody chooses a task.
    pub on_select: Callback<TaskId>,
    /// Somebody sets them otherwise.
    pub on_view: Callback<View>,
}
