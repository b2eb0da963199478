//! The Python program of a scenario: what the model runs, what the page shows and what can be run for real.
//!
//! [`source`] writes its text, [`place`] says at which line of it a task stands, [`console`] what it has printed. All three are
//! pure; the last two read nothing but a trace. The program is the one of the question, by Ali Safapour.

pub mod console;
pub mod place;
pub mod source;

pub use console::Console;
pub use place::{Place, place_at, places};
pub use source::{Source, Step};
