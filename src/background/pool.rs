//! The pool of workers: assigns requests to workers and handles cancellation and failures.

use super::handler::Handler;
use super::run_marks;
use super::task::{YieldTimer, yield_to_browser};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Object, Reflect};
use lockstep_core::time::SimTime;
use lockstep_worker::Handler as _;
use lockstep_worker::message::{FromWorker, Request, Response, WorkerKind, from_js, to_js};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, MessageEvent, Url, Worker};

/// Upper bound on the workers of one kind: more would only compete for memory.
const MAX_WORKERS: u32 = 4;
/// An idle worker is terminated after this time; the next request often follows immediately.
const IDLE_MS: u32 = 500;
/// A worker with a cached run gets this long to finish a cancelled request before it is terminated.
const GRACE_MS: u32 = 200;

thread_local! {
    static POOL: RefCell<Pool> = RefCell::default();
}

#[derive(Default)]
struct Pool {
    queue: VecDeque<Job>,
    workers: Vec<PoolWorker>,
    next_id: u64,
    /// Whether the browser refuses workers. The main thread then handles the requests.
    workers_refused: bool,
    /// Whether the main thread is handling requests.
    main_thread_busy: bool,
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
    kind: WorkerKind,
    worker: Worker,
    is_ready: bool,
    job: Option<Job>,
    _listeners: [EventListener; 2],
    _termination: Option<Timeout>,
}

impl Drop for PoolWorker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Sends `request` to a worker and waits for its response and the accompanying file. Dropping the
/// future cancels the request. During a long run, `on_progress` is called with the simulated time
/// that the run has reached.
pub async fn request(request: Request, file: Option<JsValue>, on_progress: impl Fn(SimTime) + 'static) -> Handled {
    if request.worker_kind() == WorkerKind::Engine && !has_engine() {
        return (Response::Refused("This page was built without SQLite.".to_owned()), None);
    }
    let (result, response) = oneshot::channel();
    let id = with_pool(|pool| {
        let id = pool.new_id();
        pool.queue.push_back(Job { id, request, file, on_progress: Rc::new(on_progress), result });
        id
    });
    let _cancel = CancelOnDrop(id);
    response.await.unwrap_or_else(|_| (Response::Refused("The request was cancelled.".to_owned()), None))
}

/// Whether this build of the page has the engine, the program with SQLite.
#[must_use]
pub fn has_engine() -> bool {
    start_tag().is_some_and(|tag| tag.has_attribute(ENGINE_PROGRAM))
}

/// The number of requests of [`WorkerKind::Parallel`] that run in parallel: all cores but one,
/// which is left to the page; from 1 to 4.
#[must_use]
pub fn parallel() -> u32 {
    let cores = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    (2..=MAX_WORKERS).take_while(|count| f64::from(*count) < cores).last().unwrap_or(1)
}

struct CancelOnDrop(u64);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        with_pool(|pool| pool.cancel(self.0));
    }
}

