//! Writes a complete trace as a JSON file and reads it back: the scenario, the digest, and one line
//! per event.
//!
//! A file may come from anywhere, so each message names the wrong field. The digest of the events
//! must equal the digest in the file. Otherwise a changed file could pass for the original run.

use super::line::Line;
use crate::model::MAX_EVENTS;
use crate::report::scenario_fields;
use crate::scenario::json::{FieldError, deserialize};
use crate::scenario::{Scenario, ScenarioError, profile_code, query};
use crate::text::shortened;
use crate::time::SimDuration;
use crate::trace::{Event, Trace};
use serde::Deserialize;
use serde_json::{Map, Value};
use thiserror::Error;

/// Identifies this file format.
const FORMAT: &str = "lockstep-trace";
/// Incremented when older readers cannot read the new files.
const VERSION: u32 = 1;

/// Why a file cannot be read as a trace.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TraceFileError {
    /// A field is missing, wrong or unknown. It is named by a path such as `events[12].task`, or by
    /// `file` if the text is not JSON.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// The scenario is invalid.
    #[error("scenario: {0}")]
    Scenario(ScenarioError),
    /// The digest of the events differs from the digest in the file.
    #[error("digest: the file says {stated}, but its events have {found}; the file was changed after it was written")]
    Digest {
        /// The digest in the file.
        stated: String,
        /// The digest of the events.
        found: String,
    },
}

/// The structure of the file.
#[derive(Deserialize)]
struct File {
    format: String,
    version: u32,
    scenario: Map<String, Value>,
    profile: Option<String>,
    digest: String,
    turn_us: u64,
    simulated: u64,
    events: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(try_from = "Map<String, Value>")]
struct Row(Event);

impl TryFrom<Map<String, Value>> for Row {
    type Error = String;
    fn try_from(values: Map<String, Value>) -> Result<Self, String> {
        Line::read(values).map(Self)
    }
}

/// The digest as 16 hexadecimal digits, for files and the page.
#[must_use]
pub fn digest_text(trace: &Trace) -> String {
    format!("{:016x}", trace.digest())
}

/// The file in parts: the fields of the run, then one line per event.
pub fn lines(trace: &Trace) -> impl Iterator<Item = String> {
    let separators = std::iter::once("\n").chain(std::iter::repeat(",\n"));
    // Serializing strings and whole numbers cannot fail.
    let text = |event| serde_json::to_string(&Line::of(event)).unwrap_or_default();
    let events = trace.events.iter().zip(separators).map(move |(event, before)| before.to_owned() + &text(event));
    std::iter::once(head(trace)).chain(events).chain(std::iter::once("\n]\n}\n".to_owned()))
}

fn head(trace: &Trace) -> String {
    let scenario = Value::Object(scenario_fields(&trace.scenario));
    let code = trace.scenario.profile.as_ref().map(|profile| profile_code::encode(profile));
    let profile = code.map(|code| format!("\"profile\": \"{code}\",\n")).unwrap_or_default();
    let (digest, turn, simulated) = (digest_text(trace), trace.turn.micros(), trace.simulated);
    format!(
        "{{\n\"format\": \"{FORMAT}\",\n\"version\": {VERSION},\n\"scenario\": {scenario},\n{profile}\"digest\": \"{digest}\",\n\
         \"turn_us\": {turn},\n\"simulated\": {simulated},\n\"events\": ["
    )
}

/// Reads a file that [`lines`] wrote.
///
/// # Errors
/// If the text is not such a file, or if the file was changed.
pub fn read(text: &str) -> Result<Trace, TraceFileError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let file: File = deserialize(&mut json, "file")?;
    if file.format != FORMAT {
        return Err(field("format", format_args!("expected \"{FORMAT}\"")));
    }
    if file.version != VERSION {
        return Err(field("version", format_args!("{} is not allowed; allowed: {VERSION}", file.version)));
    }
    let scenario = read_scenario(&file)?;
    let events: Vec<Event> = file.events.into_iter().map(|row| row.0).collect();
    check(&events, &scenario)?;
    let trace = Trace { scenario, events, turn: SimDuration::from_micros(file.turn_us), simulated: file.simulated };
    let found = digest_text(&trace);
    if file.digest == found { Ok(trace) } else { Err(TraceFileError::Digest { stated: shortened(&file.digest), found }) }
}

fn field(field: &str, problem: impl ToString) -> TraceFileError {
    FieldError::new("", field, problem.to_string()).into()
}

/// Reads the fields of the scenario, and the profile of a measured machine.
fn read_scenario(file: &File) -> Result<Scenario, TraceFileError> {
    let profile = file.profile.as_ref().map(|code| profile_code::decode(code).map(Box::new)).transpose();
    let base = Scenario { profile: profile.map_err(|problem| field("profile", problem))?, ..Scenario::default() };
    let reading = query::read_onto(base, file.scenario.iter().map(|(name, value)| (name.clone(), value_text(value))).collect());
    if let Some(problem) = reading.errors.into_iter().next() {
        return Err(TraceFileError::Scenario(problem));
    }
    match reading.others.first() {
        Some((name, _)) => Err(TraceFileError::Scenario(ScenarioError::unknown(name))),
        None => Ok(reading.scenario),
    }
}

