//! The page's whole state and every way in which it can change. Pure: the browser only sends actions and shows the state.

use super::action::{Action, Change, Move, PageChange, PredictionAnswer, RunNews};
use super::guard;
use super::run::Run;
use lockstep_core::chart::Window;
use lockstep_core::link::Link;
use lockstep_core::link::view::View;
use lockstep_core::link::{Locks, Motion, Part, Theme};
use lockstep_core::model::RunError;
use lockstep_core::own_machine::MeasuredRun;
use lockstep_core::playback::{Playback, Speed};
use lockstep_core::scenario::Scenario;
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
    /// Simulated time that the pending run has reached, if it takes long.
    pub reached: Option<SimTime>,
    /// Measured runs that the user has brought, drawn over the chart of rows.
    pub measured: Rc<Vec<MeasuredRun>>,
    /// The theme that the page around this one asks for, if it does.
    host_theme: Option<Theme>,
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
            measured: Rc::default(),
            host_theme: None,
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

    /// The theme that the page is to have.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.host_theme.unwrap_or(self.opened.frame.theme)
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
        if !guard::allows(self.locks(), &action) {
            return;
        }
        match action {
            Action::Scenario(change) => self.change(change),
            Action::Run(RunNews::Finished(scenario, result)) => self.finish(&scenario, result),
            Action::Run(RunNews::Reached(scenario, at)) => self.reach(&scenario, at),
            Action::StopRun => self.stop_run(),
            Action::Play(to) => self.play(to),
            Action::Tick(real) => self.tick(real),
            Action::Select(task) => self.selection = Some(task),
            Action::View(view) => self.view = guard::view(self.locks(), self.view, view),
            Action::Page(PageChange::SetTheme(theme)) => self.opened.frame.theme = theme,
            Action::Page(PageChange::SetHostTheme(theme)) => self.host_theme = Some(theme),
            Action::Page(PageChange::NextTheme) => {
                self.opened.frame.theme = next_theme(self.theme());
                self.host_theme = None;
            }
            Action::Page(PageChange::DismissNotes) => self.notes.clear(),
            Action::Page(PageChange::ShowMeasured(runs)) => self.measured = runs,
            Action::Prediction(PredictionAnswer::Guess(rows)) => {
                self.prediction = Prediction::Guessed(rows);
                self.guessed_at = Some(self.scenario.clone());
            }
            Action::Prediction(PredictionAnswer::Skip) => self.skip_guess(),
        }
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::Set(field, text) => {
                let mut scenario = (*self.scenario).clone();
                match scenario.set(field, &text) {
                    Ok(()) => self.set_scenario(scenario),
                    Err(problem) => self.notes = vec![problem.to_string()],
                }
            }
            Change::Reset => {
                self.pinned = None;
                self.set_all(self.start());
            }
            Change::AnotherSeed => {
                let seed = self.scenario.seed.wrapping_add(1);
                self.set_scenario(Scenario { seed, ..(*self.scenario).clone() });
            }
            Change::Follow(query) => self.visit(&Link::read(&query)),
            Change::Return(query) => self.go_back(&Link::read(&query)),
        }
    }

    /// Moves the playhead, which also skips the guess. Does nothing before the first run.
    fn play(&mut self, to: Move) {
        self.skip_guess();
        let Some(Showing { run, playback }) = &mut self.showing else { return };
        *playback = match to {
            Move::PlayOrPause if playback.running => playback.pause(),
            Move::PlayOrPause => playback.play(),
            Move::StepForward => playback.step_forward(&run.trace),
            Move::StepBack => playback.step_back(&run.trace),
            Move::NextLockChange => playback.to_next_lock_change(&run.trace),
            Move::PreviousLockChange => playback.to_previous_lock_change(&run.trace),
            Move::ToFirstLock => playback.to_first_lock(&run.trace),
            Move::ToFirstError => playback.to_first_error(&run.trace),
            Move::ToEnd => playback.pause().seek(playback.end),
            Move::MarkSection => playback.mark_section(),
            Move::AfterTheStop(whole) => playback.with_after_the_stop(&run.trace, whole),
            Move::ToStart => playback.pause().seek(SimTime::ZERO),
            Move::Seek(to) => playback.seek(to),
            Move::SetSpeed(speed) => at_speed(*playback, speed),
        };
    }

    fn tick(&mut self, real: Duration) {
        if let Some(showing) = &mut self.showing {
            showing.playback = showing.playback.advance(real);
        }
    }

    fn skip_guess(&mut self) {
        if self.prediction == Prediction::Open {
            self.prediction = Prediction::Skipped;
        }
    }

    /// `wanted`, or the task that a link has locked.
    const fn selected(&self, wanted: Option<TaskId>) -> Option<TaskId> {
        if self.locks().part(Part::Task) { self.opened.select } else { wanted }
    }

    /// Where Reset leads: the question's program, or what whoever framed the page has set.
    fn start(&self) -> Scenario {
        let frame = &self.opened.frame;
        if frame.embed || frame.lock != Locks::default() { self.opened.scenario.clone() } else { Scenario::default() }
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

    fn stop_run(&mut self) {
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

/// The theme after `theme` in the list; after the last comes the first.
fn next_theme(theme: Theme) -> Theme {
    let after = Theme::ALL.iter().map(|(theme, _)| *theme).cycle().skip_while(|other| *other != theme).nth(1);
    after.unwrap_or(Theme::Auto)
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
mod tests;
