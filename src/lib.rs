//! The web page: one WebAssembly program, built from [`lockstep_core`] and Yew.

pub mod app;
pub mod background;
pub mod canvas;
pub mod controls;
pub mod engine;
pub mod hooks;
pub mod panels;
pub mod panic;
pub mod sections;
pub mod stage;
pub mod state;
