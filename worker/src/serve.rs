//! The loop in a worker: handles requests one at a time. `web/worker.js` starts the program.

use crate::message::{FromWorker, Request, Response, from_js, to_js};
use futures_channel::mpsc::{UnboundedSender, unbounded};
use futures_util::StreamExt;
use gloo_events::EventListener;
use lockstep_core::time::SimTime;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// A response and the file that accompanies it.
pub type Handled = (Response, Option<JsValue>);

/// Handles requests.
pub trait Handler {
    /// Handles `request` with its accompanying file. Awaits `pause` between the pieces of a long
    /// run, with the simulated time that the run has reached.
    fn handle(
        &mut self,
        request: Request,
        file: Option<JsValue>,
        pause: impl AsyncFnMut(SimTime),
    ) -> impl Future<Output = Handled>;

    /// The number of runs computed since the last call.
    fn take_runs(&mut self) -> u32;
}

/// Handles requests until the worker is terminated.
pub fn serve(mut handler: impl Handler + 'static) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let (sender, mut requests) = unbounded();
    listen(&scope, sender);
    spawn_local(async move {
        while let Some((request, file)) = requests.next().await {
            let (response, file) =
                handler.handle(request, file, async |reached| send(&FromWorker::Progress(reached), None)).await;
            send(&FromWorker::Done { response, runs: handler.take_runs() }, file);
        }
    });
    send(&FromWorker::Ready, None);
}

/// Reports a panic to the page.
pub fn report_panic(message: &str) {
    send(&FromWorker::Panicked(message.to_owned()), None);
}

fn listen(scope: &DedicatedWorkerGlobalScope, sender: UnboundedSender<(Request, Option<JsValue>)>) {
    let listener = EventListener::new(scope, "message", move |event| {
        let event: &MessageEvent = event.unchecked_ref();
        match from_js::<Request>(&event.data()) {
            // It cannot fail: the receiver lives as long as the worker.
            Some(request) => drop(sender.unbounded_send(request)),
            None => send(&version_mismatch(), None),
        }
    });
    listener.forget();
}

fn version_mismatch() -> FromWorker {
    let response = Response::Refused("The worker and the page have different versions. Reload the page.".to_owned());
    FromWorker::Done { response, runs: 0 }
}

fn send(message: &FromWorker, file: Option<JsValue>) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    // It fails only for values that cannot be cloned; text and files can.
    let _ = scope.post_message(&to_js(message, file));
}
