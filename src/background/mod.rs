//! Work beside the page.

pub mod seeds;
pub mod under_way;
