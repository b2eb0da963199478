//! Conversions between counts and pixels, in one place: the reasons why the casts are safe are given
//! once.

/// Converts a count to `f64`.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of tasks, rows and pixels are far below 2^52")]
pub(super) const fn float(count: usize) -> f64 {
    count as f64
}

/// Rounds down and clamps to `0..=max`. NaN becomes 0.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the value is clamped, and a cast of f64 saturates")]
pub(super) fn whole(value: f64, max: usize) -> usize {
    value.clamp(0.0, float(max)) as usize
}
