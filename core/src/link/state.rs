//! The content of a link as plain data.

use super::frame::Frame;
use super::view::View;
use crate::playback::Speed;
use crate::scenario::Scenario;
use crate::time::SimTime;
use crate::trace::TaskId;

/// The content of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The run.
    pub scenario: Scenario,
    /// The second run of a comparison, if there is one.
    pub second: Option<Scenario>,
    /// The position of the playhead, if the link has one.
    pub at: Option<SimTime>,
    /// The playback speed.
    pub speed: Speed,
    /// The selected task, if any.
    pub select: Option<TaskId>,
    /// The view settings.
    pub view: View,
    /// The script of the terminals, as it was written. It may not be parsable.
    pub script: Option<String>,
    /// The parts of the page that are shown and locked, and how they look.
    pub frame: Frame,
    /// The requested language. The page keeps it in its links, but does not use it yet.
    pub lang: Option<String>,
    /// The problems with the link, one sentence each.
    pub notes: Vec<String>,
}
