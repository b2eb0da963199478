//! The state of the sweep section and the actions that change it. No side effects.

use lockstep_core::scenario::Scenario;
use lockstep_core::sweep::axis::AXES;
use lockstep_core::sweep::presets::Preset;
use lockstep_core::sweep::{Axis, Job, MAX_SEEDS, MAX_VALUES, Measure, Results, Sample, Sweep};
use std::rc::Rc;
use yew::prelude::Reducible;

/// An event of a running sweep.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SweepEvent {
    /// A run is complete, or was refused for this reason.
    Ran(Job, Result<Sample, String>),
    /// All runs are complete.
    Finished,
}

/// Whether a sweep is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// Runs are pending.
    Running,
    /// All runs are complete.
    Done,
    /// The user has cancelled it.
    Cancelled,
}

/// A sweep and its results so far.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    /// Incremented for each sweep, to tell apart sweeps with the same settings.
    number: u32,
    pub(super) sweep: Rc<Sweep>,
    pub(super) results: Results,
    pub(super) progress: Progress,
}

/// A field of the form that takes a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    From,
    To,
    Values,
    Seeds,
}

/// The state of the section.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    pub(super) axis: &'static Axis,
    pub(super) measure: Measure,
    /// The numbers as typed, in the order of [`Number`].
    pub(super) typed: [String; 4],
    /// Why the form is invalid.
    pub(super) problem: Option<String>,
    pub(super) shown: Option<Shown>,
}

