//! A whole trace as a JSON file, and back: the scenario, the digest, and a line an event.
//!
//! What is read is foreign: every message names the field, and the digest of the events must be the one that the file states, so
//! that a file that was changed is not taken for the run that it came from.

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

/// Tells these files from others.
const FORMAT: &str = "lockstep-trace";
/// Changes when a reader of the old files could not read the new ones.
const VERSION: u32 = 1;

/// A file that is no trace.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TraceFileError {
    /// Something in it is missing, wrong or not known.
    /// The field is a path such as `events[12].task`, or `file` where the text is not JSON at all.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// It says what no scenario can be.
    #[error("scenario: {0}")]
    Scenario(ScenarioError),
    /// The events are not those of which the file states the digest.
    #[error("digest: the file says {stated}, its events have {found}; it was changed after it was written")]
    Digest {
        /// What it says.
        stated: String,
        /// What its events have.
        found: String,
    },
}

/// The file as JSON has it.
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

/// The digest as files and the page write it.
#[must_use]
pub fn digest_text(trace: &Trace) -> String {
    format!("{:016x}", trace.digest())
}

/// The file piece by piece: what is said of the whole run, then an event a line.
pub fn lines(trace: &Trace) -> impl Iterator<Item = String> {
    let separators = std::iter::once("\n").chain(std::iter::repeat(",\n"));
    // A line of names, words and whole numbers always has a JSON text.
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

/// Reads a file of [`lines`].
///
/// # Errors
/// If it is not one, or was changed.
pub fn read(text: &str) -> Result<Trace, TraceFileError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let file: File = deserialize(&mut json, "file")?;
    if file.format != FORMAT {
        return Err(field("format", format_args!("expected \"{FORMAT}\"")));
    }
    if file.version != VERSION {
        return Err(field("version", format_args!("{} is not known here; known is {VERSION}", file.version)));
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

/// Every name of the table, and the profile of a machine that has no name.
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

/// A value as a link has it.
fn value_text(value: &Value) -> String {
    match value {
        Value::String(word) => word.clone(),
        Value::Bool(on) => u8::from(*on).to_string(),
        other => other.to_string(),
    }
}

/// What every reader of a trace relies on: events in order of time, of tasks that there are.
fn check(events: &[Event], scenario: &Scenario) -> Result<(), TraceFileError> {
    if events.len() as u64 > MAX_EVENTS {
        return Err(field("events", format_args!("at most {MAX_EVENTS} are allowed")));
    }
    let mut before = None;
    for (number, event) in events.iter().enumerate() {
        if before.is_some_and(|time| event.at < time) {
            return Err(field(&format!("events[{number}].time_us"), "earlier than the event before it"));
        }
        if event.task.number() > scenario.coroutines() {
            return Err(field(&format!("events[{number}].task"), format_args!("at most {} is allowed", scenario.coroutines())));
        }
        before = Some(event.at);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::hand_over;
    use proptest::prelude::*;

    fn write(trace: &Trace) -> String {
        lines(trace).collect()
    }

    #[test]
    fn a_trace_is_the_same_after_its_file_was_read() {
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
    fn the_readers_own_machine_is_in_the_file() {
        let profile = crate::scenario::MachineProfile::parse(include_str!("../../../data/machine_profile.jsonl"))
            .expect("the kept profile");
        let scenario = crate::link::read_strictly("tasks=5", Some(profile)).expect("a scenario");
        let trace = crate::model::run(&scenario).expect("a small run");
        let text = write(&trace);
        assert_eq!(read(&text), Ok(trace));
        let broken = text.replacen("\"profile\": \"", "\"profile\": \"!", 1);
        assert!(read(&broken).expect_err("no code").to_string().starts_with("profile: "));
    }

    #[test]
    fn what_is_wrong_in_a_file_is_named() {
        let good = write(&hand_over());
        for (from, to, message) in [
            ("lockstep-trace", "lockstep-track", "format: expected \"lockstep-trace\""),
            ("\"version\": 1", "\"version\": 2", "version: 2 is not known here; known is 1"),
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
        fn no_text_makes_the_reader_panic(text in ".{0,200}", cut in 0_usize..5000) {
            let _ = read(&text);
            let good = write(&hand_over());
            let broken = good.chars().take(cut).chain(text.chars()).chain(good.chars().skip(cut + text.len())).collect::<String>();
            let _ = read(&broken);
        }
    }
}
