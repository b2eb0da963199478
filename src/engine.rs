//! Questions to the engine, the real SQLite in a worker.

use crate::background::pool::{has_engine, request};
use lockstep_core::check::Check;
use lockstep_core::scenario::Scenario;
use lockstep_core::terminals::View;
use lockstep_core::time::SimTime;
use lockstep_worker::message::{EngineRequest, EngineResponse, Request, Response};

/// Why the engine gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineError {
    /// This build of the page has no engine.
    Absent,
    /// The engine could not be loaded, or it has failed. A sentence with the reason.
    Failed(String),
}

/// A check of a run, and the version of SQLite that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The version of SQLite.
    pub version: String,
    /// The result.
    pub check: Check,
}

/// Plays a script of the terminals. Dropping the future cancels the script.
///
/// # Errors
/// If the engine gives no answer.
pub async fn play_script(text: &str) -> Result<View, EngineError> {
    match ask(EngineRequest::Script { text: text.to_owned() }, |_| {}).await? {
        EngineResponse::Script(Ok(view)) => Ok(view),
        EngineResponse::Script(Err(error)) => Err(EngineError::Failed(error.to_string())),
        _ => Err(wrong_version()),
    }
}

/// Runs `scenario` on the real SQLite and compares it with the model's run. `on_progress` is called
/// with the simulated time that the check has reached. Dropping the future cancels the check.
///
/// # Errors
/// If the engine gives no answer.
pub async fn check(scenario: Scenario, on_progress: impl Fn(SimTime) + 'static) -> Result<Checked, EngineError> {
    match ask(EngineRequest::Check { scenario }, on_progress).await? {
        EngineResponse::Check { version, check } => Ok(Checked { version, check }),
        _ => Err(wrong_version()),
    }
}

async fn ask(message: EngineRequest, on_progress: impl Fn(SimTime) + 'static) -> Result<EngineResponse, EngineError> {
    if !has_engine() {
        return Err(EngineError::Absent);
    }
    match request(Request::Engine(message), None, on_progress).await.0 {
        Response::Engine(EngineResponse::Refused(reason)) | Response::Refused(reason) => Err(EngineError::Failed(reason)),
        Response::Engine(response) => Ok(response),
        _ => Err(wrong_version()),
    }
}

fn wrong_version() -> EngineError {
    EngineError::Failed("The page and its worker have different versions. Reload the page.".to_owned())
}
