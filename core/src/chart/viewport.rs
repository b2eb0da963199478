//! The size of a picture and its time axis: which pixel shows which time.
//!
//! ```text
//!   0      left                                right  width
//!   | labels | from .......... time .......... to | |
//! ```
//!
//! Lanes and rows use the same margins, so a time has the same x coordinate in both.

use super::number::{float, whole};
use crate::time::{SimDuration, SimTime};

/// Space on the left for labels at the default text size, in CSS pixels.
const LEFT_MARGIN: f64 = 44.0;
/// Space on the right, in CSS pixels: half the width of the time axis's last label.
pub const RIGHT_MARGIN: f64 = 16.0;
/// Space below for the time axis at the default text size, in CSS pixels.
const BOTTOM_MARGIN: f64 = 22.0;

/// The size of a picture, the pixel ratio of its screen, and the zoom of its text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Device pixels per CSS pixel.
    pub pixel_ratio: f64,
    /// The text size relative to the default; 1 is the default.
    pub text: f64,
}

impl Size {
    /// A valid size. A width or height that is negative or not finite becomes 0; a ratio that is
    /// not positive and finite becomes 1.
    #[must_use]
    pub fn new(width: f64, height: f64, pixel_ratio: f64) -> Self {
        let length = |value: f64| if value.is_finite() { value.max(0.0) } else { 0.0 };
        Self { width: length(width), height: length(height), pixel_ratio: factor(pixel_ratio), text: 1.0 }
    }

    /// The same size with text `text` times as large as the default.
    #[must_use]
    pub fn with_text(self, text: f64) -> Self {
        Self { text: factor(text), ..self }
    }

    /// Space on the left for labels, in CSS pixels.
    #[must_use]
    pub fn left_margin(&self) -> f64 {
        LEFT_MARGIN * self.text
    }

    /// Space below for the time axis, in CSS pixels.
    #[must_use]
    pub fn bottom_margin(&self) -> f64 {
        BOTTOM_MARGIN * self.text
    }

    /// Converts a length to whole device pixels.
    #[must_use]
    pub fn device(&self, css_pixels: f64) -> usize {
        whole(css_pixels * self.pixel_ratio, 1 << 15)
    }

    /// Converts device pixels to CSS pixels.
    #[must_use]
    pub fn css(&self, device_pixels: usize) -> f64 {
        float(device_pixels) / self.pixel_ratio
    }
}

/// `value`, or 1 if it is not positive and finite.
fn factor(value: f64) -> f64 {
    if value.is_finite() && value > 0.0 { value } else { 1.0 }
}

/// Maps times to x coordinates and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    /// The time at the left end.
    pub from: SimTime,
    /// The time at the right end.
    pub to: SimTime,
    /// The left end, in CSS pixels.
    pub left: f64,
    /// The right end, in CSS pixels; at least `left`.
    pub right: f64,
    /// The size of its labels relative to the default.
    text: f64,
}

impl TimeAxis {
    /// The axis from `from` to `to` in a picture of this size.
    #[must_use]
    pub fn new(from: SimTime, to: SimTime, size: Size) -> Self {
        let left = size.left_margin();
        Self { from, to: to.max(from), left, right: (size.width - RIGHT_MARGIN).max(left), text: size.text }
    }

    /// The x coordinate of `time`, in CSS pixels, clamped to the axis.
    #[must_use]
    pub fn x(&self, time: SimTime) -> f64 {
        let span = self.to.since(self.from).seconds();
        let fraction = if span > 0.0 { time.since(self.from).seconds() / span } else { 0.0 };
        self.left + fraction.min(1.0) * self.width()
    }

    /// The time at the x coordinate `x`, clamped to the axis.
    #[must_use]
    pub fn time(&self, x: f64) -> SimTime {
        let fraction = (x - self.left) / self.width();
        let fraction = if fraction.is_finite() { fraction.clamp(0.0, 1.0) } else { 0.0 };
        self.from + SimDuration::from_seconds(fraction * self.to.since(self.from).seconds())
    }

    /// Its length in CSS pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// The number of labelled ticks that fit on it.
    #[must_use]
    pub fn max_ticks(&self) -> usize {
        whole(self.width() / (64.0 * self.text), 20)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn converting_a_time_to_a_pixel_and_back_keeps_it(end in 1_u64..600_000_000, fraction in 0.0_f64..=1.0, width in 100.0_f64..4000.0) {
            let axis = TimeAxis::new(SimTime::ZERO, SimTime::from_micros(end), Size::new(width, 0.0, 1.0));
            let time = axis.time(axis.left + fraction * axis.width());
            let back = axis.time(axis.x(time));
            prop_assert!(time.since(back).micros() <= 1 && back.since(time).micros() <= 1);
        }

        #[test]
        fn any_x_coordinate_gives_a_time_on_the_axis(x in any::<f64>(), width in any::<f64>(), end in any::<u32>()) {
            let to = SimTime::from_micros(end.into());
            let axis = TimeAxis::new(SimTime::ZERO, to, Size::new(width, 0.0, 0.0));
            prop_assert!(axis.time(x) <= to);
            prop_assert!(axis.x(axis.time(x)).is_finite());
        }
    }
}
