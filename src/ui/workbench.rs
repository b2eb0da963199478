//! The page's whole state and every way in which it can change. Pure: the browser only sends actions and shows the state.

use super::link::Link;
use super::run::Run;
use crate::model::RunError;
use crate::playback::{Playback, Speed};
use crate::scenario::{Field, Scenario};
use crate::time::SimTime;
use crate::trace::TaskId;
use std::rc::Rc;
use std::time::Duration;
use yew::prelude::Reducible;

/// Where the playhead stands when the page opens: late enough to see the waiters on the poll clock.
const OPENING: SimTime = SimTime::from_micros(1_000_000);

/// What the reader expected of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prediction {
    /// Not asked yet answered: the result is held back.
    Open,
    /// Not asked, or skipped.
    Skipped,
    /// So many rows.
    Guessed(u32),
}

/// The latest finished run and the cursor over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Showing {
    /// The run.
    pub run: Rc<Run>,
    /// The cursor.
    pub playback: Playback,
}

/// The state.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbench {
    /// What the controls show.
    pub scenario: Rc<Scenario>,
    /// What can be seen; nothing before the first run.
    pub showing: Option<Showing>,
    /// The scenario that has to be run, if the latest run is not its.
    pub pending: Option<Rc<Scenario>>,
    /// The task that was chosen, if one was.
    pub selection: Option<TaskId>,
    /// The guess.
    pub prediction: Prediction,
    /// What could not be done as asked.
    pub notes: Vec<String>,
    /// How often all controls were set at once. Text that is being typed gives way to that, right or wrong.
    pub set_at_once: u32,
    /// The link that the page was opened with: what of it has no use yet, and whether it asks for a guess.
    opened: Link,
    /// Where the playhead goes when the pending run is done.
    seek: Option<SimTime>,
}

/// A way in which the state can change.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A control was changed; text that the field cannot take changes nothing and is noted.
    Set(Field, String),
    /// All controls back to the question's program.
    Reset,
    /// The same with other random numbers.
    AnotherSeed,
    /// A scenario link was followed: its query string.
    Follow(String),
    /// The run of a scenario is done, or refused.
    Finished(Rc<Scenario>, Result<Rc<Run>, RunError>),
    /// Play or pause.
    PlayOrPause,
    /// So much real time has passed.
    Elapsed(Duration),
    /// To the next moment at which something happens.
    StepForward,
    /// To the moment before.
    StepBack,
    /// To the first error.
    ToFirstError,
    /// To the gather's start.
    ToStart,
    /// To a moment.
    Seek(SimTime),
    /// Simulated seconds per real second.
    SetSpeed(Speed),
    /// A task was chosen.
    Select(TaskId),
    /// So many rows will get in.
    Guess(u32),
    /// No guess.
    SkipGuess,
    /// The notes were read.
    DismissNotes,
}

impl Workbench {
    /// The state that `link` asks for. Nothing has been run yet.
    #[must_use]
    pub fn open(link: Link) -> Self {
        let scenario = Rc::new(link.scenario.clone());
        Self {
            pending: Some(scenario.clone()),
            scenario,
            showing: None,
            selection: None,
            prediction: if link.predict { Prediction::Open } else { Prediction::Skipped },
            notes: link.notes.clone(),
            set_at_once: 0,
            seek: Some(link.at.unwrap_or(OPENING)),
            opened: link,
        }
    }

