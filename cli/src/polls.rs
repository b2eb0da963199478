//! Runs a scenario and prints every poll as one JSON object, in the form of the measured log.

use crate::failure::Failure;
use crate::input::ScenarioArguments;
use crate::output::print_line;
use clap::Args;
use lockstep_core::time::SimTime;
use lockstep_core::trace::{Answers, Call, Event, EventKind, TaskId, Trace};
use serde_json::{Value, json};

/// Runs a scenario and prints every poll of the lock as one JSON object
///
/// "connected", "executed" and "committed" are lists of [task, seconds]: when the coroutine saw the
/// call return. "polls" is a list of [thread, asked us, slept from us, woke at us], with one entry
/// for each sleep of the busy handler that ended before the gather did, in order of waking. A
/// thread has the number of its task.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioArguments,
}

/// Runs the scenario and prints its polls.
///
/// # Errors
/// If the scenario cannot be used, the run is too large, or standard output cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let trace = arguments.scenario.trace()?;
    let answers = answers(&trace);
    print_line(json!({
        "timeout": trace.scenario.timeout,
        "elapsed": trace.stopped_at(),
        "connected": returns_of(Call::Connect, &answers),
        "executed": returns_of(Call::Execute, &answers),
        "committed": returns_of(Call::Commit, &answers),
        "polls": sleeps(&trace),
    }))
}

/// Which call returned to which coroutine, and when.
fn answers(trace: &Trace) -> Vec<(Call, TaskId, SimTime)> {
    let mut waiting = Answers::new(trace.scenario.coroutines());
    let mut answers = Vec::new();
    for Event { at, task, kind } in &trace.events {
        answers.extend(waiting.read(*task, *kind).map(|call| (call, *task, *at)));
    }
    answers
}

fn returns_of(wanted: Call, answers: &[(Call, TaskId, SimTime)]) -> Vec<Value> {
    let of_call = answers.iter().filter(|(call, ..)| *call == wanted);
    of_call.map(|(_, task, at)| json!([task, at])).collect()
}

fn sleeps(trace: &Trace) -> Vec<[u64; 4]> {
    let end = trace.stopped_at();
    let sleeps = trace.events.iter().filter_map(|event| match (event.kind, event.wakes()) {
        (EventKind::Backoff { asked_ms, .. }, Some(woke)) if woke <= end => {
            Some([event.task.number().into(), u64::from(asked_ms) * 1000, event.at.micros(), woke.micros()])
        }
        _ => None,
    });
    let mut sleeps: Vec<[u64; 4]> = sleeps.collect();
    sleeps.sort_by_key(|[task, _, _, woke]| (*woke, *task));
    sleeps
}
