//! What a picture shows, and its measures.

use crate::chart::palette::Theme;
use crate::variants::variants_with;
use strum::{EnumCount, VariantArray};

/// From a line of the legend to the next.
pub(super) const LINE: f64 = 22.0;

/// Which picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray, serde::Serialize, serde::Deserialize)]
pub enum Picture {
    /// The waiters on the dial.
    PollClock,
    /// A lane a task.
    Lanes,
    /// Rows, waiters and errors over time.
    Rows,
}

impl Picture {
    /// Every picture, with its name in files and its name in words.
    pub const ALL: [(Self, &'static str, &'static str); Self::COUNT] = variants_with!(Self: slug, name);

    /// Its name in files and on the command line.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::PollClock => "poll-clock",
            Self::Lanes => "lanes",
            Self::Rows => "rows",
        }
    }

    /// Its name in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PollClock => "Poll clock",
            Self::Lanes => "Lanes",
            Self::Rows => "Rows over time",
        }
    }
}

/// How it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Frame {
    /// Width of the whole file, in CSS pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Its colours.
    pub theme: Theme,
}

impl Frame {
    /// Widths and heights on offer, in CSS pixels.
    pub const SIDES: (u32, u32) = (320, 4000);
}

/// A small count as a number of pixels or parts.
pub(super) fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
