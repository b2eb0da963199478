//! The Python program of a scenario, which the model simulates, the page shows, and the user can
//! run.
//!
//! [`source`] writes its text, and [`mod@measuring`] writes a variant that measures a real run.
//! [`position`] computes from a trace the line at which a task is, and [`console`] the output. All
//! functions are pure. The program is that of the question, by Ali Safapour.

pub mod console;
pub mod measuring;
pub mod position;
pub mod source;

pub use console::Console;
pub use measuring::measuring_program;
pub use position::{Position, position_at, positions, positions_in};
pub use source::{Source, Step};
