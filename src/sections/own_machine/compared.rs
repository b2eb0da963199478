//! Real runs beside the model: in the page's chart, as a table, and in words. They are drawn only over a run of the same program.

use crate::state::run::Run;
use lockstep_core::link::Link;
use lockstep_core::own_machine::comparison::{Moment, Range};
use lockstep_core::own_machine::{Comparison, MeasuredRun};
use lockstep_core::scenario::{MachineChoice, Scenario, query};
use lockstep_core::words::{about, machine_name};
use std::rc::Rc;
use yew::prelude::*;

/// The runs, at least one, and the scenario beside which they stand.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) runs: Rc<Vec<MeasuredRun>>,
    pub(super) scenario: Scenario,
    /// The model's run of the scenario, if there is one.
    pub(super) run: Option<Rc<Run>>,
    /// The runs are not to be shown any more.
    pub(super) take_off: Callback<MouseEvent>,
}

/// See the module.
#[component]
pub(super) fn Compared(props: &Props) -> Html {
    let Props { runs, scenario, run, take_off } = props;
    let same = runs.first().is_some_and(|run| run.is_of(scenario));
    html! {
        <div class="own-result" data-testid="own-runs">
            <h5>{ if runs.len() == 1 { "Your run" } else { "Your runs" } }</h5>
            { match run {
                _ if !same => other_settings(&runs[0], scenario),
                Some(run) => compared(&Comparison::of(runs, &run.outcome), scenario.machine),
                None => html! { <p role="status">{ "Working out the model\u{2019}s run\u{2026}" }</p> },
            } }
            <p><button type="button" class="quiet" onclick={take_off.clone()}>{ "Take it off again" }</button></p>
        </div>
    }
}

fn other_settings(run: &MeasuredRun, scenario: &Scenario) -> Html {
    let there = Link { scenario: run.on_the_machine_of(scenario), ..Link::default() };
    let asked = |text: String| if text.is_empty() { "the default ones".to_owned() } else { text };
    html! {
        <p role="status">
            { "It has other settings than the page now: " }<code>{ asked(run.query()) }</code>{ " where the page has " }
            <code>{ asked(query::write(scenario)) }</code>{ ". " }
            <a class="show-me" href={["?", &there.write()].concat()}>{ "Go to its settings" }</a>
        </p>
    }
}

fn compared(comparison: &Comparison, machine: MachineChoice) -> Html {
    html! {
        <>
            <p role="status">{ in_words(comparison) }</p>
            if machine != MachineChoice::Custom {
                <p>{ format!("The model runs on another machine ({}). Bring the profile of yours, and both are on the same.", machine_name(machine)) }</p>
            }
            <div class="table"><table>
                <thead><tr><th scope="col">{ "Rows by" }</th><th scope="col">{ "Really" }</th><th scope="col">{ "Model" }</th></tr></thead>
                <tbody>
                    for Moment { at, measured, modelled } in &comparison.moments {
                        <tr><th scope="row">{ about(*at) }</th><td>{ range(measured, usize::to_string) }</td><td>{ *modelled }</td></tr>
                    }
                    <tr>
                        <th scope="row">{ "First error" }</th>
                        <td>{ comparison.first_error.as_ref().map_or("none".to_owned(), |errors| range(errors, |at| about(*at))) }</td>
                        <td>{ comparison.modelled_first_error.map_or("none".to_owned(), about) }</td>
                    </tr>
                </tbody>
            </table></div>
        </>
    }
}

fn in_words(comparison: &Comparison) -> String {
    let Some(Moment { measured, modelled, .. }) = comparison.last() else { return String::new() };
    let really = range(measured, usize::to_string);
    let runs = if comparison.runs == 1 { "Really".to_owned() } else { format!("In {} real runs", comparison.runs) };
    format!(
        "{runs} {really} rows got in, in the model {modelled}. What is dotted in the chart of rows over time is yours. One run is not \
         like the next: bring several, and try other seeds."
    )
}

fn range<T: PartialEq>(values: &Range<T>, show: impl Fn(&T) -> String) -> String {
    let Range { least, most } = values;
    if least == most { show(least) } else { format!("{} to {}", show(least), show(most)) }
}
