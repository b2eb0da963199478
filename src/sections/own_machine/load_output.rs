//! Loads the output of the program or the profiler, from a file or from pasted text, and shows the
//! results.

use super::compared::Compared;
use super::machine::{machine, on_machine};
use crate::hooks::{Dispatch, follow, use_dispatch};
use crate::sections::file_drop::{Chosen, FileDrop, text_of};
use crate::state::action::{Action, PageChange};
use lockstep_core::own_machine::{Imported, MeasuredRun, read};
use lockstep_core::run::Run;
use lockstep_core::scenario::json::MAX_BYTES;
use lockstep_core::scenario::{MachineProfile, Scenario};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// What the user has loaded so far.
#[derive(Clone, Default, PartialEq)]
struct Loaded {
    machine: Option<Box<MachineProfile>>,
    runs: Rc<Vec<MeasuredRun>>,
    problem: Option<String>,
}

/// The properties of [`LoadOutput`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The scenario of the page.
    pub(super) scenario: Scenario,
    /// The run of `scenario`, if there is one.
    pub(super) run: Option<Rc<Run>>,
}

/// See the module documentation.
#[component]
pub(super) fn LoadOutput(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let loaded = use_state_eq(Loaded::default);
    let pasted = use_node_ref();
    let load_text = {
        let (loaded, scenario, dispatch) = (loaded.clone(), props.scenario.clone(), dispatch.clone());
        move |name: Option<&str>, text: &str| loaded.set(load(&loaded, text, name, &scenario, &dispatch))
    };
    let on_file = {
        let (load_text, loaded) = (load_text.clone(), loaded.clone());
        Callback::from(move |chosen| match chosen {
            Chosen::Refused(problem) => loaded.set(Loaded { problem: Some(problem), ..(*loaded).clone() }),
            Chosen::File(file) => {
                let (load_text, loaded) = (load_text.clone(), loaded.clone());
                spawn_local(async move {
                    match text_of(&file).await {
                        Ok(text) => load_text(Some(&file.name()), &text),
                        Err(problem) => loaded.set(Loaded { problem: Some(problem), ..(*loaded).clone() }),
                    }
                });
            }
        })
    };
    // Valid output loads as soon as it is pasted. The button reports what is wrong with other text.
    let oninput = {
        let load_text = load_text.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            if read(&text).is_ok() {
                load_text(None, &text);
            }
        })
    };
    let onclick = {
        let (load_text, pasted) = (load_text.clone(), pasted.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = pasted.cast::<HtmlTextAreaElement>() {
                load_text(None, &area.value());
            }
        })
    };
    let on_remove = {
        let loaded = loaded.clone();
        Callback::from(move |_: MouseEvent| loaded.set(Loaded { runs: Rc::default(), ..(*loaded).clone() }))
    };
    use_effect_with(loaded.runs.clone(), move |runs| dispatch.dispatch(Action::Page(PageChange::ShowMeasured(runs.clone()))));
    html! {
        <>
            <h4>{ "Load the output" }</h4>
            <FileDrop label="Choose a file" accept=".json,.jsonl,.txt,application/json" most_bytes={MAX_BYTES} testid="own-drop" {on_file} />
            <div class="own-paste">
                <label for="own-pasted">{ "Or paste it here" }</label>
                <textarea id="own-pasted" ref={pasted} rows="3" spellcheck="false" autocomplete="off" {oninput} />
                <button type="button" {onclick}>{ "Load pasted text" }</button>
            </div>
            if let Some(problem) = &loaded.problem { <p role="alert" class="own-problem">{ problem }</p> }
            <div class="own-results">
                if let Some(profile) = loaded.machine.as_ref().or(props.scenario.profile.as_ref()) { { machine(profile, &props.scenario) } }
                if !loaded.runs.is_empty() { <Compared runs={loaded.runs.clone()} scenario={props.scenario.clone()} run={props.run.clone()} {on_remove} /> }
            </div>
        </>
    }
}

/// Adds the output in `text` to `loaded`; `name` is its file name, or `None` for pasted text. A
/// machine profile is also applied to the page.
fn load(loaded: &Loaded, text: &str, name: Option<&str>, scenario: &Scenario, dispatch: &Dispatch) -> Loaded {
    match read(text) {
        Ok(Imported::Machine(profile)) => {
            follow(&on_machine(scenario, &profile), false, dispatch);
            Loaded { machine: Some(profile), problem: None, ..loaded.clone() }
        }
        Ok(Imported::Runs(runs)) => Loaded { runs: Rc::new(runs), problem: None, ..loaded.clone() },
        Err(problem) => {
            let name = name.map_or(String::new(), |name| format!("{name}: "));
            Loaded { problem: Some(format!("{name}{problem}")), ..loaded.clone() }
        }
    }
}
