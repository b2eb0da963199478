//! The machine that was brought, in a few numbers.

use lockstep_core::link::Link;
use lockstep_core::own_machine::costs::{costs, has_a_coarse_timer};
use lockstep_core::scenario::{MachineChoice, MachineProfile, Scenario};
use yew::prelude::*;

/// What it takes for what, beside the machine on which the project measured; and the way to a run on it.
pub(super) fn machine(profile: &MachineProfile, scenario: &Scenario) -> Html {
    let shown = scenario.machine == MachineChoice::Custom && scenario.profile.as_deref() == Some(profile);
    html! {
        <div class="own-result" data-testid="own-machine">
            <h5>{ "Your machine" }</h5>
            <p role="status">
                if shown {
                    { "The page above shows the model on your machine, and its link keeps it. " }
                } else {
                    { "Your machine was read. " }
                    <a class="show-me" href={["?", &on_machine(scenario, profile)].concat()}>{ "Show the run on it" }</a>
                }
            </p>
            <div class="table"><table>
                <thead><tr><th scope="col">{ "Cost" }</th><th scope="col">{ "Yours" }</th><th scope="col">{ "Linux machine" }</th></tr></thead>
                <tbody>
                    for cost in costs(profile) {
                        <tr><th scope="row">{ cost.name }</th><td>{ cost.yours }</td><td>{ cost.linux_vm }</td></tr>
                    }
                </tbody>
            </table></div>
            if has_a_coarse_timer(profile) {
                <p>{ "A sleep of 1 ms takes several there: its timer ticks coarsely. The model takes a measured machine\u{2019}s timer for a fine \
                      one, so expect it to let in far more rows than really get in." }</p>
            }
        </div>
    }
}

/// The query string of a run on the user's machine.
pub(super) fn on_machine(scenario: &Scenario, profile: &MachineProfile) -> String {
    let profile = Some(Box::new(profile.clone()));
    let scenario = Scenario { machine: MachineChoice::Custom, commit_time: None, profile, ..scenario.clone() };
    Link { scenario, ..Link::default() }.write()
}
