//! What the page and its workers send each other.

use js_sys::Array;
use lockstep_core::challenges::Condition;
use lockstep_core::export::Format;
use lockstep_core::export::picture::{Frame, Picture};
use lockstep_core::scenario::Scenario;
use lockstep_core::sweep::Sample;
use lockstep_core::time::SimTime;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

/// Work for a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// The rows and the time of one run. The run is not kept.
    Sample {
        /// The run.
        #[serde(with = "as_link")]
        scenario: Scenario,
    },
    /// A file with the events of a run. The file comes beside the response.
    File {
        /// The run.
        #[serde(with = "as_link")]
        scenario: Scenario,
        /// The kind of file.
        format: Format,
    },
    /// A picture of a run as SVG.
    Picture {
        /// The run.
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
    /// The conditions of challenges, as a run meets them.
    Conditions {
        /// The run.
        #[serde(with = "as_link")]
        scenario: Scenario,
        /// Names of challenges; unknown ones are left out of the response.
        challenges: Vec<String>,
    },
    /// Reads a trace file, which comes beside the request, and runs its scenario again.
    Import,
}

/// The result of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// To [`Request::Sample`].
    Sample(Sample),
    /// To [`Request::File`]; the file comes beside it.
    File,
    /// To [`Request::Picture`]: the text of an SVG file.
    Picture(String),
    /// To [`Request::Conditions`]: the name of each challenge and its conditions.
    Conditions(Vec<(String, Vec<Condition>)>),
    /// To [`Request::Import`].
    Import(Imported),
    /// The request was refused, or the worker failed: a sentence that says why.
    Refused(String),
}

/// A trace file and the run of its scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// The scenario of the file.
    #[serde(with = "as_link")]
    pub scenario: Scenario,
    /// The digest that the file states, 16 hex digits.
    pub digest_in_file: String,
    /// The digest of the run that this version of the model gives, or why it is refused.
    pub digest_here: Result<String, String>,
}

/// What a worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The worker has started and takes requests.
    Ready,
    /// The run under way has reached this simulated time.
    Progress(#[serde(with = "lockstep_core::time::as_micros")] SimTime),
    /// The request is done.
    Done {
        /// Its result.
        response: Response,
        /// Runs that the worker computed for it. Runs that it still had are not counted.
        runs: u32,
    },
    /// The worker's program panicked with this message and takes no more requests.
    Panicked(String),
}

/// The workers that serve a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// One worker, which keeps its latest run for the next request.
    KeptRun,
    /// As many workers as there are cores to spare.
    ManyRuns,
}

impl Request {
    /// The workers that serve it.
    #[must_use]
    pub const fn lane(&self) -> Lane {
        match self {
            Self::Sample { .. } => Lane::ManyRuns,
            Self::File { .. } | Self::Picture { .. } | Self::Conditions { .. } | Self::Import => Lane::KeptRun,
        }
    }
}

/// A message as JSON text, with the file that belongs to it.
pub(super) fn to_js(message: &impl Serialize, file: Option<JsValue>) -> JsValue {
    let text = serde_json::to_string(message).unwrap_or_default();
    Array::of2(&text.into(), &file.unwrap_or(JsValue::UNDEFINED)).into()
}

/// Reads what [`to_js`] wrote; `None` if it is not such a message.
pub(super) fn from_js<T: DeserializeOwned>(message: &JsValue) -> Option<(T, Option<JsValue>)> {
    let parts: &Array = message.dyn_ref()?;
    let message = serde_json::from_str(&parts.get(0).as_string()?).ok()?;
    Some((message, Some(parts.get(1)).filter(|file| !file.is_undefined())))
}

/// A scenario as the query string of its link, the user's own machine included.
mod as_link {
    use lockstep_core::scenario::Scenario;
    use lockstep_core::sweep::job;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(scenario: &Scenario, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&job::write(scenario))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Scenario, D::Error> {
        String::deserialize(deserializer).map(|text| job::read(&text))
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
