//! The page: one wasm program, built from [`lockstep_core`] and Yew.

pub mod ui;
pub mod workshop;
