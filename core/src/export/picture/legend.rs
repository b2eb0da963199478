//! The words below a picture: a swatch and what its colour stands for, in as many lines as they need.

use super::drawing::{Drawing, number};
use super::{LINE, Picture, float};
use crate::chart::{Anchor, Role};
use crate::trace::{LaneState, TraceIndex};

/// Height of the letters.
const PIXELS: f64 = 13.0;
/// How wide a letter is, on average and rather too wide: no font can be measured here.
const LETTER: f64 = 7.2;
const SWATCH: f64 = 18.0;
/// From one entry to the next.
const GAP: f64 = 20.0;

/// A colour and what it stands for.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    role: Role,
    word: &'static str,
}

/// What a picture's colours stand for; of the lanes' states those that the run has.
pub(super) fn entries(picture: Picture, index: &TraceIndex) -> Vec<Entry> {
    let of = |entries: &[(Role, &'static str)]| entries.iter().map(|(role, word)| Entry { role: *role, word }).collect();
    match picture {
        Picture::PollClock => of(&[
            (Role::Waiter, "a waiter at its next poll"),
            (Role::State(LaneState::Polling), "has just polled"),
            (Role::WaitersLine, "how many poll then"),
            (Role::QuietText, "a bunch"),
            (Role::State(LaneState::Holding), "holds the lock"),
            (Role::State(LaneState::Committing), "committing"),
            (Role::PastHold, "held it in the last turn"),
        ]),
        Picture::Lanes => {
            index.states().into_iter().map(|state| Entry { role: Role::State(state), word: state.word() }).collect()
        }
        Picture::Rows => {
            of(&[(Role::Rows, "rows committed"), (Role::WaitersLine, "waiters"), (Role::State(LaneState::Failed), "an error")])
        }
    }
}

/// Entries with their places.
pub(super) struct Legend {
    placed: Vec<(f64, usize, Entry)>,
}

impl Legend {
    /// In lines no wider than `width`, unless one entry alone is.
    pub(super) fn lay_out(entries: &[Entry], width: f64) -> Self {
        let (mut x, mut line) = (0.0, 0);
        let mut placed = Vec::new();
        for entry in entries {
            let wide = SWATCH + 6.0 + float(entry.word.chars().count()) * LETTER;
            if x > 0.0 && x + wide > width {
                (x, line) = (0.0, line + 1);
            }
            placed.push((x, line, *entry));
            x += wide + GAP;
        }
        Self { placed }
    }

    pub(super) fn lines(&self) -> usize {
        self.placed.last().map_or(0, |(_, line, _)| line + 1)
    }

    pub(super) fn draw(&self, drawing: &mut Drawing<'_>) {
        for (x, line, Entry { role, word }) in &self.placed {
            let y = (float(*line) + 0.5) * LINE;
            let d = format!("M{} {}h{SWATCH}", number(*x), number(y));
            drawing.path(*role, &d, 12.0, false);
            if let Role::State(state) = role {
                drawing.words(Role::LaneText, (x + SWATCH / 2.0, y), &state.glyph().to_string(), Anchor::Middle, 11.0);
            }
            drawing.words(Role::Text, (x + SWATCH + 6.0, y), word, Anchor::Start, PIXELS);
        }
    }
}
