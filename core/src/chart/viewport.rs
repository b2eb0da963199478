//! What of a run is to be seen, and which pixel shows which moment.
//!
//! ```text
//!   0      left                                right  width
//!   | labels | from .......... time .......... to | |
//! ```
//!
//! Lanes and rows use the same margins, so that one moment has one place in both.

use super::number::{float, whole};
use crate::time::{SimDuration, SimTime};

/// Room on the left for labels of the usual size, in CSS pixels.
const LEFT: f64 = 44.0;
/// Room on the right, where the last label of the time axis needs half its width.
pub const RIGHT: f64 = 16.0;
/// Room below for the time axis.
const BELOW: f64 = 22.0;

/// How large a picture is, in CSS pixels, and how many device pixels there are to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// CSS pixels.
    pub width: f64,
    /// CSS pixels.
    pub height: f64,
    /// Device pixels to a CSS pixel.
    pub pixel_ratio: f64,
    /// How much larger than usual the page's text is.
    pub text: f64,
}

impl Size {
    /// A size that can be drawn on: what is no number or negative counts as nothing, and a ratio of nothing as one.
    #[must_use]
    pub fn new(width: f64, height: f64, pixel_ratio: f64) -> Self {
        let length = |value: f64| if value.is_finite() { value.max(0.0) } else { 0.0 };
        Self { width: length(width), height: length(height), pixel_ratio: factor(pixel_ratio), text: 1.0 }
    }

    /// The same where text is so much larger than usual.
    #[must_use]
    pub fn with_text(self, text: f64) -> Self {
        Self { text: factor(text), ..self }
    }

    /// Room on the left for labels, in CSS pixels.
    #[must_use]
    pub fn room_left(&self) -> f64 {
        LEFT * self.text
    }

    /// Room below for the time axis.
    #[must_use]
    pub fn room_below(&self) -> f64 {
        BELOW * self.text
    }

    /// A length in whole device pixels.
    #[must_use]
    pub fn device(&self, css_pixels: f64) -> usize {
        whole(css_pixels * self.pixel_ratio, 1 << 15)
    }

    /// Where a device pixel begins, in CSS pixels.
    #[must_use]
    pub fn css(&self, device_pixels: usize) -> f64 {
        float(device_pixels) / self.pixel_ratio
    }
}

/// One for what no length can be multiplied with.
fn factor(value: f64) -> f64 {
    if value.is_finite() && value > 0.0 { value } else { 1.0 }
}

/// Which moments lie between which pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    /// The moment at the left end.
    pub from: SimTime,
    /// The moment at the right end.
    pub to: SimTime,
    /// The left end, in CSS pixels.
    pub left: f64,
    /// The right end, not before the left.
    pub right: f64,
    /// How much larger than usual its labels are.
    text: f64,
}

impl TimeAxis {
    /// The axis of a picture of this size.
    #[must_use]
    pub fn new(from: SimTime, to: SimTime, size: Size) -> Self {
        let left = size.room_left();
        Self { from, to: to.max(from), left, right: (size.width - RIGHT).max(left), text: size.text }
    }

    /// Where a moment is, in CSS pixels; moments out of sight lie at the nearer end.
    #[must_use]
    pub fn x(&self, time: SimTime) -> f64 {
        let span = self.to.since(self.from).seconds();
        let part = if span > 0.0 { time.since(self.from).seconds() / span } else { 0.0 };
        self.left + part.min(1.0) * self.width()
    }

    /// The moment at a pixel; the nearer end for pixels beside the axis.
    #[must_use]
    pub fn time(&self, x: f64) -> SimTime {
        let part = (x - self.left) / self.width();
        let part = if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 };
        self.from + SimDuration::from_seconds(part * self.to.since(self.from).seconds())
    }

    /// Its length in CSS pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// How many labelled ticks have room on it.
    #[must_use]
    pub fn room_for_ticks(&self) -> usize {
        whole(self.width() / (64.0 * self.text), 20)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_moment_is_found_again_at_its_pixel(end in 1_u64..600_000_000, part in 0.0_f64..=1.0, width in 100.0_f64..4000.0) {
            let axis = TimeAxis::new(SimTime::ZERO, SimTime::from_micros(end), Size::new(width, 0.0, 1.0));
            let time = axis.time(axis.left + part * axis.width());
            let back = axis.time(axis.x(time));
            prop_assert!(time.since(back).micros() <= 1 && back.since(time).micros() <= 1);
        }

        #[test]
        fn any_pixel_at_all_has_a_moment_on_the_axis(x in any::<f64>(), width in any::<f64>(), end in any::<u32>()) {
            let to = SimTime::from_micros(end.into());
            let axis = TimeAxis::new(SimTime::ZERO, to, Size::new(width, 0.0, 0.0));
            prop_assert!(axis.time(x) <= to);
            prop_assert!(axis.x(axis.time(x)).is_finite());
        }
    }
}
