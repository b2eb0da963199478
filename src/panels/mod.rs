//! The panels beside the pictures: event loop, lock, task, program, console.

pub mod console;
pub mod event_loop;
pub mod lock;
pub mod panel;
pub mod program;
pub mod task;
