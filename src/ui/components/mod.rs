//! The parts of the page, one file each: data comes down by props, actions go up by the dispatcher in the context.

pub mod answers;
pub mod colophon;
pub mod console_view;
pub mod controls;
pub mod icon;
pub mod lanes;
pub mod legend;
pub mod masthead;
pub mod notes;
pub mod number_field;
pub mod picture;
pub mod playback_bar;
pub mod player;
pub mod poll_clock;
pub mod prediction;
pub mod program_view;
pub mod range_field;
pub mod result;
pub mod rows_chart;
pub mod scenario_link;
pub mod select_field;
pub mod stage;
