//! How a link wants the page to be framed: compact or whole, which parts are left out, which stand
//! but cannot be changed, in which theme, with or without motion, and whether it asks for a guess.
//!
//! `web/embed.js` and `styles/embed.css` do what can be done without the model: they read the same
//! names from the same link.

use super::part::{Locks, Part};
use crate::scenario::choice::choice;
use enumset::EnumSet;

choice! {
    /// Which colours and sizes.
    Theme {
        /// As the reader's system has it.
        Auto = "auto",
        /// Dark on light.
        Light = "light",
        /// Light on dark.
        Dark = "dark",
        /// Large, black on white: for the last row of a lecture hall.
        Projector = "projector",
    }
}

choice! {
    /// Whether pictures move.
    Motion {
        /// As the reader's system has it.
        Auto = "auto",
        /// The same states one after another, with no movement between them.
        Off = "off",
    }
}

/// What a link says about the page around the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The stage alone, without the page's head, lesson and foot.
    pub embed: bool,
    /// Parts that are not there.
    pub hide: EnumSet<Part>,
    /// Parts and fields that cannot be changed.
    pub lock: Locks,
    /// Colours and sizes.
    pub theme: Theme,
    /// Movement.
    pub motion: Motion,
    /// Whether the user is asked for a guess first.
    pub predict: bool,
}

impl Default for Frame {
    fn default() -> Self {
        let (hide, lock) = (EnumSet::empty(), Locks::default());
        Self { embed: false, hide, lock, theme: Theme::Auto, motion: Motion::Auto, predict: true }
    }
}
