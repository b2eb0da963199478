//! How a state of the page is given to others: what of the page they see and may change, and the texts to paste.
//!
//! [`frame`] is what a link says about the page around the run, [`names`] reads lists in links, [`snippet`] writes the link, the
//! iframe and the element. Nothing here knows the browser.

pub mod frame;
pub mod names;
pub mod snippet;

pub use frame::{Frame, Locks, Motion, Part, Theme};
pub use names::{Names, slug};
pub use snippet::Snippet;
