//! The whole state of the page and how actions change it. No side effects: components dispatch
//! actions and render the state.

use super::action::{Action, Change, Move, PageChange, PredictionAnswer, RunNews};
use super::guard;
use super::terminals::Terminals;
use lockstep_core::chart::Window;
use lockstep_core::link::{Link, Locks, Motion, Part, Theme, View};
use lockstep_core::model::RunError;
use lockstep_core::own_machine::MeasuredRun;
use lockstep_core::playback::{Playback, Speed};
use lockstep_core::run::Run;
use lockstep_core::scenario::Scenario;
use lockstep_core::time::SimTime;
use lockstep_core::trace::TaskId;
use std::rc::Rc;
use std::time::Duration;
use yew::prelude::Reducible;

/// The playhead when the page opens: late enough to see the waiters on the poll clock.
const OPENING: SimTime = SimTime::from_micros(1_000_000);

/// The number of rows that the user predicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prediction {
    /// Asked, not answered yet: the result stays hidden.
    Open,
    /// Not asked, or skipped.
    Skipped,
    /// The user guessed this number of rows.
    Guessed(u32),
}

/// The latest finished run and its playback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Showing {
    /// The run.
    pub run: Rc<Run>,
    /// The playhead, speed and looping section.
    pub playback: Playback,
}

/// The state of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbench {
    /// The scenario in the controls.
    pub scenario: Rc<Scenario>,
    /// The run on screen; `None` before the first run.
    pub showing: Option<Showing>,
    /// The scenario to run, if the run on screen is not its run.
    pub pending: Option<Rc<Scenario>>,
    /// The scenario of run A, if runs are being compared.
    pub pinned: Option<Rc<Scenario>>,
    /// The task that the user or the link has selected.
    pub selection: Option<TaskId>,
    /// The settings of the pictures and panels.
    pub view: View,
    /// The prediction.
    pub prediction: Prediction,
    /// The scenario that the guess is about.
    guessed_scenario: Option<Rc<Scenario>>,
    /// Problems to show to the user, one sentence each.
    pub notes: Vec<String>,
    /// Incremented whenever all controls are set at once; they then discard text that is being
    /// typed.
    pub set_at_once: u32,
    /// The number of links followed so far.
    pub followed_links: u32,
    /// The link that the page was opened with: which parts are hidden or locked, and where Reset
    /// leads.
    opened: Link,
    /// The playhead once the pending run is complete.
    seek: Option<SimTime>,
    /// The simulated time that the pending run has reached; `None` until it takes long.
    pub reached: Option<SimTime>,
    /// Measured runs that the user has loaded, drawn over the chart of rows.
    pub measured: Rc<Vec<MeasuredRun>>,
    /// The terminals.
    pub terminals: Rc<Terminals>,
    /// The version of the real SQLite, once it has answered.
    pub sqlite_version: Option<Rc<str>>,
    /// The theme that the host page asks for.
    host_theme: Option<Theme>,
}

