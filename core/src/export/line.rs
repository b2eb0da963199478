//! An event as a list of names and values, used by the table and the trace file.

use crate::scenario::json::{FieldError, deserialize};
use crate::time::SimTime;
use crate::trace::{Event, EventKind, TaskId};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The named values of an event, in the order of the files.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Line {
    /// Microseconds since just before the gather.
    pub(super) time_us: u64,
    /// The task's number; 0 for the event loop.
    pub(super) task: u32,
    /// The name of the event's kind.
    pub(super) event: String,
    /// The values of this kind of event.
    #[serde(flatten)]
    pub(super) values: Map<String, Value>,
}

impl Line {
    pub(super) fn of(event: &Event) -> Self {
        let (name, values) = match json!(event.kind) {
            Value::Object(kind) => kind.into_iter().next().unwrap_or_default(),
            word => (word.as_str().unwrap_or_default().to_owned(), Value::Null),
        };
        let values = if let Value::Object(values) = values { values } else { Map::new() };
        Self { time_us: event.at.micros(), task: event.task.number(), event: name, values }
    }

    /// Reads an event from its names and values.
    ///
    /// # Errors
    /// A message that begins with the name of the missing, wrong or unknown field.
    pub(super) fn read(mut values: Map<String, Value>) -> Result<Event, String> {
        let time_us = take(&mut values, "time_us")?.as_u64().ok_or("time_us: expected whole microseconds")?;
        let task = take(&mut values, "task")?.as_u64().and_then(|task| u32::try_from(task).ok());
        let task = task.ok_or("task: expected a task's number, or 0")?;
        let name = take(&mut values, "event")?.as_str().ok_or("event: expected a word")?.to_owned();
        let kind =
            if values.is_empty() { Value::from(name) } else { Value::Object(Map::from_iter([(name, Value::Object(values))])) };
        let kind: EventKind = deserialize(kind, "event").map_err(|FieldError { field, problem }| {
            // The path begins with the name of the event's kind, unless the kind itself is unknown.
            let field = field.split_once('.').map_or("event", |(_, field)| field);
            format!("{field}: {problem}")
        })?;
        Ok(Event { at: SimTime::from_micros(time_us), task: TaskId::new(task), kind })
    }
}

fn take(values: &mut Map<String, Value>, name: &str) -> Result<Value, String> {
    values.remove(name).ok_or_else(|| format!("{name}: missing"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::three_tasks;

    fn values(text: &str) -> Map<String, Value> {
        serde_json::from_str(text).expect("an object")
    }

    #[test]
    fn an_event_reads_back_as_it_was() {
        for event in three_tasks().events {
            let line = serde_json::to_string(&Line::of(&event)).expect("JSON");
            assert_eq!(Line::read(values(&line)), Ok(event), "{line}");
        }
    }

    #[test]
    fn errors_name_the_wrong_field() {
        for (text, message) in [
            (r#"{"task": 1, "event": "done"}"#, "time_us: missing"),
            (r#"{"time_us": 1.5, "task": 1, "event": "done"}"#, "time_us: expected whole microseconds"),
            (r#"{"time_us": 1, "task": -1, "event": "done"}"#, "task: expected a task's number, or 0"),
            (r#"{"time_us": 1, "task": 1, "event": 7}"#, "event: expected a word"),
            (r#"{"time_us": 1, "task": 1, "event": "dine"}"#, "event: 'dine' is not allowed; allowed: task_started"),
            (
                r#"{"time_us": 1, "task": 1, "event": "backoff", "asked_ms": "1", "sleeps_us": 1}"#,
                "asked_ms: '1' is not allowed; allowed: a whole number",
            ),
            (r#"{"time_us": 1, "task": 1, "event": "backoff", "asked_ms": 1}"#, "sleeps_us: is missing"),
            (r#"{"time_us": 1, "task": 1, "event": "retry", "odd": 1}"#, "event: "),
        ] {
            let error = Line::read(values(text)).expect_err(text);
            assert!(error.starts_with(message), "{error}");
        }
    }
}
