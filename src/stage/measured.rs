//! Fetches the measured runs as traces. The browser parses the JSON.

use js_sys::{Int32Array, Reflect};
use lockstep_core::time::{SimDuration, SimTime};
use lockstep_core::trace::Trace;
use lockstep_core::trace::measured::Packed;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

/// URL of the file, relative to the page.
const URL: &str = "data/real_polls.json";

/// The number of tasks of a measured run, and its trace.
pub type Measured = (u32, Rc<Trace>);

/// Fetches the runs and passes them to `on_result`, or a sentence about what went wrong.
pub fn fetch(on_result: impl FnOnce(Result<Vec<Measured>, String>) + 'static) {
    spawn_local(async move {
        let runs = read().await.filter(|runs| !runs.is_empty());
        on_result(runs.ok_or_else(|| format!("The measured runs ({URL}) could not be loaded here.")));
    });
}

async fn read() -> Option<Vec<Measured>> {
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(URL)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    let runs = JsFuture::from(response.json().ok()?).await.ok()?;
    let count = number(&runs, "length")?;
    let mut traces = Vec::new();
    let mut index = 0;
    while f64::from(index) < count {
        let run = Reflect::get_u32(&runs, index).ok()?;
        let tasks = u32::try_from(SimDuration::from_seconds(number(&run, "tasks")?).millis() / 1000).ok()?;
        traces.push((tasks, Rc::new(packed(&run)?.trace()?)));
        index += 1;
    }
    Some(traces)
}

fn packed(run: &JsValue) -> Option<Packed> {
    let column = |name: &str| Some(Int32Array::new(&get(run, name)?).to_vec());
    let half = |name: &str, index| Some(Int32Array::new(&Reflect::get_u32(&get(run, name)?, index).ok()?).to_vec());
    Some(Packed {
        timeout: SimDuration::from_seconds(number(run, "timeout")?),
        elapsed: SimTime::from_seconds(number(run, "elapsed")?),
        executed_by: half("executed", 0)?,
        executed: half("executed", 1)?,
        committed_by: half("committed", 0)?,
        committed: half("committed", 1)?,
        sleeps: column("sleeps")?,
        whose: column("whose")?,
        first: column("first")?,
        gaps: column("gaps")?,
        late: column("late")?,
    })
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined())
}

fn number(object: &JsValue, name: &str) -> Option<f64> {
    get(object, name)?.as_f64()
}