/// An action of the user, or an event of a sweep.
#[derive(Debug)]
pub(super) enum Action {
    /// Selects the setting to vary, with its usual range.
    Sweep(&'static Axis),
    /// Selects the quantity that the curve shows; the runs stay the same.
    Measure(Measure),
    Type(Number, String),
    /// Starts the sweep in the form, based on this scenario.
    Run(Scenario),
    /// Starts a ready-made sweep.
    RunPreset(&'static Preset),
    /// An event of the sweep with this number.
    Event(u32, SweepEvent),
    Cancel,
}

impl Default for State {
    fn default() -> Self {
        let [axis, ..] = &AXES;
        let (from, to) = axis.default_range;
        Self { axis, measure: Measure::Rows, typed: [from, to, "10", "10"].map(String::from), problem: None, shown: None }
    }
}

impl State {
    /// The running sweep and its number.
    pub(super) fn running(&self) -> Option<(u32, Rc<Sweep>)> {
        let shown = self.shown.as_ref().filter(|shown| shown.progress == Progress::Running);
        shown.map(|shown| (shown.number, shown.sweep.clone()))
    }

    /// The sweep that the form describes, based on `base`.
    fn plan(&self, base: Scenario) -> Result<Sweep, String> {
        let [from, to, values, seeds] = &self.typed;
        let (from, to) = (self.axis.parse(from)?, self.axis.parse(to)?);
        if from >= to {
            return Err("From: must be less than To".to_owned());
        }
        let count = count("Values (at most)", values, 2, MAX_VALUES)?;
        let seeds = self::count("Runs per value", seeds, 1, MAX_SEEDS)?;
        Ok(Sweep { base, axis: self.axis, values: self.axis.values(from, to, count), seeds })
    }

    fn start(&mut self, sweep: Sweep) {
        self.problem = None;
        let results = Results::new(sweep.values.len());
        let number = self.shown.as_ref().map_or(0, |shown| shown.number.wrapping_add(1));
        self.shown = Some(Shown { number, sweep: Rc::new(sweep), results, progress: Progress::Running });
    }

    fn fill_in(&mut self, sweep: &Sweep) {
        self.axis = sweep.axis;
        let end = |value: Option<&u64>| value.map(|value| sweep.axis.text(*value)).unwrap_or_default();
        self.typed =
            [end(sweep.values.first()), end(sweep.values.last()), sweep.values.len().to_string(), sweep.seeds.to_string()];
    }

    /// Handles an event. Events of a cancelled or previous sweep are ignored.
    fn handle(&mut self, number: u32, event: SweepEvent) {
        let is_current = |shown: &&mut Shown| shown.progress == Progress::Running && shown.number == number;
        let Some(shown) = self.shown.as_mut().filter(is_current) else { return };
        match event {
            SweepEvent::Ran(job, result) => shown.results.add(job.value_index, job.seed, result),
            SweepEvent::Finished => shown.progress = Progress::Done,
        }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Sweep(axis) => {
                self.axis = axis;
                let (from, to) = axis.default_range;
                [self.typed[0], self.typed[1]] = [from, to].map(String::from);
            }
            Action::Measure(measure) => self.measure = measure,
            Action::Type(number, text) => self.typed[number as usize] = text,
            Action::Run(base) => match self.plan(base) {
                Ok(sweep) => self.start(sweep),
                Err(problem) => self.problem = Some(problem),
            },
            Action::RunPreset(ready) => {
                if let Some(sweep) = ready.sweep() {
                    self.fill_in(&sweep);
                    self.measure = ready.measure;
                    self.start(sweep);
                }
            }
            Action::Event(number, event) => self.handle(number, event),
            Action::Cancel => {
                if let Some(shown) = self.shown.as_mut().filter(|shown| shown.progress == Progress::Running) {
                    shown.progress = Progress::Cancelled;
                }
            }
        }
    }
}

fn count(name: &str, text: &str, least: u32, most: u32) -> Result<u32, String> {
    let read = text.trim().parse().ok().filter(|number| (least..=most).contains(number));
    read.ok_or_else(|| format!("{name}: must be a whole number from {least} to {most}"))
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.apply(action);
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lockstep_core::sweep::presets::PRESETS;

    fn after(actions: impl IntoIterator<Item = Action>) -> State {
        let mut state = State::default();
        actions.into_iter().for_each(|action| state.apply(action));
        state
    }

    fn typed(number: Number, text: &str) -> Action {
        Action::Type(number, text.to_owned())
    }

    fn small() -> [Action; 4] {
        [typed(Number::To, "40"), typed(Number::Values, "2"), typed(Number::Seeds, "1"), Action::Run(Scenario::default())]
    }

    #[test]
    fn an_invalid_number_is_reported_with_its_name_and_range_and_nothing_runs() {
        for (number, text, expected) in [
            (Number::From, "none", "tasks: 'none'"),
            (Number::To, "20", "From: must be less than To"),
            (Number::Values, "41", "Values (at most): must be a whole number from 2 to 40"),
            (Number::Seeds, "0", "Runs per value: must be a whole number from 1 to 100"),
        ] {
            let state = after([typed(number, text), Action::Run(Scenario::default())]);
            assert!(state.problem.as_ref().is_some_and(|problem| problem.contains(expected)), "{:?}", state.problem);
            assert!(state.running().is_none());
        }
    }

    #[test]
    fn a_sweep_runs_until_it_is_finished_and_keeps_its_results() {
        let mut state = after(small());
        let (number, sweep) = state.running().expect("it runs");
        for job in sweep.jobs() {
            let result = job.run().map_err(|refusal| refusal.to_string());
            state.apply(Action::Event(number, SweepEvent::Ran(job, result)));
        }
        state.apply(Action::Event(number, SweepEvent::Finished));
        assert!(state.running().is_none());
        assert_eq!(state.shown.map(|shown| shown.results.done()), Some(2));
    }

    #[test]
    fn events_of_a_cancelled_or_previous_sweep_are_ignored() {
        for action in [Action::Cancel, Action::Run(Scenario::default())] {
            let mut state = after(small());
            let (number, sweep) = state.running().expect("it runs");
            state.apply(action);
            let before = state.clone();
            let late = Sample { rows: 1, elapsed: lockstep_core::time::SimTime::ZERO };
            for event in [SweepEvent::Ran(sweep.jobs().next().expect("a run"), Ok(late)), SweepEvent::Finished] {
                state.apply(Action::Event(number, event));
                assert_eq!(state, before);
            }
        }
    }

    #[test]
    fn a_ready_made_sweep_fills_the_form_with_its_settings() {
        for ready in &PRESETS {
            let state = after([Action::RunPreset(ready)]);
            let (_, sweep) = state.running().expect("it runs");
            assert_eq!(state.plan(sweep.base.clone()).as_ref(), Ok(&*sweep), "{}", ready.name);
        }
    }
}
