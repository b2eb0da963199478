//! The answers of the engine to the shown part of the script.

use crate::background::task::AbortOnDrop;
use crate::engine::{EngineError, play_script};
use lockstep_core::terminals::{Answer, Connection, Step, Terminal, View};
use std::rc::Rc;
use yew::prelude::*;

/// The latest answers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answers {
    /// The answers without their steps; `None` before the first.
    pub(super) view: Option<Rc<View>>,
    /// The steps.
    pub(super) steps: Steps,
    /// Whether newer answers are on their way.
    pub(super) is_pending: bool,
    /// Why there are no newer answers.
    pub(super) error: Option<EngineError>,
    /// Asks again.
    pub(super) retry: Callback<()>,
}

/// The steps of the latest answers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Steps {
    /// Shared with the answers before, as far as they are equal.
    all: Rc<Vec<Rc<Step>>>,
    /// The last line whose step is still the one that is asked for: the answers may be those of
    /// another script.
    valid_up_to: usize,
}

impl Steps {
    /// Whether a step waits or has waited.
    pub(super) fn has_waited(&self) -> bool {
        self.all.iter().any(|step| step.waited_ms > 0 || matches!(step.answer, Answer::Waiting(_)))
    }

    #[cfg(test)]
    pub(super) fn all_of(steps: impl IntoIterator<Item = Step>) -> Self {
        Self { all: Rc::new(steps.into_iter().map(Rc::new).collect()), valid_up_to: usize::MAX }
    }

    /// The step of this line.
    pub(super) fn of_line(&self, line: usize) -> Option<Rc<Step>> {
        if line > self.valid_up_to {
            return None;
        }
        let index = self.all.binary_search_by_key(&line, |step| step.line).ok()?;
        self.all.get(index).cloned()
    }
}

impl Answers {
    /// The state of a connection; `None` if the script has not mentioned it.
    pub(super) fn connection(&self, terminal: Terminal) -> Option<&Connection> {
        self.view.as_ref()?.connections.iter().find(|connection| connection.terminal == terminal)
    }
}

/// An answer that has arrived.
#[derive(Clone, Debug, Default, PartialEq)]
struct Arrived {
    text: Option<Rc<str>>,
    view: Option<Rc<View>>,
    steps: Rc<Vec<Rc<Step>>>,
    error: Option<EngineError>,
}

/// Asks the engine for the answers to `text`; `None` asks nothing.
#[hook]
pub(super) fn use_answers(text: Option<Rc<str>>) -> Answers {
    let arrived = use_state_eq(Arrived::default);
    let attempt = use_state(|| 0_u32);
    {
        let arrived = arrived.clone();
        use_effect_with((text.clone(), *attempt), move |(text, _)| {
            let task = text.clone().filter(|text| arrived.text.as_ref() != Some(text)).map(|text| {
                AbortOnDrop::spawn(async move {
                    let result = play_script(&text).await;
                    let next = match result {
                        Ok(view) => with_view(text, view, &arrived.steps),
                        Err(error) => Arrived { error: Some(error), ..(*arrived).clone() },
                    };
                    arrived.set(next);
                })
            });
            move || drop(task)
        });
    }
    let is_pending = text.is_some() && arrived.text != text && arrived.error.is_none();
    let valid_up_to = match (&text, &arrived.text) {
        (Some(text), Some(answered)) if text != answered => equal_lines(text, answered),
        (Some(_), _) => usize::MAX,
        (None, _) => 0,
    };
    let retry = {
        let arrived = arrived.clone();
        Callback::from(move |()| {
            arrived.set(Arrived { error: None, ..(*arrived).clone() });
            attempt.set(*attempt + 1);
        })
    };
    let view = arrived.view.clone().filter(|_| text.is_some());
    let steps = Steps { all: arrived.steps.clone(), valid_up_to };
    Answers { view, steps, is_pending, error: arrived.error.clone(), retry }
}

/// Takes each step from `known` that has not changed, so that it is not rendered again.
fn with_view(text: Rc<str>, mut view: View, known: &[Rc<Step>]) -> Arrived {
    let steps = std::mem::take(&mut view.steps).into_iter().enumerate().map(|(index, step)| match known.get(index) {
        Some(same) if **same == step => same.clone(),
        _ => Rc::new(step),
    });
    Arrived { text: Some(text), steps: Rc::new(steps.collect()), view: Some(Rc::new(view)), error: None }
}

/// The number of lines at the start that two texts have in common.
fn equal_lines(one: &str, other: &str) -> usize {
    one.lines().zip(other.lines()).take_while(|(one, other)| one == other).count()
}

/// For tests: a step that is done, took no time and holds no lock.
#[cfg(test)]
pub(super) fn step_of_line(line: usize, letter: &str) -> Step {
    Step {
        line,
        terminal: Terminal::from_letter(letter).expect("a connection"),
        text: String::new(),
        at_ms: 0,
        waited_ms: 0,
        answer: Answer::Ok,
        in_transaction: false,
        lock: lockstep_core::trace::Lock::Unlocked,
        table: None,
        requests: Vec::new(),
    }
}