/// Changes the pool, then assigns queued requests to idle workers.
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
        for kind in [WorkerKind::Cached, WorkerKind::Parallel, WorkerKind::Engine] {
            while let Some(worker) = self.workers.iter_mut().find(|worker| worker.is_idle(kind)) {
                let Some(job) = take_next(&mut self.queue, kind) else { break };
                worker.send(job);
            }
            self.start_workers(kind);
        }
        if self.workers_refused && !self.main_thread_busy && !self.queue.is_empty() {
            self.main_thread_busy = true;
            spawn_local(handle_on_main_thread());
        }
    }

    /// Starts one worker for each queued request, counting those that are starting already, up to
    /// the limit of that kind.
    fn start_workers(&mut self, kind: WorkerKind) {
        let of_kind = || self.workers.iter().filter(|worker| worker.kind == kind);
        let queued = self.queue.iter().filter(|job| job.request.worker_kind() == kind).count();
        let starting = of_kind().filter(|worker| !worker.is_ready).count();
        let available = (max_workers(kind) as usize).saturating_sub(of_kind().count());
        for _ in 0..queued.saturating_sub(starting).min(available) {
            if self.workers_refused {
                return;
            }
            let id = self.new_id();
            match PoolWorker::start(id, kind) {
                Ok(worker) => self.workers.push(worker),
                Err(_) => self.workers_refused = true,
            }
        }
    }

    fn on_progress(&self, id: u64) -> Option<Rc<dyn Fn(SimTime)>> {
        self.workers.iter().find(|worker| worker.id == id)?.job.as_ref().map(|job| job.on_progress.clone())
    }

    fn handle_message(&mut self, id: u64, message: FromWorker, file: Option<JsValue>) {
        let Some(worker) = self.workers.iter_mut().find(|worker| worker.id == id) else { return };
        match message {
            FromWorker::Ready => worker.is_ready = true,
            FromWorker::Progress(_) => {}
            FromWorker::Done { response, runs } => {
                run_marks::mark(run_marks::IN_WORKER, runs);
                let job = worker.job.take();
                let was_check = job.as_ref().is_some_and(|job| matches!(job.request, Request::Check { .. }));
                worker.terminate_when_idle(was_check);
                finish(job, (response, file));
            }
            FromWorker::Panicked(message) => {
                let job = self.remove(id);
                finish(job, (Response::Refused(format!("The program stopped with an error: {message}")), None));
            }
        }
    }

    /// Handles an error event. A worker that fails before it is ready means that the browser
    /// refuses workers, or that the engine cannot be loaded; a later failure is probably a lack of
    /// memory.
    fn fail(&mut self, id: u64) {
        let Some(worker) = self.workers.iter().find(|worker| worker.id == id) else { return };
        let (was_ready, kind) = (worker.is_ready, worker.kind);
        let job = self.remove(id);
        if was_ready {
            finish(job, (Response::Refused("The worker failed; the run may need too much memory.".to_owned()), None));
        } else if kind == WorkerKind::Engine {
            while let Some(job) = take_next(&mut self.queue, kind) {
                finish(Some(job), (Response::Refused("SQLite could not be loaded. Is the network down?".to_owned()), None));
            }
        } else {
            self.workers_refused = true;
        }
    }

    fn cancel(&mut self, id: u64) {
        self.queue.retain(|job| job.id != id);
        let has_job = move |worker: &PoolWorker| worker.job.as_ref().is_some_and(|job| job.id == id);
        let Some(worker) = self.workers.iter_mut().find(|worker| has_job(worker)) else { return };
        let worker_id = worker.id;
        match worker.kind {
            WorkerKind::Parallel => drop(self.remove(worker_id)),
            WorkerKind::Cached | WorkerKind::Engine => {
                // The worker may still report progress until it ends.
                if let Some(job) = worker.job.as_mut() {
                    job.on_progress = Rc::new(|_| {});
                }
                worker._termination = Some(Timeout::new(GRACE_MS, move || {
                    with_pool(|pool| {
                        if pool.workers.iter().any(|worker| worker.id == worker_id && has_job(worker)) {
                            drop(pool.remove(worker_id));
                        }
                    });
                }));
            }
        }
    }

    /// Terminates a worker and returns its unfinished request.
    fn remove(&mut self, id: u64) -> Option<Job> {
        let index = self.workers.iter().position(|worker| worker.id == id)?;
        self.workers.swap_remove(index).job.take()
    }
}

fn max_workers(kind: WorkerKind) -> u32 {
    match kind {
        WorkerKind::Cached => 1,
        WorkerKind::Parallel => parallel(),
        // The terminals answer while a run is checked.
        WorkerKind::Engine => 2,
    }
}

