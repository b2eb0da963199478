//! Runs jobs in workers, several at a time, and where there can be no worker one after another in the page.
//!
//! A pool that is dropped ends its workers, whatever they are doing: that is how a sweep is cancelled.

use crate::sections::worker::READY;
use gloo_timers::callback::Timeout;
use js_sys::{Object, Reflect};
use lockstep_core::sweep::{Job, Sample, job};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};
use yew::Callback;

/// More would only queue for the memory.
const MOST_WORKERS: u32 = 4;

/// What a pool tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Told {
    /// A run is done, or refused.
    Answer(Job, Result<Sample, String>),
    /// No run is left.
    Finished,
}

/// Jobs that are being run.
pub(super) struct Pool {
    _workers: Vec<Hand>,
    desk: Rc<Desk>,
}

/// What the workers share.
struct Desk {
    waiting: RefCell<VecDeque<Job>>,
    /// Runs that somebody is at.
    taken: RefCell<usize>,
    told: Callback<Told>,
    /// The next run in the page itself, where there is no worker.
    here: RefCell<Option<Timeout>>,
}

/// A worker and what it is at.
struct Hand {
    worker: Worker,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut()>,
}

impl Pool {
    /// Begins with `jobs`; `folder` is the address of the workshop's files.
    pub(super) fn start(jobs: impl Iterator<Item = Job>, folder: &str, told: Callback<Told>) -> Self {
        let desk = Desk { waiting: RefCell::new(jobs.collect()), taken: RefCell::default(), told, here: RefCell::default() };
        let desk = Rc::new(desk);
        let workers: Vec<Hand> = (0..worker_count()).map_while(|_| Hand::begin(folder, &desk).ok()).collect();
        if workers.is_empty() {
            desk.run_here();
        }
        Self { _workers: workers, desk }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.desk.waiting.borrow_mut().clear();
        self.desk.here.take();
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// As many as there are cores beside the one that paints.
fn worker_count() -> u32 {
    let cores = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    (2..=MOST_WORKERS).take_while(|count| f64::from(*count) < cores).last().unwrap_or(1)
}

impl Desk {
    fn take(&self) -> Option<Job> {
        let job = self.waiting.borrow_mut().pop_front();
        *self.taken.borrow_mut() += usize::from(job.is_some());
        job
    }

    /// An answer has come. Where it is a refusal, the same value with another seed would be refused too.
    fn put(&self, job: Job, answer: &str) {
        let answer = job::read_answer(answer);
        if answer.is_err() {
            self.waiting.borrow_mut().retain(|other| other.place != job.place);
        }
        *self.taken.borrow_mut() -= 1;
        let is_last = *self.taken.borrow() == 0 && self.waiting.borrow().is_empty();
        self.told.emit(Told::Answer(job, answer));
        if is_last {
            self.told.emit(Told::Finished);
        }
    }

    /// One run at a time, with time between for the page.
    fn run_here(self: &Rc<Self>) {
        let desk = Rc::clone(self);
        let next = Timeout::new(0, move || {
            if let Some(job) = desk.take() {
                let answer = job::answer(&job.query);
                desk.put(job, &answer);
                desk.run_here();
            }
        });
        self.here.replace(Some(next));
    }
}

impl Hand {
    fn begin(folder: &str, desk: &Rc<Desk>) -> Result<Self, JsValue> {
        let worker = Worker::new(&[folder, "sweep_worker.js"].concat())?;
        let at = Rc::new(RefCell::new(None::<Job>));
        let heard = {
            let (worker, desk, at) = (worker.clone(), Rc::clone(desk), Rc::clone(&at));
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                // It goes on before anybody looks at what it has brought.
                let next = desk.take();
                if let Some(job) = &next {
                    // Text can always be sent.
                    let _ = worker.post_message(&job.query.as_str().into());
                }
                let done = at.replace(next);
                if let Some(job) = done.filter(|_| text != READY) {
                    desk.put(job, &text);
                }
            })
        };
        let failed = {
            let desk = Rc::clone(desk);
            Closure::<dyn FnMut()>::new(move || {
                if let Some(job) = at.take() {
                    desk.put(job, job::FAILED);
                }
                desk.run_here();
            })
        };
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        worker.post_message(&program(folder)?)?;
        Ok(Self { worker, _heard: heard, _failed: failed })
    }
}

/// What `sweep_worker.js` starts.
pub(in crate::sections) fn program(folder: &str) -> Result<JsValue, JsValue> {
    let message = Object::new();
    Reflect::set(&message, &"script".into(), &[folder, "workshop.js"].concat().into())?;
    Reflect::set(&message, &"program".into(), &wasm_bindgen::module())?;
    Ok(message.into())
}
