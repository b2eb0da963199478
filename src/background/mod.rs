//! Work off the main thread: requests to workers, their responses, progress and cancellation.
//!
//! [`request`](pool::request) sends a [`Request`](message::Request) to a pool of workers and
//! returns the [`Response`](message::Response); dropping its future cancels the work. [`handler`]
//! does the work, in a worker ([`worker`]) or, if the browser refuses workers, on the main thread.
//! [`task`] is for work on the main thread that must not block the browser.
//!
//! A worker runs the same WebAssembly program as the page: the page sends the compiled module to
//! `web/worker.js`, so nothing is fetched or compiled twice. This folder replaces the crate
//! `gloo-worker`, which cannot start a worker from a compiled module and uses `blob:` URLs, which
//! the page's Content-Security-Policy forbids.

pub mod handler;
pub mod message;
pub mod pool;
pub mod run_marks;
pub mod task;
pub mod worker;
