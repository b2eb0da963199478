//! Tasks on the main thread that can be aborted and that yield to the browser.

use futures_util::future::{AbortHandle, abortable};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

/// Aborts its task at the next `await` when dropped.
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

/// Limits how often a task yields to the browser, because browsers delay each timer by about 4 ms.
#[derive(Debug)]
pub struct YieldTimer {
    started: f64,
    last: f64,
}

impl YieldTimer {
    /// Milliseconds of work between two yields. Together with the browser's work for a frame this
    /// stays below 50 ms.
    const WORK_MS: f64 = 12.0;

    /// Starts the timer.
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

    /// Yields to the browser if [`YieldTimer::is_due`].
    pub async fn yield_if_due(&mut self) {
        if self.is_due() {
            yield_to_browser().await;
            self.last = now();
        }
    }
}

/// Milliseconds on the browser's monotonic clock; always zero if the browser has none.
fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// Lets the browser handle input, timers and painting before the task continues.
pub async fn yield_to_browser() {
    TimeoutFuture::new(0).await;
}
