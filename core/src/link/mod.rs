//! The state of the page in a URL: the run, a second run, the time, the view and the frame.
//!
//! A [`Link`] is plain data.
//!
//! | module | |
//! |---|---|
//! | [`names`] | the table of all names in a query string |
//! | [`read`], [`mod@write`] | parse and write a link with that table |
//! | [`frame`], [`part`], [`view`] | the types that the names set |
//! | [`list`], [`values`] | parse and format values |
//! | [`snippet`] | HTML that a teacher can paste |

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
pub use read::{preset_of, query_in_address, read_strictly};
pub use snippet::Snippet;
pub use state::Link;
pub use view::{DialOption, Panel, View};
