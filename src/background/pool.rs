//! The pool of workers: which worker serves which request, and what happens when it is cancelled or fails.

use super::handler::Handler;
use super::message::{FromWorker, Lane, Request, Response, from_js, to_js};
use super::run_marks;
use super::task::{YieldTimer, yield_to_browser};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Object, Reflect};
use lockstep_core::time::SimTime;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, MessageEvent, Worker};

/// More workers would only compete for memory.
const MOST_WORKERS: u32 = 4;
/// A worker without work is kept this long, because the next request often follows at once.
const IDLE_MS: u32 = 500;
/// A cancelled request whose worker keeps a run may take this long to end by itself; then the worker is terminated.
const GRACE_MS: u32 = 200;

thread_local! {
    static POOL: RefCell<Pool> = RefCell::default();
}

#[derive(Default)]
struct Pool {
    queue: VecDeque<Job>,
    workers: Vec<PoolWorker>,
    next_id: u64,
    /// Whether the browser refuses workers. The page's thread then handles the requests.
    refused: bool,
    /// Whether the page's thread is handling a request.
    busy_here: bool,
}

struct Job {
    id: u64,
    request: Request,
    file: Option<JsValue>,
    on_progress: Rc<dyn Fn(SimTime)>,
    result: oneshot::Sender<Handled>,
}

type Handled = (Response, Option<JsValue>);

/// A worker; dropping it terminates it.
struct PoolWorker {
    id: u64,
    lane: Lane,
    worker: Worker,
    is_ready: bool,
    job: Option<Job>,
    _listeners: [EventListener; 2],
    _end: Option<Timeout>,
}

impl Drop for PoolWorker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Sends `request` to a worker and waits for its response and the file beside it. Dropping the future cancels the request: nothing
/// is left running. `on_progress` is called with the simulated time that the run has reached, if it takes long.
pub async fn request(request: Request, file: Option<JsValue>, on_progress: impl Fn(SimTime) + 'static) -> Handled {
    let (result, response) = oneshot::channel();
    let id = with_pool(|pool| {
        let id = pool.new_id();
        pool.queue.push_back(Job { id, request, file, on_progress: Rc::new(on_progress), result });
        id
    });
    let _cancel = CancelOnDrop(id);
    response.await.unwrap_or_else(|_| (Response::Refused("The work was cancelled.".to_owned()), None))
}

/// The number of requests of [`Lane::ManyRuns`] that run at a time: the cores beside the one that paints, at most four.
#[must_use]
pub fn parallel() -> u32 {
    let cores = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    (2..=MOST_WORKERS).take_while(|count| f64::from(*count) < cores).last().unwrap_or(1)
}

struct CancelOnDrop(u64);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        with_pool(|pool| pool.cancel(self.0));
    }
}

/// Changes the pool, then gives waiting requests to idle workers.
fn with_pool<T>(change: impl FnOnce(&mut Pool) -> T) -> T {
    POOL.with_borrow_mut(|pool| {
        let result = change(pool);
        pool.assign();
        result
    })
}

impl Pool {
    const fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    fn assign(&mut self) {
        for lane in [Lane::KeptRun, Lane::ManyRuns] {
            while let Some(worker) = self.workers.iter_mut().find(|worker| worker.is_idle(lane)) {
                let Some(job) = take_next(&mut self.queue, lane) else { break };
                worker.send(job);
            }
            self.start_workers(lane);
        }
        if self.refused && !self.busy_here && !self.queue.is_empty() {
            self.busy_here = true;
            spawn_local(handle_here());
        }
    }

    /// Starts a worker for each request that no starting worker will take, up to the lane's limit.
    fn start_workers(&mut self, lane: Lane) {
        let of_lane = || self.workers.iter().filter(|worker| worker.lane == lane);
        let waiting = self.queue.iter().filter(|job| job.request.lane() == lane).count();
        let starting = of_lane().filter(|worker| !worker.is_ready).count();
        let room = (lane.most_workers() as usize).saturating_sub(of_lane().count());
        for _ in 0..waiting.saturating_sub(starting).min(room) {
            if self.refused {
                return;
            }
            let id = self.new_id();
            match PoolWorker::start(id, lane) {
                Ok(worker) => self.workers.push(worker),
                Err(_) => self.refused = true,
            }
        }
    }

    fn on_progress(&self, id: u64) -> Option<Rc<dyn Fn(SimTime)>> {
        self.workers.iter().find(|worker| worker.id == id)?.job.as_ref().map(|job| job.on_progress.clone())
    }

    fn hear(&mut self, id: u64, message: FromWorker, file: Option<JsValue>) {
        let Some(worker) = self.workers.iter_mut().find(|worker| worker.id == id) else { return };
        match message {
            FromWorker::Ready => worker.is_ready = true,
            FromWorker::Progress(_) => {}
            FromWorker::Done { response, runs } => {
                run_marks::mark(run_marks::IN_WORKER, runs);
                let job = worker.job.take();
                worker.end_when_idle();
                finish(job, (response, file));
            }
            FromWorker::Panicked(message) => {
                let job = self.remove(id);
                finish(job, (Response::Refused(format!("The program stopped with an error: {message}")), None));
            }
        }
    }

