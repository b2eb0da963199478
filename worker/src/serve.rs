//! The loop in a worker: handles requests one at a time. `web/worker.js` starts the program.

use crate::message::{FromWorker, Refusal, from_js, to_js};
use futures_channel::mpsc::{UnboundedSender, unbounded};
use futures_util::StreamExt;
use gloo_events::EventListener;
use lockstep_core::time::SimTime;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Handles requests.
pub trait Handler {
    /// The requests.
    type Request: DeserializeOwned + 'static;
    /// The responses.
    type Response: Refusal + Serialize + 'static;

    /// Handles `request` with its accompanying file, and returns the response and the file that
    /// accompanies it. Awaits `pause` between the pieces of a long run, with the simulated time that
    /// the run has reached.
    fn handle(
        &mut self,
        request: Self::Request,
        file: Option<JsValue>,
        pause: impl AsyncFnMut(SimTime),
    ) -> impl Future<Output = (Self::Response, Option<JsValue>)>;

    /// The number of runs computed since the last call.
    fn take_runs(&mut self) -> u32;
}

/// Handles requests until the worker is terminated.
pub fn serve<H: Handler + 'static>(mut handler: H) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let (sender, mut requests) = unbounded();
    listen::<H>(&scope, sender);
    spawn_local(async move {
        while let Some((request, file)) = requests.next().await {
            let progress = async |reached| send(&FromWorker::<()>::Progress(reached), None);
            let (response, file) = handler.handle(request, file, progress).await;
            send(&FromWorker::Done { response, runs: handler.take_runs() }, file);
        }
    });
    send(&FromWorker::<()>::Ready, None);
}

/// Reports a panic to the page.
pub fn report_panic(message: &str) {
    send(&FromWorker::<()>::Panicked(message.to_owned()), None);
}

fn listen<H: Handler>(scope: &DedicatedWorkerGlobalScope, sender: UnboundedSender<(H::Request, Option<JsValue>)>) {
    let listener = EventListener::new(scope, "message", move |event| {
        let event: &MessageEvent = event.unchecked_ref();
        match from_js::<H::Request>(&event.data()) {
            // It cannot fail: the receiver lives as long as the worker.
            Some(request) => drop(sender.unbounded_send(request)),
            None => send(&FromWorker::Done { response: version_mismatch::<H::Response>(), runs: 0 }, None),
        }
    });
    listener.forget();
}

fn version_mismatch<R: Refusal>() -> R {
    R::refused("The worker and the page have different versions. Reload the page.".to_owned())
}

fn send(message: &impl Serialize, file: Option<JsValue>) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // It fails only for values that cannot be cloned; text and files can.
    let _ = scope.post_message(&to_js(message, file));
}
