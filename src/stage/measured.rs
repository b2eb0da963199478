//! Fetches the measured runs and hands them over as traces. The browser reads the JSON.

use js_sys::{Int32Array, Reflect};
use lockstep_core::time::{SimDuration, SimTime};
use lockstep_core::trace::Trace;
use lockstep_core::trace::measured::Packed;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

/// The file beside the page.
const ADDRESS: &str = "data/real_polls.json";

/// A measured run and how many tasks it had.
pub type Measured = (u32, Rc<Trace>);

/// Fetches the runs and gives them to `done`, or a sentence about what went wrong.
pub fn fetch(done: impl FnOnce(Result<Vec<Measured>, String>) + 'static) {
    spawn_local(async move {
        let runs = read().await.filter(|runs| !runs.is_empty());
        done(runs.ok_or_else(|| format!("The measured runs ({ADDRESS}) could not be loaded here.")));
    });
}

async fn read() -> Option<Vec<Measured>> {
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str(ADDRESS)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    let runs = JsFuture::from(answer.json().ok()?).await.ok()?;
    let count = number(&runs, "length")?;
    let mut traces = Vec::new();
    let mut place = 0;
    while f64::from(place) < count {
        let run = Reflect::get_u32(&runs, place).ok()?;
        let tasks = u32::try_from(SimDuration::from_seconds(number(&run, "tasks")?).millis() / 1000).ok()?;
        traces.push((tasks, Rc::new(packed(&run)?.trace()?)));
        place += 1;
    }
    Some(traces)
}

fn packed(run: &JsValue) -> Option<Packed> {
    let column = |name: &str| Some(Int32Array::new(&get(run, name)?).to_vec());
    let half = |name: &str, place| Some(Int32Array::new(&Reflect::get_u32(&get(run, name)?, place).ok()?).to_vec());
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
