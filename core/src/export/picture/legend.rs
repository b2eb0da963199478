//! The legend below a picture: colour swatches with labels, on as many lines as needed.

use super::drawing::{Drawing, number};
use super::{LINE, Picture, float};
use crate::chart::{Anchor, Role};
use crate::trace::{LaneState, TraceIndex};

/// Font size of the labels, in CSS pixels.
const PIXELS: f64 = 13.0;
/// Estimated average width of a letter, in CSS pixels; fonts cannot be measured here, so it is
/// generous.
const LETTER: f64 = 7.2;
const SWATCH: f64 = 18.0;
/// Distance between two entries.
const GAP: f64 = 20.0;

/// A colour and its label.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    role: Role,
    word: &'static str,
}

/// The entries of a picture's legend. For the lanes, only states that occur in the run.
pub(super) fn entries(picture: Picture, index: &TraceIndex) -> Vec<Entry> {
    let of = |entries: &[(Role, &'static str)]| entries.iter().map(|(role, word)| Entry { role: *role, word }).collect();
    match picture {
        Picture::PollClock => of(&[
            (Role::Waiter, "a waiter at its next poll"),
            (Role::State(LaneState::Polling), "has just polled"),
            (Role::WaitersLine, "number of waiters that poll then"),
            (Role::QuietText, "a bunch"),
            (Role::State(LaneState::Holding), "holds the lock"),
            (Role::State(LaneState::Committing), "committing"),
            (Role::PastHold, "held the lock in the last turn"),
        ]),
        Picture::Lanes => {
            index.states().into_iter().map(|state| Entry { role: Role::State(state), word: state.word() }).collect()
        }
        Picture::Rows => {
            of(&[(Role::Rows, "rows committed"), (Role::WaitersLine, "waiters"), (Role::State(LaneState::Failed), "an error")])
        }
    }
}

/// Entries with their x position and line.
pub(super) struct Legend {
    entries: Vec<(f64, usize, Entry)>,
}

impl Legend {
    /// Arranges the entries in lines that are at most `width` wide. An entry that is wider has its
    /// own line.
    pub(super) fn lay_out(list: &[Entry], width: f64) -> Self {
        let (mut x, mut line) = (0.0, 0);
        let mut entries = Vec::new();
        for entry in list {
            let entry_width = SWATCH + 6.0 + float(entry.word.chars().count()) * LETTER;
            if x > 0.0 && x + entry_width > width {
                (x, line) = (0.0, line + 1);
            }
            entries.push((x, line, *entry));
            x += entry_width + GAP;
        }
        Self { entries }
    }

    pub(super) fn lines(&self) -> usize {
        self.entries.last().map_or(0, |(_, line, _)| line + 1)
    }

    pub(super) fn draw(&self, drawing: &mut Drawing<'_>) {
        for (x, line, Entry { role, word }) in &self.entries {
            let y = (float(*line) + 0.5) * LINE;
            let d = format!("M{} {}h{SWATCH}", number(*x), number(y));
            drawing.path(*role, &d, 12.0, false);
            if let Role::State(state) = role {
                drawing.label(Role::LaneText, (x + SWATCH / 2.0, y), &state.glyph().to_string(), Anchor::Middle, 11.0);
            }
            drawing.label(Role::Text, (x + SWATCH + 6.0, y), word, Anchor::Start, PIXELS);
        }
    }
}
