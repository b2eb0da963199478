//! The user's real runs compared with the model, in a table and in words, if the settings are the
//! same.

use lockstep_core::link::Link;
use lockstep_core::own_machine::comparison::{Moment, Range};
use lockstep_core::own_machine::{Comparison, MeasuredRun};
use lockstep_core::run::Run;
use lockstep_core::scenario::{MachineChoice, Scenario, query};
use lockstep_core::words::{about, machine_name};
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`Compared`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The real runs, at least one.
    pub(super) runs: Rc<Vec<MeasuredRun>>,
    /// The scenario of the page.
    pub(super) scenario: Scenario,
    /// The model's run of the scenario, if there is one.
    pub(super) run: Option<Rc<Run>>,
    /// Called when the user removes the runs.
    pub(super) on_remove: Callback<MouseEvent>,
}

/// See the module documentation.
#[component]
pub(super) fn Compared(props: &Props) -> Html {
    let Props { runs, scenario, run, on_remove } = props;
    let has_same_settings = runs.first().is_some_and(|run| run.has_program_of(scenario));
    html! {
        <div class="own-result" data-testid="own-runs">
            <h5>{ if runs.len() == 1 { "Your run" } else { "Your runs" } }</h5>
            { match run {
                _ if !has_same_settings => other_settings(&runs[0], scenario),
                Some(run) => compared(&Comparison::of(runs, &run.outcome), scenario.machine),
                None => html! { <p role="status">{ "Running the model\u{2026}" }</p> },
            } }
            <p><button type="button" class="quiet" onclick={on_remove.clone()}>{ "Remove from the chart" }</button></p>
        </div>
    }
}

fn other_settings(run: &MeasuredRun, scenario: &Scenario) -> Html {
    let link = Link { scenario: run.with_machine_of(scenario), ..Link::default() };
    let settings = |text: String| if text.is_empty() { "the default settings".to_owned() } else { text };
    html! {
        <p role="status">
            { "The settings of the run differ from those of the page. The run has " }<code>{ settings(run.query()) }</code>{ ", the page has " }
            <code>{ settings(query::write(scenario)) }</code>{ ". " }
            <a class="show-me" href={["?", &link.write()].concat()}>{ "Go to its settings" }</a>
        </p>
    }
}

fn compared(comparison: &Comparison, machine: MachineChoice) -> Html {
    html! {
        <>
            <p role="status">{ in_words(comparison) }</p>
            if machine != MachineChoice::Custom {
                <p>{ format!("The model simulates another machine ({}). Load the profile of your machine to compare both on the same machine.", machine_name(machine)) }</p>
            }
            <div class="table"><table>
                <thead><tr><th scope="col">{ "Rows after" }</th><th scope="col">{ "Measured" }</th><th scope="col">{ "Model" }</th></tr></thead>
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
    let rows = range(measured, usize::to_string);
    let prefix = if comparison.runs == 1 { "In your run".to_owned() } else { format!("In {} runs", comparison.runs) };
    format!(
        "{prefix}, {rows} rows got in; in the model, {modelled}. The dotted lines in the chart of rows over time are your runs. Real \
         runs vary: load several, and try other seeds."
    )
}

fn range<T: PartialEq>(values: &Range<T>, show: impl Fn(&T) -> String) -> String {
    let Range { min, max } = values;
    if min == max { show(min) } else { format!("{} to {}", show(min), show(max)) }
}
