//! How the user has set the pictures and panels: what of the lanes is in sight, in which order,
//! what is folded.

use crate::chart::Window;
use crate::chart::lanes::{Sort, StateFilter};
use crate::scenario::choice::choice;
use enumset::EnumSet;

choice! {
    /// A panel that can be folded, by the name that links have for it.
    Panel {
        /// The event loop.
        Loop = "loop",
        /// The lock and who has it.
        LockState = "lock-state",
        /// The selected task.
        Task = "task",
        /// The Python program.
        Program = "program",
        /// Its output.
        Console = "console",
    }
}

choice! {
    /// What can be switched on at the poll clock.
    DialOption {
        /// The dial turns with the bunches, so that they stand still.
        Follow = "follow",
        /// The dial of a measured run stands beside the model's.
        Measured = "measured",
    }
}

/// See the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// What of time and lanes is in sight; none is everything, also when the run changes and has
    /// more of it.
    pub near: Option<Window>,
    /// The order of the lanes.
    pub sort: Sort,
    /// The states that the lanes show.
    pub only: StateFilter,
    /// The panels that are folded.
    pub fold: EnumSet<Panel>,
    /// What is switched on at the poll clock.
    pub dial: EnumSet<DialOption>,
}