    /// A worker that never got ready cannot be had here; one that did has run out of memory.
    fn fail(&mut self, id: u64) {
        let was_ready = self.workers.iter().any(|worker| worker.id == id && worker.is_ready);
        let job = self.remove(id);
        if was_ready {
            finish(job, (Response::Refused("The worker failed; the run may need too much memory.".to_owned()), None));
        } else {
            self.refused = true;
        }
    }

    fn cancel(&mut self, id: u64) {
        self.queue.retain(|job| job.id != id);
        let has_it = move |worker: &PoolWorker| worker.job.as_ref().is_some_and(|job| job.id == id);
        let Some(worker) = self.workers.iter_mut().find(|worker| has_it(worker)) else { return };
        let worker_id = worker.id;
        match worker.lane {
            Lane::ManyRuns => drop(self.remove(worker_id)),
            Lane::KeptRun => {
                worker._end = Some(Timeout::new(GRACE_MS, move || {
                    with_pool(|pool| {
                        if pool.workers.iter().any(|worker| worker.id == worker_id && has_it(worker)) {
                            drop(pool.remove(worker_id));
                        }
                    });
                }));
            }
        }
    }

    /// Terminates a worker; gives the request that it had.
    fn remove(&mut self, id: u64) -> Option<Job> {
        let index = self.workers.iter().position(|worker| worker.id == id)?;
        self.workers.swap_remove(index).job.take()
    }
}

impl Lane {
    fn most_workers(self) -> u32 {
        match self {
            Self::KeptRun => 1,
            Self::ManyRuns => parallel(),
        }
    }
}

impl PoolWorker {
    fn start(id: u64, lane: Lane) -> Result<Self, JsValue> {
        let start = start_tag().ok_or(JsValue::UNDEFINED)?;
        let worker = Worker::new(&start.get_attribute("data-worker").unwrap_or_default())?;
        let message = EventListener::new(&worker, "message", move |event| {
            let event: &MessageEvent = event.unchecked_ref();
            match from_js(&event.data()) {
                Some((FromWorker::Progress(reached), _)) => {
                    // Called outside of the pool, since it may send a request.
                    if let Some(on_progress) = with_pool(|pool| pool.on_progress(id)) {
                        on_progress(reached);
                    }
                }
                Some((message, file)) => with_pool(|pool| pool.hear(id, message, file)),
                None => {}
            }
        });
        let error = EventListener::new(&worker, "error", move |_| with_pool(|pool| pool.fail(id)));
        worker.post_message(&program(&start)?)?;
        Ok(Self { id, lane, worker, is_ready: false, job: None, _listeners: [message, error], _end: None })
    }

    fn is_idle(&self, lane: Lane) -> bool {
        self.lane == lane && self.is_ready && self.job.is_none()
    }

    fn send(&mut self, job: Job) {
        self._end = None;
        // It fails for values that cannot be copied; text and files can.
        let _ = self.worker.post_message(&to_js(&job.request, job.file.clone()));
        self.job = Some(job);
    }

    /// Workers of many runs keep nothing that is worth their memory.
    fn end_when_idle(&mut self) {
        let id = self.id;
        self._end = (self.lane == Lane::ManyRuns).then(|| {
            Timeout::new(IDLE_MS, move || {
                with_pool(|pool| {
                    if pool.workers.iter().any(|worker| worker.id == id && worker.job.is_none()) {
                        drop(pool.remove(id));
                    }
                });
            })
        });
    }
}

fn take_next(queue: &mut VecDeque<Job>, lane: Lane) -> Option<Job> {
    let index = queue.iter().position(|job| job.request.lane() == lane)?;
    queue.remove(index)
}

fn finish(job: Option<Job>, handled: Handled) {
    if let Some(job) = job {
        // The receiver is gone if the request was cancelled.
        let _ = job.result.send(handled);
    }
}

/// Handles the waiting requests on the page's thread, one after another, and yields to the browser between pieces.
async fn handle_here() {
    let mut handler = Handler::default();
    while let Some(mut job) = POOL.with_borrow_mut(|pool| pool.queue.pop_front()) {
        yield_to_browser().await;
        let on_progress = job.on_progress.clone();
        let mut timer = YieldTimer::start();
        let work = handler.handle(job.request, job.file, async |reached| {
            if timer.is_due() {
                on_progress(reached);
            }
            timer.yield_if_due().await;
        });
        let Some(handled) = unless_cancelled(work, &mut job.result).await else { continue };
        run_marks::mark(run_marks::ON_PAGE, handler.take_runs());
        let _ = job.result.send(handled);
    }
    POOL.with_borrow_mut(|pool| pool.busy_here = false);
}

/// The result of `work`; `None` if its receiver is dropped before.
async fn unless_cancelled<T>(work: impl Future<Output = T>, result: &mut oneshot::Sender<T>) -> Option<T> {
    match select(pin!(work), result.cancellation()).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}

/// The tag that has the addresses of the worker's script, `data-worker`, and of the program's script, `data-script`.
fn start_tag() -> Option<Element> {
    web_sys::window()?.document()?.query_selector("script[data-worker]").ok()?
}

/// What `web/worker.js` starts: the address of the program's script, and the program itself, compiled.
fn program(start: &Element) -> Result<JsValue, JsValue> {
    let message = Object::new();
    Reflect::set(&message, &"script".into(), &start.get_attribute("data-script").into())?;
    Reflect::set(&message, &"program".into(), &wasm_bindgen::module())?;
    Ok(message.into())
}
