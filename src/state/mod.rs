//! The state of the page and the actions that change it. No side effects: components dispatch
//! actions and render the state.

pub mod action;
pub mod guard;
pub mod moment;
pub mod present;
pub mod terminals;
pub mod workbench;