impl PoolWorker {
    fn start(id: u64, kind: WorkerKind) -> Result<Self, JsValue> {
        let tag = start_tag().ok_or(JsValue::UNDEFINED)?;
        let worker = Worker::new(&worker_url(&tag, kind))?;
        let message = EventListener::new(&worker, "message", move |event| {
            let event: &MessageEvent = event.unchecked_ref();
            match from_js(&event.data()) {
                Some((FromWorker::Progress(reached), _)) => {
                    // Called while the pool is not borrowed, because it may send a request.
                    if let Some(on_progress) = with_pool(|pool| pool.on_progress(id)) {
                        on_progress(reached);
                    }
                }
                Some((message, file)) => with_pool(|pool| pool.handle_message(id, message, file)),
                None => {}
            }
        });
        let error = EventListener::new(&worker, "error", move |_| with_pool(|pool| pool.fail(id)));
        worker.post_message(&start_message(&tag, kind)?)?;
        Ok(Self { id, kind, worker, is_ready: false, job: None, _listeners: [message, error], _termination: None })
    }

    fn is_idle(&self, kind: WorkerKind) -> bool {
        self.kind == kind && self.is_ready && self.job.is_none()
    }

    fn send(&mut self, job: Job) {
        self._termination = None;
        // It fails only for values that cannot be cloned; text and files can.
        let _ = self.worker.post_message(&to_js(&job.request, job.file.clone()));
        self.job = Some(job);
    }

    /// Workers of [`WorkerKind::Parallel`] cache nothing, so an idle one only takes memory. A check
    /// of a large run takes memory that a worker never gives back.
    fn terminate_when_idle(&mut self, was_check: bool) {
        let id = self.id;
        self._termination = (was_check || self.kind == WorkerKind::Parallel).then(|| {
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

fn take_next(queue: &mut VecDeque<Job>, kind: WorkerKind) -> Option<Job> {
    let index = queue.iter().position(|job| job.request.worker_kind() == kind)?;
    queue.remove(index)
}

fn finish(job: Option<Job>, handled: Handled) {
    if let Some(job) = job {
        // The receiver is gone if the request was cancelled.
        let _ = job.result.send(handled);
    }
}

/// Handles the queued requests on the main thread, one at a time, and yields to the browser between
/// pieces.
async fn handle_on_main_thread() {
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
    POOL.with_borrow_mut(|pool| pool.main_thread_busy = false);
}

/// The result of `work`; `None` if the receiver is dropped first.
async fn unless_cancelled<T>(work: impl Future<Output = T>, result: &mut oneshot::Sender<T>) -> Option<T> {
    match select(pin!(work), result.cancellation()).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}

/// The attribute of the start tag with the URL of the engine's program. A build without the engine
/// does not have it.
const ENGINE_PROGRAM: &str = "data-engine-wasm";

/// The script tag with the URLs of the worker's script, `data-worker`, and of the program's script,
/// `data-script`.
fn start_tag() -> Option<Element> {
    web_sys::window()?.document()?.query_selector("script[data-worker]").ok()?
}

/// The URL of the script in a worker. In the one file it includes the program's script, so the engine
/// has its own.
fn worker_url(tag: &Element, kind: WorkerKind) -> String {
    let of_engine = || tag.get_attribute("data-engine-worker").filter(|_| kind == WorkerKind::Engine);
    of_engine().or_else(|| tag.get_attribute("data-worker")).unwrap_or_default()
}

/// The message that starts `web/worker.js`: the URL of the program's script, if the worker's script
/// does not include it, and the program. The page's own program is already compiled; the engine is
/// loaded by its worker.
fn start_message(tag: &Element, kind: WorkerKind) -> Result<JsValue, JsValue> {
    let (script, program) = match kind {
        WorkerKind::Engine => (absolute(tag, "data-engine-script")?, absolute(tag, ENGINE_PROGRAM)?),
        WorkerKind::Cached | WorkerKind::Parallel => (tag.get_attribute("data-script").into(), wasm_bindgen::module()),
    };
    let message = Object::new();
    Reflect::set(&message, &"script".into(), &script)?;
    Reflect::set(&message, &"program".into(), &program)?;
    Ok(message.into())
}

/// The URL in an attribute, if it is there. A worker would resolve it against the URL of its own
/// script.
fn absolute(tag: &Element, attribute: &str) -> Result<JsValue, JsValue> {
    let Some(url) = tag.get_attribute(attribute) else { return Ok(JsValue::UNDEFINED) };
    Ok(Url::new_with_base(&url, &tag.base_uri()?.unwrap_or_default())?.href().into())
}
