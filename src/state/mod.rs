//! The state of the page and everything that can change it. Pure: the browser sends actions and shows the state.

pub mod action;
pub mod guard;
pub mod moment;
pub mod present;
pub mod run;
pub mod workbench;
