//! The pictures as plain shapes: what to draw and where, worked out without a browser.
//!
//! Everything here is a pure function of a trace, a moment and a size, so that it can be tested as text. `ui::canvas` is the
//! only place that paints.

pub mod axis;
pub mod compare;
pub mod geometry;
pub mod lanes;
mod number;
pub mod palette;
pub mod poll_clock;
pub mod rows;
pub mod scene;
pub mod sweep;
pub mod viewport;
pub mod window;

pub use scene::{Anchor, Layer, Role, Scene, Shape, TextSize};
pub use viewport::{Size, TimeAxis};
pub use window::Window;
