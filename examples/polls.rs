//! Runs a scenario and prints every poll of the run as one JSON object, in the words of the measured log.
//!
//! ```text
//! cargo run --release --no-default-features --example polls -- "machine=linux-vm&tasks=100"
//! ```
//!
//! `connected`, `executed` and `committed` are `[task, seconds]`, when the coroutine saw the call return; `polls` are
//! `[thread, asked us, slept from us, woke at us]`, one for each sleep of the busy handler that ended before the gather did, in
//! order of waking. Threads have their tasks' numbers here; the measured log counts them in the order in which they first woke. Bad input gives a message on standard error, nothing on standard output, and exit code 2.

use lockstep_core::link;
use lockstep_core::model;
use lockstep_core::scenario::ScenarioError;
use lockstep_core::time::SimTime;
use lockstep_core::trace::{Answers, Call, Event, EventKind, TaskId, Trace};
use serde_json::{Value, json};
use std::process::ExitCode;

const USAGE: &str = "usage: polls \"machine=linux-vm&tasks=1000\"";

fn main() -> ExitCode {
    match polls(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(answer) => {
            println!("{answer}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn polls(words: &[String]) -> Result<Value, String> {
    let [text] = words else { return Err(USAGE.to_string()) };
    let lines = |errors: Vec<ScenarioError>| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let scenario = link::read_strictly(text, None).map_err(lines)?;
    let trace = model::run(&scenario).map_err(|error| error.to_string())?;
    let answers = answers(&trace);
    Ok(json!({
        "timeout": trace.scenario.timeout,
        "elapsed": trace.stopped_at(),
        "connected": seen(&answers, Call::Connect),
        "executed": seen(&answers, Call::Execute),
        "committed": seen(&answers, Call::Commit),
        "polls": sleeps(&trace),
    }))
}

/// Which answer reached which coroutine when.
fn answers(trace: &Trace) -> Vec<(Call, TaskId, SimTime)> {
    let mut waiting = Answers::new(trace.scenario.coroutines());
    let mut seen = Vec::new();
    for Event { at, task, kind } in &trace.events {
        seen.extend(waiting.read(*task, *kind).map(|call| (call, *task, *at)));
    }
    seen
}

fn seen(answers: &[(Call, TaskId, SimTime)], wanted: Call) -> Vec<Value> {
    let of_call = answers.iter().filter(|(call, ..)| *call == wanted);
    of_call.map(|(_, task, at)| json!([task, at])).collect()
}

fn sleeps(trace: &Trace) -> Vec<[u64; 4]> {
    let end = trace.stopped_at();
    let slept = trace.events.iter().filter_map(|event| match (event.kind, event.wakes()) {
        (EventKind::Backoff { asked_ms, .. }, Some(woke)) if woke <= end => {
            Some([event.task.number().into(), u64::from(asked_ms) * 1000, event.at.micros(), woke.micros()])
        }
        _ => None,
    });
    let mut slept: Vec<[u64; 4]> = slept.collect();
    slept.sort_by_key(|[task, _, _, woke]| (*woke, *task));
    slept
}
