//! The challenges and their conditions, evaluated for the present run. An open challenge is
//! evaluated again whenever the run changes; a solved challenge stays marked as solved.

use super::Section;
use crate::background::pool::request;
use crate::background::task::AbortOnDrop;
use crate::hooks::use_present;
use crate::state::present::Present;
use lockstep_core::challenges::{CHALLENGES, Challenge, Condition, Solution, is_reached};
use lockstep_core::scenario::Scenario;
use lockstep_worker::message::{Request, Response};
use std::collections::BTreeSet;
use std::rc::Rc;
use web_sys::HtmlDetailsElement;
use yew::prelude::*;

/// See the module documentation.
pub(super) const SECTION: Section = Section { id: "workshop-challenges", name: "Challenges", show: || html! { <Challenges /> } };

/// Names of challenges.
type Names = BTreeSet<&'static str>;

/// The names of challenges with their conditions, evaluated for a run.
type Conditions = Rc<Vec<(String, Vec<Condition>)>>;

/// What the user does with a challenge.
enum Step {
    /// Opens (`true`) or closes it.
    Open(&'static str, bool),
    /// Starts it: a banner at the top of the window then shows whether the run meets its
    /// conditions.
    Start(&'static str),
}

#[component]
fn Challenges() -> Html {
    let present = use_present();
    let (open, current, solved) = (use_state_eq(Names::new), use_state_eq(|| None::<&'static str>), use_state_eq(Names::new));
    let wanted: Names = open.iter().copied().chain(*current).collect();
    let conditions = use_conditions(&present, wanted);
    use_effect_with(conditions.clone(), {
        let solved = solved.clone();
        move |evaluated| {
            let is_solved = |name: &str| evaluated.iter().any(|(other, conditions)| other == name && is_reached(conditions));
            let reached = CHALLENGES.iter().map(|challenge| challenge.name).filter(|name| is_solved(name));
            solved.set(solved.iter().copied().chain(reached).collect());
        }
    });
    let step = {
        let current = current.clone();
        Callback::from(move |step| match step {
            Step::Start(name) => current.set(Some(name)),
            Step::Open(name, true) => open.set(open.iter().copied().chain([name]).collect()),
            Step::Open(name, false) => open.set(open.iter().copied().filter(|other| *other != name).collect()),
        })
    };
    let stop = Callback::from({
        let current = current.clone();
        move |_: MouseEvent| current.set(None)
    });
    let conditions_of = |name| conditions.iter().find(|(other, _)| other == name).map(|(_, conditions)| &conditions[..]);
    let challenge = CHALLENGES.into_iter().find(|challenge| *current == Some(challenge.name));
    html! {
        <>
            <p>{ "Change the run above until it meets the conditions. Only the run counts, not how you got there." }</p>
            <p class="challenges-solved" role="status">{ progress(&solved) }</p>
            <ol class="challenges">
                for challenge in CHALLENGES { { item(challenge, solved.contains(challenge.name), conditions_of(challenge.name), &step) } }
            </ol>
            if let Some(challenge) = challenge { { banner(challenge, conditions_of(challenge.name), stop) } }
        </>
    }
}

/// The conditions of these challenges, evaluated for the present run; empty until they are known.
#[hook]
fn use_conditions(present: &Present, names: Names) -> Conditions {
    let known = use_state_eq(|| (Scenario::default(), Conditions::default()));
    let setter = known.setter();
    // There is nothing to evaluate before the first run, and a refused run has no conditions.
    let scenario = present.run.as_ref().map(|run| run.trace.scenario.clone());
    use_effect_with((scenario, names), move |(scenario, names)| {
        let task = scenario.clone().filter(|_| !names.is_empty()).map(|scenario| {
            let challenges = names.iter().map(|name| (*name).to_owned()).collect();
            AbortOnDrop::spawn(async move {
                let message = Request::Conditions { scenario: scenario.clone(), challenges };
                if let (Response::Conditions(conditions), _) = request(message, None, |_| {}).await {
                    setter.set((scenario, Rc::new(conditions)));
                }
            })
        });
        move || drop(task)
    });
    if known.0 == *present.scenario { known.1.clone() } else { Conditions::default() }
}

/// The banner of the started challenge at the top of the window, because the challenges are far
/// below the controls.
fn banner(challenge: &Challenge, conditions: Option<&[Condition]>, stop: Callback<MouseEvent>) -> Html {
    let missed = conditions.and_then(|conditions| conditions.iter().find(|condition| !condition.met));
    let status = match (conditions, missed) {
        (None, _) => "Checking the run\u{2026}".to_owned(),
        (_, Some(condition)) => format!("Not yet. {}", condition.text),
        (_, None) => "Solved.".to_owned(),
    };
    html! {
        <aside class="challenge-now" aria-label="Current challenge" data-testid="challenge-now">
            <p role="status"><strong>{ challenge.title }</strong>{ " " }{ status }</p>
            <a href="#workshop-challenges">{ "Back to the challenge" }</a>
            <button type="button" class="quiet" onclick={stop}>{ "Stop this challenge" }</button>
        </aside>
    }
}

fn progress(solved: &Names) -> String {
    let titles: Vec<_> =
        CHALLENGES.iter().filter(|challenge| solved.contains(challenge.name)).map(|challenge| challenge.title).collect();
    match titles.len() {
        0 => "None solved yet.".to_owned(),
        count => format!("{count} of {} solved: {}.", CHALLENGES.len(), titles.join("; ")),
    }
}

fn item(challenge: &'static Challenge, solved: bool, conditions: Option<&[Condition]>, step: &Callback<Step>) -> Html {
    let name = challenge.name;
    let ontoggle = {
        let step = step.clone();
        Callback::from(move |event: Event| {
            // The hint and the solutions inside it are `details` elements too.
            let details: HtmlDetailsElement = event.target_unchecked_into();
            if details.matches(".challenge").unwrap_or(false) {
                step.emit(Step::Open(name, details.open()));
            }
        })
    };
    let onclick = step.reform(move |_: MouseEvent| Step::Start(name));
    html! {
        <li key={name} data-challenge={name} data-solved={solved.to_string()}>
            <details class="challenge" {ontoggle}>
                <summary><h4>{ challenge.title }</h4>if solved { <span class="challenge-solved">{ "solved" }</span> }</summary>
                <p>{ challenge.goal }</p>
                <p><a class="show-me" data-to-controls="" href={["?", challenge.start].concat()} {onclick}>{ "Start this challenge" }</a></p>
                { conditions_list(conditions) }
                <details class="challenge-more"><summary>{ "Hint" }</summary><p>{ challenge.hint }</p></details>
                <details class="challenge-more">
                    <summary>{ "Solutions and their costs" }</summary>
                    for solution in challenge.solutions { { solution_text(solution) } }
                </details>
            </details>
        </li>
    }
}

/// Which conditions the present run meets.
fn conditions_list(conditions: Option<&[Condition]>) -> Html {
    let Some(conditions) = conditions else { return html! { <p class="challenge-answer">{ "Checking the run\u{2026}" }</p> } };
    let reached = is_reached(conditions);
    html! {
        <div class="challenge-answer">
            <p><strong>{ if reached { "The run above meets all conditions." } else { "The run above does not meet all conditions yet." } }</strong></p>
            <ul class="conditions">
                for condition in conditions {
                    <li class={if condition.met { "met" } else { "missed" }}>
                        <span class="mark">{ if condition.met { "yes" } else { "no" } }</span>{ &condition.text }
                    </li>
                }
            </ul>
        </div>
    }
}

fn solution_text(solution: &Solution) -> Html {
    let Solution { change, query, result, why, cost, fact } = *solution;
    html! {
        <div class="challenge-way">
            <h5>{ change }</h5>
            <p>{ why }</p>
            <p>{ "Cost: " }{ cost }</p>
            <p class="finding-foot">
                <a class="show-me" href={["?", query].concat()}>{ result }</a>
                <a class="fact" href={["lesson/facts.html#f", fact].concat()}>{ "fact " }{ fact }</a>
            </p>
        </div>
    }
}