impl Workbench {
    /// The state that `link` describes, with its run pending.
    #[must_use]
    pub fn open(link: Link) -> Self {
        let (pinned, scenario) = pinned_and_shown(&link);
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
            guessed_scenario: None,
            set_at_once: 0,
            followed_links: 0,
            seek: Some(link.at.unwrap_or(OPENING)),
            reached: None,
            measured: Rc::default(),
            terminals: Rc::new(Terminals::open(link.script.as_deref())),
            sqlite_version: None,
            host_theme: None,
            opened: link,
        }
    }

    /// Whether a run is pending.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.pending.is_some()
    }

    /// Whether playback is running.
    #[must_use]
    pub fn is_playing(&self) -> bool {
        self.showing.as_ref().is_some_and(|showing| showing.playback.running)
    }

    /// The fields and parts that the link locks.
    #[must_use]
    pub const fn locks(&self) -> Locks {
        self.opened.frame.lock
    }

    /// Whether the guess is about `scenario`.
    #[must_use]
    pub fn is_guess_for(&self, scenario: &Scenario) -> bool {
        self.guessed_scenario.as_deref() == Some(scenario)
    }

    /// The theme of the page.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.host_theme.unwrap_or(self.opened.frame.theme)
    }

    /// Whether the link asks for the layout of a small iframe.
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        self.opened.frame.embed
    }

    /// Whether the link asks for reduced motion.
    #[must_use]
    pub fn has_reduced_motion(&self) -> bool {
        self.opened.frame.motion == Motion::Off
    }

    /// The link to this state. It contains the playhead unless that is where the page opens by
    /// default.
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
            script: self.terminals.link_text(),
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
            Action::Run(RunNews::Reached(scenario, at)) => self.set_progress(&scenario, at),
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
            Action::Page(PageChange::SetSqliteVersion(version)) => self.sqlite_version = Some(version),
            Action::Terminals(edit) => Rc::make_mut(&mut self.terminals).apply(edit),
            Action::Prediction(PredictionAnswer::Guess(rows)) => {
                self.prediction = Prediction::Guessed(rows);
                self.guessed_scenario = Some(self.scenario.clone());
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
                self.set_all(self.reset_scenario());
            }
            Change::AnotherSeed => {
                let seed = self.scenario.seed.wrapping_add(1);
                self.set_scenario(Scenario { seed, ..(*self.scenario).clone() });
            }
            Change::Follow(query) => self.follow_link(&Link::read(&query)),
            Change::Return(query) => self.restore(&Link::read(&query)),
        }
    }

    /// Moves the playhead, which also skips the prediction. Before the first run there is no
    /// playhead.
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
            Move::AfterTheStop(whole) => playback.with_end(&run.trace, whole),
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

    /// `wanted`, unless the link locks the selected task.
    fn selected(&self, wanted: Option<TaskId>) -> Option<TaskId> {
        if self.locks().part(Part::Task) { self.opened.select } else { wanted }
    }

    /// The scenario after Reset: the question's program, or the scenario of the link that embeds or
    /// locks the page.
    fn reset_scenario(&self) -> Scenario {
        let frame = &self.opened.frame;
        if frame.embed || frame.lock.any() { self.opened.scenario.clone() } else { Scenario::default() }
    }

    /// The old run stays on screen until the new one is complete. Setting its scenario again needs
    /// no new run.
    fn set_scenario(&mut self, scenario: Scenario) {
        if *self.scenario == scenario {
            return;
        }
        let is_on_screen = self.showing.as_ref().is_some_and(|showing| showing.run.trace.scenario == scenario);
        self.scenario = Rc::new(scenario);
        self.pending = (!is_on_screen).then(|| self.scenario.clone());
        self.reached = None;
        self.selection = self.selected(None);
        self.notes.clear();
    }

    fn set_all(&mut self, scenario: Scenario) {
        self.set_at_once = self.set_at_once.wrapping_add(1);
        self.notes.clear();
        self.set_scenario(scenario);
    }

    /// Rejects a link that would change something locked, because the page could not show what the
    /// link describes.
    fn follow_link(&mut self, link: &Link) {
        if let Some(name) = guard::locked_in(self.locks(), &self.scenario, link) {
            self.notes = vec![[name, ": locked on this page, so this link cannot be followed here"].concat()];
            return;
        }
        self.followed_links = self.followed_links.wrapping_add(1);
        if let Some(script) = &link.script {
            Rc::make_mut(&mut self.terminals).follow(script);
        }
        if !has_only_a_script(link) {
            self.open_link(link);
        }
    }

    /// Restores the state of `link`, except for the panels that the user has folded since.
    fn restore(&mut self, link: &Link) {
        if guard::locked_in(self.locks(), &self.scenario, link).is_none() {
            self.open_link(link);
            Rc::make_mut(&mut self.terminals).follow(link.script.as_deref().unwrap_or_default());
            self.view = guard::view(self.locks(), self.view, View { fold: self.view.fold, ..link.view });
        }
    }

    fn open_link(&mut self, link: &Link) {
        // Playback stops, so that the playhead stays at the moment of the link.
        if let Some(showing) = &mut self.showing {
            showing.playback = showing.playback.pause();
        }
        let (pinned, scenario) = pinned_and_shown(link);
        self.pinned = pinned;
        self.set_all(scenario);
        self.selection = self.selected(link.select);
        self.view = guard::view(self.locks(), self.view, View { zoom: link.view.zoom, ..self.view });
        self.skip_guess();
        self.notes.clone_from(&link.notes);
        let to = link.at.unwrap_or(OPENING);
        match (&mut self.showing, &self.pending) {
            (Some(showing), None) => showing.playback = showing.playback.seek(to),
            _ => self.seek = Some(to),
        }
    }

    /// Whether the run of `scenario` is still wanted; the user may have changed the settings since.
    fn is_pending(&self, scenario: &Rc<Scenario>) -> bool {
        self.pending.as_ref() == Some(scenario)
    }

    fn set_progress(&mut self, scenario: &Rc<Scenario>, at: SimTime) {
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
                let previous = if self.showing.is_some() { " The page still shows the previous run." } else { "" };
                self.notes.push([&refusal.to_string(), previous].concat());
            }
        }
    }
}