    /// Whether a run is being computed.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.pending.is_some()
    }

    /// Whether the playhead moves.
    #[must_use]
    pub fn is_playing(&self) -> bool {
        self.showing.as_ref().is_some_and(|showing| showing.playback.running)
    }

    /// The link to this state; the moment is in it unless it is where the page opens anyway.
    #[must_use]
    pub fn link(&self) -> Link {
        let playback = self.showing.as_ref().map(|showing| showing.playback);
        let at = self.seek.or(playback.map(|playback| playback.position)).unwrap_or(OPENING);
        Link {
            scenario: (*self.scenario).clone(),
            at: (at != OPENING).then_some(at),
            speed: playback.map_or(self.opened.speed, |playback| playback.speed),
            notes: Vec::new(),
            ..self.opened.clone()
        }
    }

    fn apply(&mut self, action: Action) {
        match action {
            Action::Set(field, text) => {
                let mut scenario = (*self.scenario).clone();
                match scenario.set(field, &text) {
                    Ok(()) => self.set_scenario(scenario),
                    Err(problem) => self.notes = vec![problem.to_string()],
                }
            }
            Action::Reset => self.set_all(Scenario::default()),
            Action::AnotherSeed => {
                let seed = self.scenario.seed.wrapping_add(1);
                self.set_scenario(Scenario { seed, ..(*self.scenario).clone() });
            }
            Action::Follow(query) => self.follow(&Link::read(&query)),
            Action::Finished(scenario, result) => self.finish(&scenario, result),
            Action::Select(task) => self.selection = Some(task),
            Action::Guess(rows) => self.prediction = Prediction::Guessed(rows),
            Action::SkipGuess => self.skip_guess(),
            Action::DismissNotes => self.notes.clear(),
            _ => self.play(action),
        }
    }

    /// What belongs to the cursor; nothing to do before there is a run.
    fn play(&mut self, action: Action) {
        // Who plays has seen enough to guess no more; passing time decides nothing.
        if !matches!(action, Action::Elapsed(_)) {
            self.skip_guess();
        }
        let Some(Showing { run, playback }) = &mut self.showing else { return };
        *playback = match action {
            Action::PlayOrPause if playback.running => playback.pause(),
            Action::PlayOrPause => playback.play(),
            Action::Elapsed(real) => playback.advance(real),
            Action::StepForward => playback.step_forward(&run.trace),
            Action::StepBack => playback.step_back(&run.trace),
            Action::ToFirstError => playback.to_first_error(&run.trace),
            Action::ToStart => playback.pause().seek(SimTime::ZERO),
            Action::Seek(to) => playback.seek(to),
            Action::SetSpeed(speed) => at_speed(*playback, speed),
            _ => *playback,
        };
    }

    fn skip_guess(&mut self) {
        if self.prediction == Prediction::Open {
            self.prediction = Prediction::Skipped;
        }
    }

    /// The run at hand is kept until the new one is done; going back to its scenario needs no new one.
    fn set_scenario(&mut self, scenario: Scenario) {
        if *self.scenario == scenario {
            return;
        }
        let is_at_hand = self.showing.as_ref().is_some_and(|showing| showing.run.trace.scenario == scenario);
        self.scenario = Rc::new(scenario);
        self.pending = (!is_at_hand).then(|| self.scenario.clone());
        self.selection = None;
        self.notes.clear();
    }

    fn set_all(&mut self, scenario: Scenario) {
        self.set_at_once = self.set_at_once.wrapping_add(1);
        self.notes.clear();
        self.set_scenario(scenario);
    }

    fn follow(&mut self, link: &Link) {
        self.set_all(link.scenario.clone());
        self.skip_guess();
        self.notes.clone_from(&link.notes);
        let to = link.at.unwrap_or(OPENING);
        match (&mut self.showing, &self.pending) {
            (Some(showing), None) => showing.playback = showing.playback.pause().seek(to),
            _ => self.seek = Some(to),
        }
    }

    fn finish(&mut self, scenario: &Rc<Scenario>, result: Result<Rc<Run>, RunError>) {
        if self.pending.as_ref() != Some(scenario) {
            return;
        }
        self.pending = None;
        match result {
            Ok(run) => self.show(run),
            Err(refusal) => self.notes.push(refusal.to_string()),
        }
    }
}

impl Workbench {
    /// The cursor stays where it is, unless a link says where it goes.
    fn show(&mut self, run: Rc<Run>) {
        let playback = match (&self.showing, self.seek.take()) {
            (Some(showing), None) => showing.playback.on(&run.trace),
            (Some(showing), Some(to)) => showing.playback.pause().on(&run.trace).seek(to),
            (None, to) => at_speed(Playback::new(&run.trace), self.opened.speed).seek(to.unwrap_or(OPENING)),
        };
        self.showing = Some(Showing { run, playback });
    }
}

const fn at_speed(mut playback: Playback, speed: Speed) -> Playback {
    playback.speed = speed;
    playback
}

impl Reducible for Workbench {
    type Action = Action;

