//! The panels below the pictures: event loop, lock, task, program and console.

pub mod console;
pub mod event_loop;
pub mod lock;
pub mod panel;
pub mod program;
pub mod task;