impl Workbench {
    /// Scrolls the visible window of the lanes if the playhead has moved out of it.
    fn keep_playhead_visible(&mut self, before: Option<SimTime>) {
        let (Some(Showing { run, playback }), Some(window)) = (&self.showing, self.view.zoom) else { return };
        if before.is_some_and(|before| before != playback.position) {
            let all = Window::whole(playback.end, run.trace.scenario.coroutines());
            self.view.zoom = Some(window.scrolled_to_time(all, playback.position));
        }
    }

    /// Keeps the playhead where it is, unless a link has set it.
    fn show(&mut self, run: Rc<Run>) {
        let playback = match (&self.showing, self.seek.take()) {
            (Some(showing), None) => showing.playback.with_trace(&run.trace),
            (Some(showing), Some(to)) => seek_in(showing.playback.pause().with_trace(&run.trace), &run, to),
            (None, to) => seek_in(at_speed(Playback::new(&run.trace), self.opened.speed), &run, to.unwrap_or(OPENING)),
        };
        self.showing = Some(Showing { run, playback });
    }
}

/// Moves the playhead to `to`, and extends the playback bar if that is after the stop.
fn seek_in(playback: Playback, run: &Run, to: SimTime) -> Playback {
    let whole = playback.to_trace_end || to > playback.end;
    playback.with_end(&run.trace, whole).seek(to)
}

/// The scenario of run A, if the link has two runs, and the scenario to show.
fn pinned_and_shown(link: &Link) -> (Option<Rc<Scenario>>, Scenario) {
    match &link.second {
        Some(second) => (Some(Rc::new(link.scenario.clone())), second.clone()),
        None => (None, link.scenario.clone()),
    }
}

/// Whether a link has a script of the terminals and nothing else. Following it keeps the run.
fn has_only_a_script(link: &Link) -> bool {
    link.script.is_some() && Link { script: None, ..link.clone() } == Link::default()
}

/// The theme after `theme` in the list, which wraps around.
fn next_theme(theme: Theme) -> Theme {
    let next = Theme::ALL.iter().map(|(theme, _)| *theme).cycle().skip_while(|other| *other != theme).nth(1);
    next.unwrap_or(Theme::Auto)
}

const fn at_speed(mut playback: Playback, speed: Speed) -> Playback {
    playback.speed = speed;
    playback
}

impl Reducible for Workbench {
    type Action = Action;

    /// Returns the same `Rc` if nothing changes, so that nothing is rendered again.
    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.apply(action);
        next.keep_playhead_visible(self.showing.as_ref().map(|showing| showing.playback.position));
        if next == *self { self } else { Rc::new(next) }
    }
}

#[cfg(test)]
mod tests;
