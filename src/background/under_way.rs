//! Work that goes on beside everything else, and ends with the value that stands for it.

use futures_util::future::{AbortHandle, abortable};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;

/// Work under way; dropped, it is given up at its next pause.
#[derive(Debug)]
pub struct UnderWay(AbortHandle);

impl UnderWay {
    /// Begins it.
    #[must_use]
    pub fn begin(work: impl Future<Output = ()> + 'static) -> Self {
        let (work, handle) = abortable(work);
        spawn_local(async move {
            // Whoever has given it up wants nothing of it.
            let _given_up = work.await;
        });
        Self(handle)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A pause in which the browser comes to its own work, and to the reader's.
pub async fn breathe() {
    TimeoutFuture::new(0).await;
}
