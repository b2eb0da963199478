//! What the page and its workers have in common: [`message`] has the requests and responses,
//! [`serve`](serve()) is the loop that runs in a worker.

pub mod message;
mod serve;

pub use serve::{Handled, Handler, report_panic, serve};
