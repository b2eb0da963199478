//! The workshop's program as a worker: it runs what it is told, one run after another, and tells what came of each.
//! `web/sweep_worker.js` starts it.

use super::clerk::questions;
use lockstep_core::sweep::job;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// What a worker says when it is ready for its first run.
pub const READY: &str = "ready";

/// Listens for runs for as long as the worker lives.
pub(super) fn listen() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let told = scope.clone();
    let asked = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            // A run of a sweep is one line.
            let answer = if text.contains('\n') { questions::answer(&text) } else { job::answer(&text).into() };
            tell(&told, &answer);
        }
    });
    scope.set_onmessage(Some(asked.as_ref().unchecked_ref()));
    asked.forget();
    tell(&scope, &READY.into());
}

fn tell(scope: &DedicatedWorkerGlobalScope, answer: &JsValue) {
    // Text and files can always be sent.
    let _ = scope.post_message(answer);
}
