//! Work off the main thread: requests to workers, their responses, progress and cancellation.
//!
//! [`request`](pool::request) sends a [`Request`](lockstep_worker::message::Request) to a pool of
//! workers and returns the response; dropping its future cancels the work. [`handler`] does the
//! work, in a worker or, if the browser refuses workers, on the main thread. [`task`] is for work on
//! the main thread that must not block the browser. The package `lockstep-worker` has what a worker
//! needs.
//!
//! A worker runs the same WebAssembly program as the page: the page sends the compiled module to
//! `web/worker.js`, so nothing is fetched or compiled twice. Only the engine, which has SQLite, is a
//! program of its own; its worker loads it. This folder replaces the crate
//! `gloo-worker`, which cannot start a worker from a compiled module and uses `blob:` URLs, which
//! the page's Content-Security-Policy forbids.

pub mod handler;
pub mod pool;
pub mod run_marks;
pub mod task;
