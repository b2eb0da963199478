//! The Python program of a scenario: what the model runs, what the page shows and what can be run for real.
//!
//! [`source`] writes its text, [`mod@measuring`] makes of it a file that measures a real run, [`place`] says at which line of it a task
//! stands, [`console`] what it has printed. All are pure; the last two read nothing but a trace. The program is the one of the question, by Ali Safapour.

pub mod console;
pub mod measuring;
pub mod place;
pub mod source;

pub use console::Console;
pub use measuring::measuring;
pub use place::{Place, place_at, places, places_in};
pub use source::{Source, Step};