    /// An action that changes nothing gives the same state, so that nothing is drawn again.
    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.apply(action);
        if next == *self { self } else { Rc::new(next) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(query: &str) -> Rc<Workbench> {
        Rc::new(Workbench::open(Link::read(query)))
    }

    /// Runs what is pending, as the page does.
    fn finish(workbench: Rc<Workbench>) -> Rc<Workbench> {
        let scenario = workbench.pending.clone().expect("something is pending");
        let run = Run::of(&scenario).map(Rc::new);
        workbench.reduce(Action::Finished(scenario, run))
    }

    fn ready() -> Rc<Workbench> {
        finish(open("tasks=5&timeout=1&sleep=1"))
    }

    fn now(workbench: &Workbench) -> SimTime {
        workbench.showing.as_ref().expect("a run is shown").playback.position
    }

    #[test]
    fn an_action_that_changes_nothing_gives_the_same_state() {
        let workbench = ready().reduce(Action::SkipGuess);
        for action in [Action::DismissNotes, Action::Set(Field::Tasks, "5".into())] {
            assert!(Rc::ptr_eq(&workbench, &workbench.clone().reduce(action)));
        }
    }

    #[test]
    fn a_value_that_a_field_cannot_take_changes_the_notes_and_nothing_else() {
        let noted = ready().reduce(Action::Set(Field::Tasks, "many".into()));
        assert_eq!((noted.scenario.tasks, noted.is_busy(), noted.notes.len()), (5, false, 1));
    }

    #[test]
    fn a_change_keeps_the_old_run_until_the_new_one_is_done() {
        let changed = ready().reduce(Action::Set(Field::Tasks, "3".into()));
        assert!(changed.is_busy());
        assert_eq!(changed.showing.as_ref().map(|showing| showing.run.trace.scenario.tasks), Some(5));
        let done = finish(changed);
        assert!(!done.is_busy());
        assert_eq!(done.showing.as_ref().map(|showing| showing.run.trace.scenario.tasks), Some(3));
    }

    #[test]
    fn going_back_to_the_run_at_hand_needs_no_new_run() {
        let back = ready().reduce(Action::Set(Field::Tasks, "3".into())).reduce(Action::Set(Field::Tasks, "5".into()));
        assert!(!back.is_busy());
    }

    #[test]
    fn a_run_that_comes_too_late_is_dropped() {
        let first = open("tasks=3&timeout=1");
        let late = first.pending.clone().expect("something is pending");
        let run = Run::of(&late).map(Rc::new);
        let changed = first.reduce(Action::Set(Field::Tasks, "4".into()));
        assert!(changed.reduce(Action::Finished(late, run)).showing.is_none());
    }

    #[test]
    fn a_refused_run_is_noted_and_the_old_picture_stays() {
        let changed = ready().reduce(Action::Set(Field::Tasks, "10000".into()));
        let scenario = changed.pending.clone().expect("something is pending");
        let refusal = RunError::TooLarge { reached: SimTime::from_seconds(1.0), tasks: 10 };
        let refused = changed.reduce(Action::Finished(scenario, Err(refusal.clone())));
        assert_eq!(refused.notes, [refusal.to_string()]);
        assert!(refused.showing.is_some() && !refused.is_busy());
    }

    #[test]
    fn the_result_is_held_back_until_the_guess_is_given_or_skipped_and_playing_skips_it() {
        assert_eq!(ready().prediction, Prediction::Open);
        assert_eq!(ready().reduce(Action::Guess(7)).prediction, Prediction::Guessed(7));
        assert_eq!(ready().reduce(Action::PlayOrPause).prediction, Prediction::Skipped);
        assert_eq!(open("predict=0").prediction, Prediction::Skipped);
    }

    #[test]
    fn a_link_sets_scenario_and_playhead_whether_or_not_a_run_is_needed() {
        let same = ready().reduce(Action::Follow("tasks=5&timeout=1&sleep=1&t=0.5".into()));
        assert_eq!(now(&same), SimTime::from_seconds(0.5));
        let other = finish(same.reduce(Action::Follow("tasks=3&timeout=1&t=0.25".into())));
        assert_eq!((other.scenario.tasks, now(&other)), (3, SimTime::from_seconds(0.25)));
    }

    #[test]
    fn the_playhead_stays_where_it_is_when_a_control_changes() {
        let there = ready().reduce(Action::Seek(SimTime::from_seconds(0.125)));
        let changed = finish(there.reduce(Action::Set(Field::Seed, "2".into())));
        assert_eq!(now(&changed), SimTime::from_seconds(0.125));
    }

    #[test]
    fn the_link_of_a_state_opens_that_state() {
        let there = ready().reduce(Action::Seek(SimTime::from_seconds(0.5)));
        assert_eq!(there.link().write(), "tasks=5&timeout=1&sleep=1&t=0.5");
        assert_eq!(finish(open(&there.link().write())).scenario, there.scenario);
    }

    #[test]
    fn another_seed_is_the_next_and_after_the_last_comes_the_first() {
        assert_eq!(open("seed=4294967295").reduce(Action::AnotherSeed).scenario.seed, 0);
        assert_eq!(*open("tasks=7").reduce(Action::Reset).scenario, Scenario::default());
    }
}
