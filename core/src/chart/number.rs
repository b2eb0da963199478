//! Counts and pixels turned into one another, with what the conversion may lose said once.

/// A count as a number of pixels or a part of them.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of tasks, rows and pixels are far below 2^52")]
pub(super) const fn float(count: usize) -> f64 {
    count as f64
}

/// The whole number below, from 0 to `most`; 0 for what is no number.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of f64 saturates, and is clamped before")]
pub(super) fn whole(value: f64, most: usize) -> usize {
    value.clamp(0.0, float(most)) as usize
}
