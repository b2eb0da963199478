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

/// Lets the browser handle input, timers and painting before the task goes on.
pub async fn yield_to_browser() {
    TimeoutFuture::new(0).await;
}
