//! The properties that the pictures of the stage share.

use crate::state::moment::Moment;
use lockstep_core::link::{Locks, View};
use lockstep_core::own_machine::MeasuredRun;
use lockstep_core::time::SimTime;
use lockstep_core::trace::TaskId;
use std::rc::Rc;
use yew::prelude::*;

/// The run at the playhead, the settings of its pictures, and the callbacks for user input.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run at its playhead.
    pub moment: Moment,
    /// Measured runs that the user has loaded.
    pub measured: Rc<Vec<MeasuredRun>>,
    /// The end of the playback bar and of the pictures' time axis.
    pub end: SimTime,
    /// The task to highlight.
    pub selected: TaskId,
    /// The settings of the pictures and panels.
    pub view: View,
    /// The fields and parts that the link locks.
    pub locks: Locks,
    /// Whether playback is running.
    pub running: bool,
    /// Whether everything after the playhead is hidden.
    pub hide_future: bool,
    /// Called with the new time of the playhead.
    pub on_seek: Callback<SimTime>,
    /// Called with the task to select.
    pub on_select: Callback<TaskId>,
    /// Called with new settings.
    pub on_view: Callback<View>,
}
