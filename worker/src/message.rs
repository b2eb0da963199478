//! The messages between the page and its workers.

use js_sys::Array;
use lockstep_core::challenges::Condition;
use lockstep_core::check::Check;
use lockstep_core::export::Format;
use lockstep_core::export::picture::{Frame, Picture};
use lockstep_core::model::database::script::ScriptError;
use lockstep_core::scenario::Scenario;
use lockstep_core::sweep::Sample;
use lockstep_core::terminals::View;
use lockstep_core::time::SimTime;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

/// A request to a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// The rows and the elapsed time of one run. The run is not cached.
    Sample {
        /// The scenario of the run.
        #[serde(with = "as_link")]
        scenario: Scenario,
    },
    /// A file with the events of a run. It accompanies the response.
    File {
        /// The scenario of the run.
        #[serde(with = "as_link")]
        scenario: Scenario,
        /// The file format.
        format: Format,
    },
    /// A picture of a run as SVG.
    Picture {
        /// The scenario of the run.
        #[serde(with = "as_link")]
        scenario: Scenario,
        /// The playhead.
        #[serde(with = "lockstep_core::time::as_micros")]
        at: SimTime,
        /// Which picture.
        picture: Picture,
        /// Its size and colours.
        frame: Frame,
    },
    /// The conditions of challenges, evaluated for a run.
    Conditions {
        /// The scenario of the run.
        #[serde(with = "as_link")]
        scenario: Scenario,
        /// Names of challenges; unknown names are ignored.
        challenges: Vec<String>,
    },
    /// Reads the trace file that accompanies the request and runs its scenario again.
    Import,
    /// The version of SQLite.
    Version,
    /// Runs a scenario on SQLite and compares it with the run of the model.
    Check {
        /// The scenario of the run.
        #[serde(with = "as_link")]
        scenario: Scenario,
    },
    /// Plays a script of the terminals on SQLite.
    Script {
        /// The whole script.
        text: String,
    },
}

/// The result of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// To [`Request::Sample`].
    Sample(Sample),
    /// To [`Request::File`]; the file accompanies it.
    File,
    /// To [`Request::Picture`]: the text of an SVG file.
    Picture(String),
    /// To [`Request::Conditions`]: the name of each challenge and its conditions.
    Conditions(Vec<(String, Vec<Condition>)>),
    /// To [`Request::Import`].
    Import(Imported),
    /// To [`Request::Version`]: such as `3.54.1`.
    Version(String),
    /// To [`Request::Check`].
    Check {
        /// The version of SQLite.
        version: String,
        /// The result.
        check: Check,
    },
    /// To [`Request::Script`]: the answers, or the line that cannot be parsed.
    Script(Result<View, ScriptError>),
    /// The request was refused or the worker failed; the text is a sentence with the reason.
    Refused(String),
}

/// The content of a trace file, compared with a new run of its scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// The scenario of the file.
    #[serde(with = "as_link")]
    pub scenario: Scenario,
    /// The digest of the trace in the file, 16 hex digits.
    pub digest_in_file: String,
    /// The digest of the run by this version of the model, or the reason why the run is refused.
    pub digest_here: Result<String, String>,
}

/// A message from a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The worker has started and accepts requests.
    Ready,
    /// The current run has reached this simulated time.
    Progress(#[serde(with = "lockstep_core::time::as_micros")] SimTime),
    /// The request is done.
    Done {
        /// Its result.
        response: Response,
        /// Runs that the worker computed for it; cached runs are not counted.
        runs: u32,
    },
    /// The worker panicked with this message and accepts no more requests.
    Panicked(String),
}

/// Which workers serve a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerKind {
    /// One worker, which caches its latest run for the next request.
    Cached,
    /// Several workers in parallel.
    Parallel,
    /// One worker with another program, the engine, which has SQLite.
    Engine,
}

impl Request {
    /// Which workers serve this request.
    #[must_use]
    pub const fn worker_kind(&self) -> WorkerKind {
        match self {
            Self::Sample { .. } => WorkerKind::Parallel,
            Self::File { .. } | Self::Picture { .. } | Self::Conditions { .. } | Self::Import => WorkerKind::Cached,
            Self::Version | Self::Check { .. } | Self::Script { .. } => WorkerKind::Engine,
        }
    }
}

/// Encodes a message as JSON, with its accompanying file.
#[must_use]
pub fn to_js(message: &impl Serialize, file: Option<JsValue>) -> JsValue {
    let text = serde_json::to_string(message).unwrap_or_default();
    Array::of2(&text.into(), &file.unwrap_or(JsValue::UNDEFINED)).into()
}

/// Decodes a message from [`to_js`]; `None` if it is malformed.
#[must_use]
pub fn from_js<T: DeserializeOwned>(message: &JsValue) -> Option<(T, Option<JsValue>)> {
    let parts: &Array = message.dyn_ref()?;
    let message = serde_json::from_str(&parts.get(0).as_string()?).ok()?;
    Some((message, Some(parts.get(1)).filter(|file| !file.is_undefined())))
}

/// Serializes a scenario as the query string of its link, which includes the profile of the user's
/// machine.
mod as_link {
    use lockstep_core::scenario::Scenario;
    use lockstep_core::scenario::query;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(scenario: &Scenario, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&query::write_with_machine(scenario))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Scenario, D::Error> {
        String::deserialize(deserializer).map(|text| query::read_with_machine(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lockstep_core::export::picture::Theme;
    use lockstep_core::scenario::{MachineChoice, MachineProfile};

    #[test]
    fn a_request_arrives_as_it_was_sent() {
        let profile = Some(Box::new(MachineProfile::linux_vm()));
        let scenario = Scenario { tasks: 7, machine: MachineChoice::Custom, profile, ..Scenario::default() };
        let frame = Frame { width: 640, height: 480, theme: Theme::Dark };
        let (at, picture) = (SimTime::from_micros(1_234_567), Picture::Lanes);
        for request in [
            Request::Sample { scenario: scenario.clone() },
            Request::File { scenario: scenario.clone(), format: Format::Csv },
            Request::Picture { scenario: scenario.clone(), at, picture, frame },
            Request::Conditions { scenario, challenges: vec!["a".to_owned(), "b\tc\nd".to_owned()] },
            Request::Import,
            Request::Script { text: "A: BEGIN\nB: SELECT ';\u{201c}'".to_owned() },
        ] {
            let text = serde_json::to_string(&request).expect("text");
            assert_eq!(serde_json::from_str::<Request>(&text).expect("a request"), request);
        }
    }

    #[test]
    fn a_response_arrives_as_it_was_sent() {
        let condition = Condition { text: "\u{201c}10\tof 20\u{201d} rows".to_owned(), met: true };
        let sample = Sample { rows: 3, elapsed: SimTime::from_micros(5_000_001) };
        for response in [
            Response::Sample(sample),
            Response::Conditions(vec![("a".to_owned(), vec![condition])]),
            Response::Refused("! no".to_owned()),
        ] {
            let sent = FromWorker::Done { response, runs: 1 };
            let text = serde_json::to_string(&sent).expect("text");
            assert_eq!(serde_json::from_str::<FromWorker>(&text).expect("a message"), sent);
        }
    }
}
