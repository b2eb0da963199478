//! Work on the page's own thread that can be aborted and that yields to the browser.

use futures_util::future::{AbortHandle, abortable};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

/// A task that is aborted at its next `await` when this is dropped.
#[derive(Debug)]
pub struct AbortOnDrop(AbortHandle);

impl AbortOnDrop {
    /// Starts `task`.
    #[must_use]
    pub fn spawn(task: impl Future<Output = ()> + 'static) -> Self {
        let (task, handle) = abortable(task);
        spawn_local(async move {
            // An aborted task has no result.
            let _aborted = task.await;
        });
        Self(handle)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Yields to the browser no more often than it needs: browsers delay each timer by some 4 ms.
#[derive(Debug)]
pub struct YieldTimer {
    started: f64,
    last: f64,
}

impl YieldTimer {
    /// Milliseconds of work between two yields: with what the browser has to do for a frame, less
    /// than 50 ms.
    const WORK_MS: f64 = 12.0;

    /// Starts to measure.
    #[must_use]
    pub fn start() -> Self {
        let now = now();
        Self { started: now, last: now }
    }

    /// Whether it is time to yield.
    #[must_use]
    pub fn is_due(&self) -> bool {
        now() - self.last >= Self::WORK_MS
    }

    /// Milliseconds since the start.
    #[must_use]
    pub fn elapsed_ms(&self) -> f64 {
        now() - self.started
    }

    /// Yields to the browser if it is time to.
    pub async fn yield_if_due(&mut self) {
        if self.is_due() {
            yield_to_browser().await;
            self.last = now();
        }
    }
}

/// Milliseconds on the browser's steady clock; always zero in a browser without one.
fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// Lets the browser handle input, timers and painting before the task goes on.
pub async fn yield_to_browser() {
    TimeoutFuture::new(0).await;
}
