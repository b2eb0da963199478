//! Everything that a URL can say: the run, a second run, the moment, the view, the page around it.
//!
//! A [`Link`] is plain data. [`names`] is the table of all names, [`read`] and [`mod@write`] go
//! through it; [`frame`], [`part`] and [`view`] are what the names mean, [`list`] and [`values`]
//! how values look as text, [`snippet`] what a teacher pastes.

pub mod frame;
pub mod list;
pub mod names;
pub mod part;
pub mod read;
#[cfg(test)]
mod round_trip;
pub mod snippet;
mod state;
#[cfg(test)]
mod tests;
pub mod values;
pub mod view;
pub mod write;

pub use frame::{Frame, Motion, Theme};
pub use list::slug;
pub use names::{Name, PAGE_NAMES, PageName};
pub use part::{Locks, Part};
pub use read::{in_address, preset_of, read_strictly};
pub use snippet::Snippet;
pub use state::Link;
pub use view::{DialOption, Panel, View};
