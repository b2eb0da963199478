//! The user's view settings: the visible part and order of the lanes, and the folded panels.

use crate::chart::Window;
use crate::chart::lanes::{Sort, StateFilter};
use crate::scenario::choice::choice;
use enumset::EnumSet;

choice! {
    /// A panel that can be folded.
    Panel {
        /// The event loop.
        Loop = "loop",
        /// The lock and its holder.
        LockState = "lock-state",
        /// The selected task.
        Task = "task",
        /// The Python program.
        Program = "program",
        /// The output of the program.
        Console = "console",
    }
}

choice! {
    /// An option of the poll clock.
    DialOption {
        /// The dial rotates with the bunches, so that they seem to stand still.
        Follow = "follow",
        /// A second dial shows a measured run.
        Measured = "measured",
    }
}

/// The view settings in a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The visible range of times and lanes. `None` shows everything, even after the run gets
    /// longer or has more tasks.
    pub zoom: Option<Window>,
    /// The order of the lanes.
    pub sort: Sort,
    /// The states that the lanes show.
    pub only: StateFilter,
    /// The folded panels.
    pub fold: EnumSet<Panel>,
    /// The options that are on at the poll clock.
    pub dial: EnumSet<DialOption>,
}
