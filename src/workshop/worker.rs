//! The workshop's program as a worker: it runs what it is told, one run after another, and tells what came of each.
//! `web/sweep_worker.js` starts it.

use crate::sweep::job;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// What a worker says when it is ready for its first run.
pub const READY: &str = "ready";

/// Listens for runs for as long as the worker lives.
pub(super) fn listen() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let told = scope.clone();
    let asked = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            tell(&told, &job::answer(&text));
        }
    });
    scope.set_onmessage(Some(asked.as_ref().unchecked_ref()));
    asked.forget();
    tell(&scope, READY);
}

fn tell(scope: &DedicatedWorkerGlobalScope, text: &str) {
    // Text can always be sent.
    let _ = scope.post_message(&text.into());
}
