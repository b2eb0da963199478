//! The pictures as plain shapes: what to draw and where, computed without a browser.
//!
//! Everything here is a pure function of a trace, a time and a size, so tests can compare it as
//! text. The page paints the shapes in `src/canvas.rs`.

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
