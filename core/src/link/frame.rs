//! The settings of the page around the run: compact or whole, hidden and locked parts, theme,
//! motion, and whether the page asks for a guess.
//!
//! `web/embed.js` and `styles/embed.css` apply those that do not need the wasm program. They parse
//! the same names in the same link.

use super::part::{Locks, Part};
use crate::scenario::choice::choice;
use enumset::EnumSet;

choice! {
    /// The colours and sizes of the page.
    Theme {
        /// The setting of the user's system.
        Auto = "auto",
        /// Dark on light.
        Light = "light",
        /// Light on dark.
        Dark = "dark",
        /// Large and black on white, for a lecture hall.
        Projector = "projector",
    }
}

choice! {
    /// Whether playback is animated.
    Motion {
        /// The setting of the user's system.
        Auto = "auto",
        /// The same states one after another, without animation between them.
        Off = "off",
    }
}

/// The settings of the page around the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Whether to show only the stage, without the header, the lesson and the footer.
    pub embed: bool,
    /// The parts that are not shown.
    pub hide: EnumSet<Part>,
    /// If it is not empty, the only parts that are shown.
    pub show: EnumSet<Part>,
    /// The parts and fields that cannot be changed.
    pub lock: Locks,
    /// The colours and sizes.
    pub theme: Theme,
    /// Whether playback is animated.
    pub motion: Motion,
    /// Whether the page asks for a guess before it shows the result.
    pub predict: bool,
}

impl Default for Frame {
    fn default() -> Self {
        let (hide, show, lock) = (EnumSet::empty(), EnumSet::empty(), Locks::default());
        Self { embed: false, hide, show, lock, theme: Theme::Auto, motion: Motion::Auto, predict: true }
    }
}
