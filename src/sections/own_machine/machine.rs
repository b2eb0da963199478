//! The costs of the user's machine in a table.

use lockstep_core::link::Link;
use lockstep_core::own_machine::costs::{costs, has_coarse_timer};
use lockstep_core::scenario::{MachineChoice, MachineProfile, Scenario};
use yew::prelude::*;

/// The costs of the user's machine next to those of the project's Linux machine, and a link to a
/// run on it.
pub(super) fn machine(profile: &MachineProfile, scenario: &Scenario) -> Html {
    let is_shown = scenario.machine == MachineChoice::Custom && scenario.profile.as_deref() == Some(profile);
    html! {
        <div class="own-result" data-testid="own-machine">
            <h5>{ "Your machine" }</h5>
            <p role="status">
                if is_shown {
                    { "The page above shows the model on your machine. Its link contains the profile. " }
                } else {
                    { "The profile of your machine is loaded. " }
                    <a class="show-me" href={["?", &on_machine(scenario, profile)].concat()}>{ "Show the run on your machine" }</a>
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
            if has_coarse_timer(profile) {
                <p>{ "A sleep of 1 ms takes several milliseconds on this machine, because its timer is coarse. The model assumes a fine timer \
                      for measured machines, so it will show far more rows than really get in." }</p>
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
