//! The challenges, each with its conditions as the present run meets them. Whoever has opened one sees it answered while the page above is
//! changed; what has been solved stays marked.

use super::Section;
use crate::background::message::{Request, Response};
use crate::background::pool::request;
use crate::background::task::AbortOnDrop;
use crate::hooks::use_present;
use crate::state::present::Present;
use lockstep_core::challenges::{CHALLENGES, Challenge, Condition, Solution, is_reached};
use lockstep_core::scenario::Scenario;
use std::collections::BTreeSet;
use std::rc::Rc;
use web_sys::HtmlDetailsElement;
use yew::prelude::*;

/// See the module.
pub(super) const SECTION: Section = Section { id: "workshop-challenges", name: "Challenges", show: || html! { <Challenges /> } };

/// Challenges by name.
type Names = BTreeSet<&'static str>;

/// Challenges with their conditions, as a run meets them.
type Answers = Rc<Vec<(String, Vec<Condition>)>>;

/// What a reader does with a challenge.
enum Step {
    /// Opens or closes it.
    Open(&'static str, bool),
    /// Begins it: from now on it is told at the top of the window how far the run is.
    Begin(&'static str),
}

#[component]
fn Challenges() -> Html {
    let present = use_present();
    let (open, taken, solved) = (use_state_eq(Names::new), use_state_eq(|| None::<&'static str>), use_state_eq(Names::new));
    let looked_at: Names = open.iter().copied().chain(*taken).collect();
    let answers = use_answers(&present, looked_at);
    use_effect_with(answers.clone(), {
        let solved = solved.clone();
        move |answers| {
            let is_solved = |name: &str| answers.iter().any(|(other, conditions)| other == name && is_reached(conditions));
            let reached = CHALLENGES.iter().map(|challenge| challenge.name).filter(|name| is_solved(name));
            solved.set(solved.iter().copied().chain(reached).collect());
        }
    });
    let step = {
        let taken = taken.clone();
        Callback::from(move |step| match step {
            Step::Begin(name) => taken.set(Some(name)),
            Step::Open(name, true) => open.set(open.iter().copied().chain([name]).collect()),
            Step::Open(name, false) => open.set(open.iter().copied().filter(|other| *other != name).collect()),
        })
    };
    let put_away = Callback::from({
        let taken = taken.clone();
        move |_: MouseEvent| taken.set(None)
    });
    let answer = |name| answers.iter().find(|(other, _)| other == name).map(|(_, conditions)| &conditions[..]);
    let now = CHALLENGES.into_iter().find(|challenge| *taken == Some(challenge.name));
    html! {
        <>
            <p>{ "Change the run above until it does what is asked. Every way counts; a challenge looks at the run and not at how you got there." }</p>
            <p class="challenges-solved" role="status">{ progress(&solved) }</p>
            <ol class="challenges">
                for challenge in CHALLENGES { { item(challenge, solved.contains(challenge.name), answer(challenge.name), &step) } }
            </ol>
            if let Some(challenge) = now { { taken_now(challenge, answer(challenge.name), put_away) } }
        </>
    }
}

/// The conditions of these challenges, as the present run meets them; empty until they are known.
#[hook]
fn use_answers(present: &Present, names: Names) -> Answers {
    let known = use_state_eq(|| (Scenario::default(), Answers::default()));
    let setter = known.setter();
    // Before its own run is done the page has nothing to say, and a refused run meets no conditions.
    let scenario = present.run.as_ref().map(|run| run.trace.scenario.clone());
    use_effect_with((scenario, names), move |(scenario, names)| {
        let task = scenario.clone().filter(|_| !names.is_empty()).map(|scenario| {
            let challenges = names.iter().map(|name| (*name).to_owned()).collect();
            AbortOnDrop::spawn(async move {
                let asked = Request::Conditions { scenario: scenario.clone(), challenges };
                if let (Response::Conditions(conditions), _) = request(asked, None, |_| {}).await {
                    setter.set((scenario, Rc::new(conditions)));
                }
            })
        });
        move || drop(task)
    });
    if known.0 == *present.scenario { known.1.clone() } else { Answers::default() }
}

/// The challenge that was begun, at the top of the window: whoever changes the run is not where the challenges are.
fn taken_now(challenge: &Challenge, answer: Option<&[Condition]>, put_away: Callback<MouseEvent>) -> Html {
    let missed = answer.and_then(|conditions| conditions.iter().find(|condition| !condition.met));
    let said = match (answer, missed) {
        (None, _) => "Looking at the run\u{2026}".to_owned(),
        (_, Some(condition)) => format!("Not yet. {}", condition.text),
        (_, None) => "Solved.".to_owned(),
    };
    html! {
        <aside class="challenge-now" aria-label="The challenge that you have begun" data-testid="challenge-now">
            <p role="status"><strong>{ challenge.title }</strong>{ " " }{ said }</p>
            <a href="#workshop-challenges">{ "Back to it" }</a>
            <button type="button" class="quiet" onclick={put_away}>{ "Put it away" }</button>
        </aside>
    }
}

fn progress(solved: &Names) -> String {
    let latest = CHALLENGES.iter().filter(|challenge| solved.contains(challenge.name)).map(|challenge| challenge.title);
    let titles: Vec<_> = latest.collect();
    match titles.len() {
        0 => "None solved yet.".to_owned(),
        count => format!("{count} of {} solved: {}.", CHALLENGES.len(), titles.join("; ")),
    }
}

fn item(challenge: &'static Challenge, solved: bool, answer: Option<&[Condition]>, step: &Callback<Step>) -> Html {
    let name = challenge.name;
    let ontoggle = {
        let step = step.clone();
        Callback::from(move |event: Event| {
            // What is folded inside of it is no challenge.
            let details: HtmlDetailsElement = event.target_unchecked_into();
            if details.matches(".challenge").unwrap_or(false) {
                step.emit(Step::Open(name, details.open()));
            }
        })
    };
    let onclick = step.reform(move |_: MouseEvent| Step::Begin(name));
    html! {
        <li key={name} data-challenge={name} data-solved={solved.to_string()}>
            <details class="challenge" {ontoggle}>
                <summary><h4>{ challenge.title }</h4>if solved { <span class="challenge-solved">{ "solved" }</span> }</summary>
                <p>{ challenge.goal }</p>
                <p><a class="show-me" data-to-controls="" href={["?", challenge.start].concat()} {onclick}>{ "Begin here" }</a></p>
                { answered(answer) }
                <details class="challenge-more"><summary>{ "A hint" }</summary><p>{ challenge.hint }</p></details>
                <details class="challenge-more">
                    <summary>{ "Solutions, and what they cost" }</summary>
                    for solution in challenge.solutions { { solution_text(solution) } }
                </details>
            </details>
        </li>
    }
}

/// How far the present run is.
fn answered(answer: Option<&[Condition]>) -> Html {
    let Some(conditions) = answer else { return html! { <p class="challenge-answer">{ "Looking at the run\u{2026}" }</p> } };
    let reached = is_reached(conditions);
    html! {
        <div class="challenge-answer">
            <p><strong>{ if reached { "The run above does it." } else { "The run above does not do it yet." } }</strong></p>
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
            <p>{ "What it costs: " }{ cost }</p>
            <p class="finding-foot">
                <a class="show-me" href={["?", query].concat()}>{ result }</a>
                <a class="fact" href={["lesson/facts.html#f", fact].concat()}>{ "fact " }{ fact }</a>
            </p>
        </div>
    }
}
