//! The kinds of pictures, and the size and theme of a picture.

use crate::chart::palette::Theme;
use crate::variants::variants_with;
use strum::{EnumCount, VariantArray};

/// Height of a line of the legend, in CSS pixels.
pub(super) const LINE: f64 = 22.0;

/// The kind of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray, serde::Serialize, serde::Deserialize)]
pub enum Picture {
    /// The poll clock: the waiters on the dial.
    PollClock,
    /// The lanes, one per task.
    Lanes,
    /// Rows, waiters and errors over time.
    Rows,
}

impl Picture {
    /// Every picture with its name in files and its title.
    pub const ALL: [(Self, &'static str, &'static str); Self::COUNT] = variants_with!(Self: slug, name);

    /// The name in files and on the command line.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::PollClock => "poll-clock",
            Self::Lanes => "lanes",
            Self::Rows => "rows",
        }
    }

    /// The title.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PollClock => "Poll clock",
            Self::Lanes => "Lanes",
            Self::Rows => "Rows over time",
        }
    }
}

/// The size and the theme of a picture.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Frame {
    /// Width of the picture, in CSS pixels.
    pub width: u32,
    /// Height of the picture, in CSS pixels.
    pub height: u32,
    /// The colours.
    pub theme: Theme,
}

impl Frame {
    /// Minimum and maximum of width and height, in CSS pixels.
    pub const SIDES: (u32, u32) = (320, 4000);
}

/// Converts a count to a float.
pub(super) fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
