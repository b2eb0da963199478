//! What a link says, as data.

use super::frame::Frame;
use super::view::View;
use crate::playback::Speed;
use crate::scenario::Scenario;
use crate::time::SimTime;
use crate::trace::TaskId;

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The run.
    pub scenario: Scenario,
    /// The second run of a comparison, if there is one.
    pub second: Option<Scenario>,
    /// Where the playhead stands, if the link says so.
    pub at: Option<SimTime>,
    /// How fast it plays.
    pub speed: Speed,
    /// The task that is selected, if one is.
    pub select: Option<TaskId>,
    /// How the pictures and panels are set.
    pub view: View,
    /// What of the page is there, and what of it can be changed.
    pub frame: Frame,
    /// The language that was asked for. The page has no use for it yet, and keeps it.
    pub lang: Option<String>,
    /// What could not be read, one sentence each.
    pub notes: Vec<String>,
}
