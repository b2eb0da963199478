//! The result of a run as one JSON object, printed by the command line and read by scripts.
//!
//! It has every field of the scenario and the fields of the result. Times are in seconds since just
//! before the gather.

use crate::scenario::{Field, Scenario};
use crate::time::SimTime;
use crate::trace::{Outcome, Trace};
use serde_json::{Map, Value, json};

/// Maximum number of tasks in `commit_order`.
const MAX_LISTED_TASKS: usize = 20;

/// The report of one run.
#[must_use]
pub fn report(trace: &Trace) -> Value {
    let outcome = Outcome::of(trace);
    let mut report = scenario_fields(&trace.scenario);
    report.extend(outcome_fields(trace, &outcome));
    Value::Object(report)
}

/// Every field of a scenario with its value.
#[must_use]
pub fn scenario_fields(scenario: &Scenario) -> Map<String, Value> {
    let Ok(Value::Object(mut values)) = serde_json::to_value(scenario) else { return Map::new() };
    Field::ALL.iter().filter_map(|(_, name)| Some(((*name).to_string(), values.remove(*name)?))).collect()
}

fn outcome_fields(trace: &Trace, outcome: &Outcome) -> Map<String, Value> {
    let order: Vec<u32> = outcome.commit_order.iter().take(MAX_LISTED_TASKS).map(|task| task.number()).collect();
    let fields = [
        ("inserted", json!(outcome.inserted())),
        ("committed_at", json!(outcome.committed_at)),
        ("rows_in_file", json!(outcome.rows_in_file)),
        ("errors", json!(outcome.errors)),
        ("retried", json!(outcome.retried)),
        ("first_error_at", time(outcome.first_error.map(|error| error.at))),
        ("inserted_before_first_error", json!(outcome.first_error.map_or(outcome.inserted(), |error| error.inserted_before))),
        ("elapsed", json!(outcome.elapsed)),
        ("trace_end", json!(outcome.trace_end)),
        ("first_connected_at", time(outcome.first_connected_at)),
        ("last_connected_at", time(outcome.last_connected_at)),
        ("first_executed_at", time(outcome.first_executed_at)),
        ("commit_order", json!(order)),
        ("would_hang", json!(outcome.would_hang)),
        ("events", json!(trace.simulated)),
        ("polls", json!(outcome.polls)),
        ("digest", json!(format!("{:016x}", trace.digest()))),
    ];
    fields.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}

fn time(at: Option<SimTime>) -> Value {
    json!(at)
}
