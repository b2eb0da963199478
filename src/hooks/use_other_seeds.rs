//! The range of results over several seeds: "20 seeds: 163–167 rows". Computed in workers after the
//! run is shown.

use crate::background::pool::{parallel, request};
use crate::background::task::AbortOnDrop;
use crate::hooks::SharedPresent;
use futures_util::{StreamExt, stream};
use gloo_timers::future::TimeoutFuture;
use lockstep_core::run::Run;
use lockstep_core::scenario::Scenario;
use lockstep_worker::message::{Request, Response};
use std::rc::Rc;
use yew::prelude::*;

/// Number of seeds, including the seed of the run.
const SEEDS: u32 = 20;
/// Other seeds are skipped for runs with more events than this, about 0.25 s in a browser.
const MAX_EVENTS: u64 = 400_000;
/// Delay, so that the page can paint its own run first.
const PAUSE_MS: u32 = 300;

/// The range of rows over [`SEEDS`] seeds; `None` until it is known, if the run is too long, and
/// until the prediction is answered.
#[hook]
pub fn use_other_seeds(present: &SharedPresent) -> Option<String> {
    let run = present.run.clone().filter(|run| !present.is_guessing && run.trace.simulated <= MAX_EVENTS);
    let digest = run.as_ref().map(|run| run.digest.clone());
    let known = use_state_eq(|| None::<(String, String)>);
    let setter = known.setter();
    use_effect_with(digest.clone(), move |_| {
        let task = run.map(|run| {
            AbortOnDrop::spawn(async move {
                TimeoutFuture::new(PAUSE_MS).await;
                if let Some(sentence) = sentence(&run).await {
                    setter.set(Some((run.digest.clone(), sentence)));
                }
            })
        });
        move || drop(task)
    });
    let (of_digest, sentence) = (*known).clone()?;
    (Some(of_digest) == digest).then_some(sentence)
}

async fn sentence(run: &Rc<Run>) -> Option<String> {
    let scenario = &run.trace.scenario;
    let requests = (1..SEEDS).map(|number| {
        let scenario = Scenario { seed: scenario.seed.wrapping_add(number), ..scenario.clone() };
        request(Request::Sample { scenario }, None, |_| {})
    });
    let responses: Vec<_> = stream::iter(requests).buffer_unordered(parallel() as usize).collect().await;
    let others = responses.into_iter().map(|(response, _)| match response {
        Response::Sample(sample) => Some(sample.rows),
        _ => None,
    });
    let rows: Vec<u32> = others.chain([Some(run.outcome.inserted())]).collect::<Option<_>>()?;
    let (least, most) = (rows.iter().min()?, rows.iter().max()?);
    let range = if least == most { format!("always {least}") } else { format!("{least}\u{2013}{most}") };
    Some(format!("{SEEDS} seeds: {range} rows"))
}
