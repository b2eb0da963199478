//! A worker for one reader who waits: it works out the run that the page shows, keeps it, and answers what is asked about it, while the
//! page goes on. Where there can be no worker the page itself answers.
//!
//! A question is text: its kind, the run as a link has it, and whatever else it needs, a line each; no run of a sweep has two
//! lines. [`questions`] has the kinds.

pub(super) mod questions;

use super::worker::READY;
use crate::background::under_way::breathe;
use crate::sections::sweep::pool::program;
use js_sys::{Function, Promise};
use std::cell::RefCell;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// A question and whom to tell the answer.
struct Question {
    text: String,
    tell: Function,
}

#[derive(Default)]
struct Desk {
    /// The first of them is being answered, once the worker is ready.
    questions: Vec<Question>,
    worker: Option<Worker>,
    is_ready: bool,
}

/// The answer to a question; undefined if another of its kind came before it was begun, since nobody waits for it any more.
pub(super) async fn ask(text: String) -> JsValue {
    let has_worker = DESK.with_borrow_mut(|desk| desk.worker.is_some() || desk.begin().is_ok());
    if !has_worker {
        breathe().await;
        return questions::answer(&text);
    }
    let promise = Promise::new(&mut |tell, _| DESK.with_borrow_mut(|desk| desk.put(Question { text: text.clone(), tell })));
    JsFuture::from(promise).await.unwrap_or(JsValue::UNDEFINED)
}

impl Desk {
    fn put(&mut self, question: Question) {
        let kind = questions::kind(&question.text);
        let begun = usize::from(self.is_ready);
        let is_old = |other: &Question| !questions::is_for_each(kind) && questions::kind(&other.text) == kind;
        let out_of_date = |(place, other): (usize, &Question)| place >= begun && is_old(other);
        if let Some(place) = self.questions.iter().enumerate().position(out_of_date) {
            tell(&self.questions.remove(place), &JsValue::UNDEFINED);
        }
        self.questions.push(question);
        if self.is_ready && self.questions.len() == 1 {
            self.send();
        }
    }

    fn send(&self) {
        if let (Some(worker), Some(question)) = (&self.worker, self.questions.first()) {
            // Text can always be sent.
            let _ = worker.post_message(&question.text.as_str().into());
        }
    }

    fn begin(&mut self) -> Result<(), JsValue> {
        let folder = super::folder();
        let worker = Worker::new(&[&folder, "sweep_worker.js"].concat())?;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| heard(&event.data()));
        let failed = Closure::<dyn FnMut()>::new(failed);
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        worker.post_message(&program(&folder)?)?;
        // It lives as long as the page.
        heard.forget();
        failed.forget();
        self.worker = Some(worker);
        Ok(())
    }
}

fn heard(answer: &JsValue) {
    DESK.with_borrow_mut(|desk| {
        if answer.as_string().as_deref() == Some(READY) {
            desk.is_ready = true;
        } else {
            // Nobody has asked, where a worker says more than it was asked for.
            desk.questions.drain(..desk.questions.len().min(1)).for_each(|question| tell(&question, answer));
        }
        desk.send();
    });
}

/// A worker that cannot be started, or did not come back, answers nothing: the page does.
fn failed() {
    let left = DESK.with_borrow_mut(std::mem::take);
    if let Some(worker) = left.worker {
        worker.terminate();
    }
    for question in left.questions {
        let answer = questions::answer(&question.text);
        tell(&question, &answer);
    }
}

fn tell(question: &Question, answer: &JsValue) {
    // It only settles a promise.
    let _ = question.tell.call1(&JsValue::NULL, answer);
}
