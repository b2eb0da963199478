//! Handles requests, in a worker or on the main thread.

use js_sys::Array;
use lockstep_core::challenges::{CHALLENGES, Condition};
use lockstep_core::export::picture::svg;
use lockstep_core::export::{Format, trace_json};
use lockstep_core::model;
use lockstep_core::run::PIECE;
use lockstep_core::scenario::Scenario;
use lockstep_core::sweep::Sample;
use lockstep_core::time::SimTime;
use lockstep_core::trace::{Outcome, Trace, TraceIndex};
use lockstep_worker::Handled;
use lockstep_worker::message::{Imported, Request, Response};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

/// Size of the strings in which the parts of a file are collected, in bytes.
const PART_BYTES: usize = 1 << 20;

/// Handles requests one at a time and caches the latest run.
#[derive(Default)]
pub struct Handler {
    cached: Option<Rc<CachedRun>>,
    runs: u32,
}

/// A run with its lookup tables.
struct CachedRun {
    trace: Trace,
    index: TraceIndex,
}

impl lockstep_worker::Handler for Handler {
    async fn handle(&mut self, request: Request, file: Option<JsValue>, mut pause: impl AsyncFnMut(SimTime)) -> Handled {
        match self.try_handle(request, file, &mut pause).await {
            Ok(handled) => handled,
            Err(reason) => (Response::Refused(reason), None),
        }
    }

    fn take_runs(&mut self) -> u32 {
        std::mem::take(&mut self.runs)
    }
}

impl Handler {
    async fn try_handle(
        &mut self,
        request: Request,
        file: Option<JsValue>,
        pause: &mut impl AsyncFnMut(SimTime),
    ) -> Result<Handled, String> {
        Ok(match request {
            Request::Sample { scenario } => (Response::Sample(Sample::of(&self.run(&scenario, pause).await?)), None),
            Request::File { scenario, format } => {
                let run = self.cached_run(scenario, pause).await?;
                (Response::File, Some(write_file(&run, format)?))
            }
            Request::Picture { scenario, at, picture, frame } => {
                let run = self.cached_run(scenario, pause).await?;
                (Response::Picture(svg(&run.trace, &run.index, at, picture, &frame)), None)
            }
            Request::Conditions { scenario, challenges } => {
                let run = self.cached_run(scenario, pause).await?;
                (Response::Conditions(self.conditions(&run, &challenges, pause).await?), None)
            }
            Request::Import => {
                let imported = self.import(&text_of(file).await?, pause).await?;
                (Response::Import(imported), None)
            }
            Request::Version | Request::Check { .. } | Request::Script { .. } => {
                return Err("SQLite runs only in a worker, and this browser allows none.".to_owned());
            }
        })
    }

    async fn run(&mut self, scenario: &Scenario, pause: &mut impl AsyncFnMut(SimTime)) -> Result<Trace, String> {
        self.runs += 1;
        model::run_in_pieces(scenario, PIECE, pause).await.map_err(|refusal| refusal.to_string())
    }

    async fn cached_run(&mut self, scenario: Scenario, pause: &mut impl AsyncFnMut(SimTime)) -> Result<Rc<CachedRun>, String> {
        if let Some(cached) = self.cached.as_ref().filter(|cached| cached.trace.scenario == scenario) {
            return Ok(cached.clone());
        }
        // Frees the memory of the old run before the new one is computed: a run of 10 000 tasks is
        // large.
        self.cached = None;
        let trace = self.run(&scenario, pause).await?;
        let end = trace.end();
        let index = TraceIndex::build_in_pieces(&trace, async || pause(end).await).await;
        let cached = Rc::new(CachedRun { index, trace });
        self.cached = Some(cached.clone());
        Ok(cached)
    }

    async fn conditions(
        &mut self,
        run: &CachedRun,
        names: &[String],
        pause: &mut impl AsyncFnMut(SimTime),
    ) -> Result<Vec<(String, Vec<Condition>)>, String> {
        let mut conditions = Vec::new();
        for challenge in CHALLENGES.into_iter().filter(|challenge| names.iter().any(|name| name == challenge.name)) {
            let rival = match challenge.comparison(&run.trace.scenario) {
                Some(rival) => Some(Outcome::of(&self.run(&rival, pause).await?)),
                None => None,
            };
            conditions.push((challenge.name.to_owned(), challenge.conditions(&run.trace, &run.index, rival.as_ref())));
        }
        Ok(conditions)
    }

    async fn import(&mut self, text: &str, pause: &mut impl AsyncFnMut(SimTime)) -> Result<Imported, String> {
        let in_file = trace_json::read(text).map_err(|problem| format!("this is not a trace file of Lockstep: {problem}."))?;
        let (scenario, digest_in_file) = (in_file.scenario.clone(), trace_json::digest_text(&in_file));
        drop(in_file);
        let here = self.run(&scenario, pause).await;
        Ok(Imported { scenario, digest_in_file, digest_here: here.map(|trace| trace_json::digest_text(&trace)) })
    }
}

async fn text_of(file: Option<JsValue>) -> Result<String, String> {
    let unreadable = || "the browser cannot read this file.".to_owned();
    let file: Blob = file.and_then(|file| file.dyn_into().ok()).ok_or_else(unreadable)?;
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    text.ok_or_else(unreadable)
}

fn write_file(run: &CachedRun, format: Format) -> Result<JsValue, String> {
    let (parts, mut part) = (Array::new(), String::new());
    for line in format.lines(&run.trace, &run.index) {
        part += &line;
        if part.len() >= PART_BYTES {
            parts.push(&std::mem::take(&mut part).into());
        }
    }
    parts.push(&part.into());
    let options = BlobPropertyBag::new();
    options.set_type(format.media_type());
    let file = Blob::new_with_str_sequence_and_options(&parts, &options);
    file.map(JsValue::from).map_err(|_| "This browser cannot make files.".to_owned())
}
