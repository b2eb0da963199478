//! Work off the page's thread: requests to workers, their responses, progress and cancellation.
//!
//! [`request`](pool::request) sends a [`Request`](message::Request) to a pool of workers and gives the
//! [`Response`](message::Response); dropping it cancels the work. [`handler`] does the work, in a worker ([`worker`]) or, where no
//! worker can start, on the page's thread. [`task`] is for work of the page itself that must not hold the browser.
//!
//! A worker runs the page's own program: `web/worker.js` is given the compiled module, so nothing is fetched or compiled twice.
//! The crate `gloo-worker` cannot start a worker from a compiled module, and starts its workers from a `blob:` address, which the
//! page's Content-Security-Policy refuses; that is why this folder exists.

pub mod handler;
pub mod message;
pub mod pool;
pub mod run_marks;
pub mod task;
pub mod worker;
