//! The page's whole state and every way in which it can change. Pure: the browser only sends actions and shows the state.

use super::guard;
use super::run::Run;
use lockstep_core::chart::Window;
use lockstep_core::link::{Link, Locks, Motion, Part, Theme, View};
use lockstep_core::model::RunError;
use lockstep_core::playback::{Playback, Speed};
use lockstep_core::scenario::{Field, Scenario};
use lockstep_core::time::SimTime;
use lockstep_core::trace::TaskId;
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
    /// The run that was kept to compare others with.
    pub pinned: Option<Rc<Scenario>>,
    /// The task that was chosen, if one was.
    pub selection: Option<TaskId>,
    /// How the pictures and panels are set.
    pub view: View,
    /// The guess.
    pub prediction: Prediction,
    /// The run that was guessed at.
    guessed_at: Option<Rc<Scenario>>,
    /// What could not be done as asked.
    pub notes: Vec<String>,
    /// How often all controls were set at once. Text that is being typed gives way to that, right or wrong.
    pub set_at_once: u32,
    /// How many links were followed.
    pub visits: u32,
    /// The link that the page was opened with: what of the page is there and can be changed, and where Reset leads.
    opened: Link,
    /// Where the playhead goes when the pending run is done.
    seek: Option<SimTime>,
    /// How far the pending run has come, if it takes long.
    pub reached: Option<SimTime>,
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
    /// The run of a scenario takes long, and has come so far.
    Reached(Rc<Scenario>, SimTime),
    /// The pending run is not wanted any more: back to the one that is shown.
    GiveUpRun,
    /// Play or pause.
    PlayOrPause,
    /// So much real time has passed.
    Elapsed(Duration),
    /// To the next moment at which something happens.
    StepForward,
    /// To the moment before.
    StepBack,
    /// To the next change of a lock.
    NextLockChange,
    /// To the change of a lock before.
    PreviousLockChange,
    /// To the first lock.
    ToFirstLock,
    /// To the first error.
    ToFirstError,
    /// To the end of the playback bar.
    ToEnd,
    /// Marks an end of the section to loop, or lets it go.
    MarkSection,
    /// Whether the playback bar reaches to the last event of the trace.
    AfterTheStop(bool),
    /// To the gather's start.
    ToStart,
    /// To a moment.
    Seek(SimTime),
    /// Simulated seconds per real second.
    SetSpeed(Speed),
    /// A task was chosen.
    Select(TaskId),
    /// Pictures or panels were set otherwise.
    View(View),
    /// Other colours, which are shown already.
    SetTheme(Theme),
    /// Back, or forward again, to a state that was left by a link: its query string.
    Return(String),
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
        let (pinned, scenario) = runs(&link);
        let scenario = Rc::new(scenario);
        Self {
            pending: Some(scenario.clone()),
            scenario,
            showing: None,
            pinned,
            selection: link.select,
            view: link.view,
            prediction: if link.frame.predict { Prediction::Open } else { Prediction::Skipped },
            notes: link.notes.clone(),
            guessed_at: None,
            set_at_once: 0,
            visits: 0,
            seek: Some(link.at.unwrap_or(OPENING)),
            reached: None,
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

    /// What cannot be changed.
    #[must_use]
    pub const fn locks(&self) -> Locks {
        self.opened.frame.lock
    }

    /// Whether `scenario` is what the reader has guessed at.
    #[must_use]
    pub fn is_guessed_at(&self, scenario: &Scenario) -> bool {
        self.guessed_at.as_deref() == Some(scenario)
    }

    /// Whether the page stands in a small frame.
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        self.opened.frame.embed
    }

    /// Whether pictures change at rest only.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        self.opened.frame.motion == Motion::Off
    }

    /// The link to this state; the moment is in it unless it is where the page opens anyway.
    #[must_use]
    pub fn link(&self) -> Link {
        let playback = self.showing.as_ref().map(|showing| showing.playback);
        let at = self.seek.or(playback.map(|playback| playback.position)).unwrap_or(OPENING);
        let now = (*self.scenario).clone();
        let (scenario, second) = match &self.pinned {
            Some(first) => ((**first).clone(), Some(now)),
            None => (now, None),
        };
        Link {
            scenario,
            second,
            at: (at != OPENING).then_some(at),
            speed: playback.map_or(self.opened.speed, |playback| playback.speed),
            select: self.selection,
            view: self.view,
            notes: Vec::new(),
            ..self.opened.clone()
        }
    }

    fn apply(&mut self, action: Action) {
        if !guard::lets(self.locks(), &action) {
            return;
        }
        match action {
            Action::Set(field, text) => {
                let mut scenario = (*self.scenario).clone();
                match scenario.set(field, &text) {
                    Ok(()) => self.set_scenario(scenario),
                    Err(problem) => self.notes = vec![problem.to_string()],
                }
            }
            Action::Reset => {
                self.pinned = None;
                self.set_all(self.start());
            }
            Action::AnotherSeed => {
                let seed = self.scenario.seed.wrapping_add(1);
                self.set_scenario(Scenario { seed, ..(*self.scenario).clone() });
            }
            Action::Follow(query) => self.visit(&Link::read(&query)),
            Action::Return(query) => self.go_back(&Link::read(&query)),
            Action::SetTheme(theme) => self.opened.frame.theme = theme,
            Action::Finished(scenario, result) => self.finish(&scenario, result),
            Action::Reached(scenario, at) => self.reach(&scenario, at),
            Action::GiveUpRun => self.give_up_run(),
            Action::Select(task) => self.selection = Some(task),
            Action::View(view) => self.view = guard::view(self.locks(), self.view, view),
            Action::Guess(rows) => {
                self.prediction = Prediction::Guessed(rows);
                self.guessed_at = Some(self.scenario.clone());
            }
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
            Action::NextLockChange => playback.to_next_lock_change(&run.trace),
            Action::PreviousLockChange => playback.to_previous_lock_change(&run.trace),
            Action::ToFirstLock => playback.to_first_lock(&run.trace),
            Action::ToFirstError => playback.to_first_error(&run.trace),
            Action::ToEnd => playback.pause().seek(playback.end),
            Action::MarkSection => playback.mark_section(),
            Action::AfterTheStop(whole) => playback.with_after_the_stop(&run.trace, whole),
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

    /// `wanted`, or the task that a link has locked.
    fn selected(&self, wanted: Option<TaskId>) -> Option<TaskId> {
        if self.locks().part(Part::Task) { self.opened.select } else { wanted }
    }

    /// Where Reset leads: the question's program, or what whoever framed the page has set.
    fn start(&self) -> Scenario {
        let frame = &self.opened.frame;
        if frame.embed || frame.lock.any() { self.opened.scenario.clone() } else { Scenario::default() }
    }

    /// The run at hand is kept until the new one is done; going back to its scenario needs no new one.
    fn set_scenario(&mut self, scenario: Scenario) {
        if *self.scenario == scenario {
            return;
        }
        let is_at_hand = self.showing.as_ref().is_some_and(|showing| showing.run.trace.scenario == scenario);
        self.scenario = Rc::new(scenario);
        self.pending = (!is_at_hand).then(|| self.scenario.clone());
        self.reached = None;
        self.selection = self.selected(None);
        self.notes.clear();
    }

    fn set_all(&mut self, scenario: Scenario) {
        self.set_at_once = self.set_at_once.wrapping_add(1);
        self.notes.clear();
        self.set_scenario(scenario);
    }

    /// A link that would change what is locked is not followed: what it promises would not be what is shown.
    fn visit(&mut self, link: &Link) {
        if let Some(name) = guard::locked_in(self.locks(), &self.scenario, link) {
            self.notes = vec![[name, ": locked on this page, so that the link cannot be followed here"].concat()];
            return;
        }
        self.visits = self.visits.wrapping_add(1);
        self.follow(link);
    }

    /// Everything is as it was, but for panels that the reader has folded since.
    fn go_back(&mut self, link: &Link) {
        if guard::locked_in(self.locks(), &self.scenario, link).is_none() {
            self.follow(link);
            self.view = guard::view(self.locks(), self.view, View { fold: self.view.fold, ..link.view });
        }
    }

    fn follow(&mut self, link: &Link) {
        // It stands still from now on, so that the link has a moment.
        if let Some(showing) = &mut self.showing {
            showing.playback = showing.playback.pause();
        }
        let (pinned, scenario) = runs(link);
        self.pinned = pinned;
        self.set_all(scenario);
        self.selection = self.selected(link.select);
        self.view = guard::view(self.locks(), self.view, View { near: link.view.near, ..self.view });
        self.skip_guess();
        self.notes.clone_from(&link.notes);
        let to = link.at.unwrap_or(OPENING);
        match (&mut self.showing, &self.pending) {
            (Some(showing), None) => showing.playback = showing.playback.seek(to),
            _ => self.seek = Some(to),
        }
    }

    /// Nobody waits any more for the run of another scenario.
    fn is_pending(&self, scenario: &Rc<Scenario>) -> bool {
        self.pending.as_ref() == Some(scenario)
    }

    fn reach(&mut self, scenario: &Rc<Scenario>, at: SimTime) {
        if self.is_pending(scenario) {
            self.reached = Some(at);
        }
    }

    fn give_up_run(&mut self) {
        if let Some(Showing { run, .. }) = &self.showing {
            self.set_all(run.trace.scenario.clone());
        }
    }

    fn finish(&mut self, scenario: &Rc<Scenario>, result: Result<Rc<Run>, RunError>) {
        if !self.is_pending(scenario) {
            return;
        }
        self.pending = None;
        self.reached = None;
        match result {
            Ok(run) => self.show(run),
            Err(refusal) => {
                let before = if self.showing.is_some() { " Below is still the run before." } else { "" };
                self.notes.push([&refusal.to_string(), before].concat());
            }
        }
    }
}

impl Workbench {
    /// A playhead that has moved is in sight.
    fn keep_in_sight(&mut self, before: Option<SimTime>) {
        let (Some(Showing { run, playback }), Some(near)) = (&self.showing, self.view.near) else { return };
        if before.is_some_and(|before| before != playback.position) {
            let all = Window::whole(playback.end, run.trace.scenario.coroutines());
            self.view.near = Some(near.with_time(all, playback.position));
        }
    }

    /// The cursor stays where it is, unless a link says where it goes.
    fn show(&mut self, run: Rc<Run>) {
        let playback = match (&self.showing, self.seek.take()) {
            (Some(showing), None) => showing.playback.on(&run.trace),
            (Some(showing), Some(to)) => reaching(showing.playback.pause().on(&run.trace), &run, to),
            (None, to) => reaching(at_speed(Playback::new(&run.trace), self.opened.speed), &run, to.unwrap_or(OPENING)),
        };
        self.showing = Some(Showing { run, playback });
    }
}

/// The playhead at `to`, which may be after the stop.
fn reaching(playback: Playback, run: &Run, to: SimTime) -> Playback {
    let whole = playback.whole || to > playback.end;
    playback.with_after_the_stop(&run.trace, whole).seek(to)
}

/// The run that a link has kept, if it has two, and the one that is to be seen.
fn runs(link: &Link) -> (Option<Rc<Scenario>>, Scenario) {
    match &link.second {
        Some(second) => (Some(Rc::new(link.scenario.clone())), second.clone()),
        None => (None, link.scenario.clone()),
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
        next.keep_in_sight(self.showing.as_ref().map(|showing| showing.playback.position));
        if next == *self { self } else { Rc::new(next) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::run::at_once;

    fn open(query: &str) -> Rc<Workbench> {
        Rc::new(Workbench::open(Link::read(query)))
    }

    /// Runs what is pending, as the page does.
    fn finish(workbench: Rc<Workbench>) -> Rc<Workbench> {
        let scenario = workbench.pending.clone().expect("something is pending");
        let run = at_once(&scenario);
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
    fn a_run_that_takes_long_tells_how_far_it_has_come_and_can_be_given_up_for_the_one_that_is_shown() {
        let changed = ready().reduce(Action::Set(Field::Tasks, "7".into()));
        let pending = changed.pending.clone().expect("a run");
        let at = SimTime::from_micros(1_500_000);
        let other = Rc::new(Scenario { tasks: 8, ..(*pending).clone() });
        assert_eq!(changed.clone().reduce(Action::Reached(other, at)).reached, None, "of a run that nobody waits for any more");
        let under_way = changed.reduce(Action::Reached(pending, at));
        assert_eq!((under_way.reached, under_way.is_busy()), (Some(at), true));
        assert_eq!(finish(under_way.clone()).reached, None);
        let back = under_way.reduce(Action::GiveUpRun);
        assert_eq!((back.scenario.tasks, back.is_busy(), back.reached), (5, false, None));
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
        let run = at_once(&late);
        let changed = first.reduce(Action::Set(Field::Tasks, "4".into()));
        assert!(changed.reduce(Action::Finished(late, run)).showing.is_none());
    }

    #[test]
    fn a_refused_run_is_noted_and_the_old_picture_stays() {
        let changed = ready().reduce(Action::Set(Field::Tasks, "10000".into()));
        let scenario = changed.pending.clone().expect("something is pending");
        let refusal = RunError::TooLarge { reached: SimTime::from_seconds(1.0), tasks: 10, retries: false };
        let refused = changed.reduce(Action::Finished(scenario, Err(refusal.clone())));
        assert_eq!(refused.notes, [format!("{refusal} Below is still the run before.")]);
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
    fn a_followed_link_leaves_the_state_before_it_and_going_back_leads_there_without_another_visit() {
        let before = ready().reduce(Action::Seek(SimTime::from_seconds(0.5))).reduce(Action::Select(TaskId::new(2)));
        let followed = finish(before.clone().reduce(Action::Follow("tasks=3&timeout=1&t=0.25".into())));
        assert_eq!(followed.visits, 1);
        let back = finish(followed.reduce(Action::Return(before.link().write())));
        assert_eq!((back.link().write(), back.visits), (before.link().write(), 1));
    }

    #[test]
    fn a_guess_belongs_to_the_run_that_was_guessed_at() {
        let guessed = ready().reduce(Action::Guess(7));
        assert!(guessed.is_guessed_at(&guessed.scenario));
        assert!(!guessed.is_guessed_at(&Scenario::default()));
    }

    #[test]
    fn the_theme_is_kept_in_the_link() {
        assert_eq!(ready().reduce(Action::SetTheme(Theme::Dark)).link().write(), "tasks=5&timeout=1&sleep=1&theme=dark");
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
    fn a_kept_run_stays_while_the_other_changes_and_the_link_has_both() {
        let kept = ready().reduce(Action::Follow("tasks=5&timeout=1&sleep=1&b.seed=1".into()));
        assert!(!kept.is_busy(), "the run is at hand");
        let changed = finish(kept.reduce(Action::Set(Field::Tasks, "3".into())));
        assert_eq!(changed.pinned.as_ref().map(|scenario| scenario.tasks), Some(5));
        assert_eq!(changed.link().write(), "tasks=5&timeout=1&sleep=1&b.tasks=3");
        let alone = changed.reduce(Action::Follow("tasks=3&timeout=1&sleep=1".into()));
        assert!(alone.pinned.is_none() && !alone.is_busy());
    }

    #[test]
    fn a_link_to_a_comparison_keeps_the_first_and_shows_the_second() {
        let opened = finish(open("tasks=5&timeout=1&b.sleep=1"));
        assert_eq!(opened.pinned.as_ref().map(|scenario| scenario.sleep.millis()), Some(0));
        assert_eq!(opened.showing.as_ref().map(|showing| showing.run.trace.scenario.sleep.millis()), Some(1000));
        assert_eq!((opened.link().write(), now(&opened)), ("tasks=5&timeout=1&b.sleep=1".to_owned(), OPENING));
        let noted = finish(open("tasks=5&timeout=1&b.tasks=0&b.sleep=1"));
        assert_eq!(noted.notes.len(), 1);
        let followed = finish(opened.reduce(Action::Follow("tasks=4&timeout=1&b.sleep=1".into())));
        assert_eq!(followed.link().write(), "tasks=4&timeout=1&b.sleep=1");
    }

    #[test]
    fn another_seed_is_the_next_and_after_the_last_comes_the_first() {
        assert_eq!(open("seed=4294967295").reduce(Action::AnotherSeed).scenario.seed, 0);
        assert_eq!(*open("tasks=7").reduce(Action::Reset).scenario, Scenario::default());
    }
}
