//! The stage: the pictures of the run at the playhead, the playback bar, and the result.

mod check;
pub mod dial;
pub mod icon;
pub mod lanes;
pub mod lanes_panel;
pub mod legend;
pub mod measured;
pub mod measured_clock;
pub mod notes;
pub mod overview;
pub mod picture;
pub mod pictures;
pub mod playback_bar;
pub mod player;
pub mod poll_clock;
pub mod prediction;
pub mod props;
pub mod result;
pub mod rows_chart;