/// A value as it is written in a query string.
fn value_text(value: &Value) -> String {
    match value {
        Value::String(word) => word.clone(),
        Value::Bool(on) => u8::from(*on).to_string(),
        other => other.to_string(),
    }
}

/// Checks the conditions that every user of a trace relies on: the events are in time order and
/// belong to existing tasks.
fn check(events: &[Event], scenario: &Scenario) -> Result<(), TraceFileError> {
    if events.len() as u64 > MAX_EVENTS {
        return Err(field("events", format_args!("at most {MAX_EVENTS} are allowed")));
    }
    let mut previous = None;
    for (number, event) in events.iter().enumerate() {
        if previous.is_some_and(|time| event.at < time) {
            return Err(field(&format!("events[{number}].time_us"), "earlier than the event before it"));
        }
        if event.task.number() > scenario.coroutines() {
            return Err(field(&format!("events[{number}].task"), format_args!("at most {} is allowed", scenario.coroutines())));
        }
        previous = Some(event.at);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::three_tasks;
    use proptest::prelude::*;

    fn write(trace: &Trace) -> String {
        lines(trace).collect()
    }

    #[test]
    fn a_trace_reads_back_as_it_was_written() {
        for query in [
            "tasks=40&timeout=0.3",
            "tasks=20&machine=linux-vm&journal=wal&read_first=1&keep_going=1&retries=2&timeout=0.1",
            "tasks=5&strategy=single-transaction&sleep=0.25",
        ] {
            let trace = crate::model::run(&query::read(query).scenario).expect("a small run");
            assert_eq!(read(&write(&trace)), Ok(trace), "{query}");
        }
    }

    #[test]
    fn a_measured_machine_is_in_the_file() {
        let profile = crate::scenario::MachineProfile::parse(include_str!("../../../data/machine_profile.jsonl"))
            .expect("the recorded profile");
        let scenario = crate::link::read_strictly("tasks=5", Some(profile)).expect("a scenario");
        let trace = crate::model::run(&scenario).expect("a small run");
        let text = write(&trace);
        assert_eq!(read(&text), Ok(trace));
        let broken = text.replacen("\"profile\": \"", "\"profile\": \"!", 1);
        assert!(read(&broken).expect_err("no code").to_string().starts_with("profile: "));
    }

    #[test]
    fn errors_name_the_wrong_field() {
        let good = write(&three_tasks());
        for (from, to, message) in [
            ("lockstep-trace", "lockstep-track", "format: expected \"lockstep-trace\""),
            ("\"version\": 1", "\"version\": 2", "version: 2 is not allowed; allowed: 1"),
            ("\"turn_us\": 100000", "\"turn_us\": \"long\"", "turn_us: 'long' is not allowed; allowed: a whole number from 0 on"),
            ("\"simulated\"", "\"stimulated\"", "simulated: is missing"),
            ("\"tasks\":3", "\"tasks\":0", "scenario: tasks: '0' is not allowed; allowed: a whole number from 1 to 10000"),
            ("\"tasks\":3", "\"tasks\":2", "events[5].task: at most 2 is allowed"),
            ("\"tasks\":3", "\"desks\":3", "scenario: 'desks' is not a field of a scenario; the fields are tasks"),
            ("\"asked_ms\":1,", "", "events[25]: asked_ms: is missing"),
            (
                "\"sleeps_us\":1080",
                "\"sleeps_us\":-1",
                "events[25]: sleeps_us: -1 is not allowed; allowed: a whole number from 0 to 4294967295",
            ),
            ("\"time_us\":7000", "\"time_us\":6", "events[48].time_us: earlier than the event before it"),
            ("\"sleeps_us\":1080", "\"sleeps_us\":1081", "digest: the file says"),
            ("]\n}", "", "events: it is not JSON: EOF while parsing a list"),
        ] {
            assert!(good.contains(from), "{from} in {good}");
            let error = read(&good.replacen(from, to, 1)).expect_err(to).to_string();
            assert!(error.starts_with(message), "{error}, expected {message}");
        }
        assert_eq!(
            read("").map_err(|error| error.to_string()).expect_err("nothing"),
            "file: it is not JSON: EOF while parsing a value at line 1 column 0"
        );
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in ".{0,200}", cut in 0_usize..5000) {
            let _ = read(&text);
            let good = write(&three_tasks());
            let broken = good.chars().take(cut).chain(text.chars()).chain(good.chars().skip(cut + text.len())).collect::<String>();
            let _ = read(&broken);
        }
    }
}
