//! The place for what a reader brings, and what comes of it.

use super::compared::Compared;
use super::machine::{machine, on_machine};
use crate::hooks::{Dispatch, follow, use_dispatch};
use crate::sections::file_drop::{Chosen, FileDrop, text_of};
use crate::state::action::{Action, PageChange};
use crate::state::run::Run;
use lockstep_core::own_machine::{Brought, MeasuredRun, read};
use lockstep_core::scenario::json::MOST_BYTES;
use lockstep_core::scenario::{MachineProfile, Scenario};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// What is on show.
#[derive(Clone, Default, PartialEq)]
struct Table {
    machine: Option<Box<MachineProfile>>,
    runs: Rc<Vec<MeasuredRun>>,
    problem: Option<String>,
}

/// Beside which run.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) scenario: Scenario,
    /// The run of it, if there is one.
    pub(super) run: Option<Rc<Run>>,
}

/// See the module.
#[component]
pub(super) fn Bring(props: &Props) -> Html {
    let dispatch = use_dispatch();
    let table = use_state_eq(Table::default);
    let pasted = use_node_ref();
    let take = {
        let (table, scenario, dispatch) = (table.clone(), props.scenario.clone(), dispatch.clone());
        move |name: Option<&str>, text: &str| table.set(with(&table, text, name, &scenario, &dispatch))
    };
    let on_file = {
        let (take, table) = (take.clone(), table.clone());
        Callback::from(move |chosen| match chosen {
            Chosen::Refused(problem) => table.set(Table { problem: Some(problem), ..(*table).clone() }),
            Chosen::File(file) => {
                let (take, table) = (take.clone(), table.clone());
                spawn_local(async move {
                    match text_of(&file).await {
                        Ok(text) => take(Some(&file.name()), &text),
                        Err(problem) => table.set(Table { problem: Some(problem), ..(*table).clone() }),
                    }
                });
            }
        })
    };
    // Whoever pastes something whole needs no button; what is wrong is said when it is pressed.
    let oninput = {
        let take = take.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            if read(&text).is_ok() {
                take(None, &text);
            }
        })
    };
    let onclick = {
        let (take, pasted) = (take.clone(), pasted.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(area) = pasted.cast::<HtmlTextAreaElement>() {
                take(None, &area.value());
            }
        })
    };
    let take_off = {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| table.set(Table { runs: Rc::default(), ..(*table).clone() }))
    };
    use_effect_with(table.runs.clone(), move |runs| dispatch.dispatch(Action::Page(PageChange::ShowMeasured(runs.clone()))));
    html! {
        <>
            <h4>{ "Bring what they printed" }</h4>
            <FileDrop label="Choose a file" accept=".json,.jsonl,.txt,application/json" most_bytes={MOST_BYTES} testid="own-drop" {on_file} />
            <div class="own-paste">
                <label for="own-pasted">{ "Or paste it here" }</label>
                <textarea id="own-pasted" ref={pasted} rows="3" spellcheck="false" autocomplete="off" {oninput} />
                <button type="button" {onclick}>{ "Read what I pasted" }</button>
            </div>
            if let Some(problem) = &table.problem { <p role="alert" class="own-problem">{ problem }</p> }
            <div class="own-results">
                if let Some(profile) = table.machine.as_ref().or(props.scenario.profile.as_ref()) { { machine(profile, &props.scenario) } }
                if !table.runs.is_empty() { <Compared runs={table.runs.clone()} scenario={props.scenario.clone()} run={props.run.clone()} {take_off} /> }
            </div>
        </>
    }
}

/// What is on show after `text` was brought, from a file of this name or pasted. A machine is asked of the page at once.
fn with(table: &Table, text: &str, name: Option<&str>, scenario: &Scenario, dispatch: &Dispatch) -> Table {
    match read(text) {
        Ok(Brought::Machine(profile)) => {
            follow(&on_machine(scenario, &profile), false, dispatch);
            Table { machine: Some(profile), problem: None, ..table.clone() }
        }
        Ok(Brought::Runs(runs)) => Table { runs: Rc::new(runs), problem: None, ..table.clone() },
        Err(problem) => {
            let name = name.map_or(String::new(), |name| format!("{name}: "));
            Table { problem: Some(format!("{name}{problem}")), ..table.clone() }
        }
    }
}
