//! Every way in which the state of the page can change.

use super::run::Run;
use lockstep_core::link::{Theme, View};
use lockstep_core::model::RunError;
use lockstep_core::own_machine::MeasuredRun;
use lockstep_core::playback::Speed;
use lockstep_core::scenario::{Field, Scenario};
use lockstep_core::time::SimTime;
use lockstep_core::trace::TaskId;
use std::rc::Rc;
use std::time::Duration;

/// A change that the user, the browser or the model asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A change of the scenario.
    Scenario(Change),
    /// News of the pending run.
    Run(RunNews),
    /// Drops the pending run and returns to the one that is shown.
    StopRun,
    /// A move of the playhead.
    Play(Move),
    /// This much real time has passed since the last tick.
    Tick(Duration),
    /// Selects a task.
    Select(TaskId),
    /// Changes how pictures and panels are set.
    View(View),
    /// Changes what stands around the run.
    Page(PageChange),
    /// An answer to the question how many rows will get in.
    Prediction(PredictionAnswer),
}

/// A change of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Sets a field from text; text that the field cannot take changes nothing and leaves a note.
    Set(Field, String),
    /// Sets all fields to the question's program, or to what a frame was opened with.
    Reset,
    /// Takes the next seed.
    AnotherSeed,
    /// Follows a scenario link: its query string.
    Follow(String),
    /// Goes back or forward in the browser's history to the state with this query string.
    Return(String),
}

/// News of the run of a scenario. News of a scenario that is not pending is ignored.
#[derive(Clone, Debug, PartialEq)]
pub enum RunNews {
    /// The run is still under way and has reached this simulated time.
    Reached(Rc<Scenario>, SimTime),
    /// The run has ended, or was refused.
    Finished(Rc<Scenario>, Result<Rc<Run>, RunError>),
}

/// A move of the playhead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// Plays or pauses.
    PlayOrPause,
    /// To the next event.
    StepForward,
    /// To the event before.
    StepBack,
    /// To the next change of a lock.
    NextLockChange,
    /// To the change of a lock before.
    PreviousLockChange,
    /// To the first lock.
    ToFirstLock,
    /// To the first error.
    ToFirstError,
    /// To the start of the gather.
    ToStart,
    /// To the end of the playback bar.
    ToEnd,
    /// To this simulated time.
    Seek(SimTime),
    /// Sets an end of the section that loops, or clears the section.
    MarkSection,
    /// Whether the playback bar reaches to the last event of the trace instead of the stop.
    AfterTheStop(bool),
    /// Sets the speed, in simulated seconds per real second.
    SetSpeed(Speed),
}

/// A change of what stands around the run.
#[derive(Clone, Debug, PartialEq)]
pub enum PageChange {
    /// Sets the theme.
    SetTheme(Theme),
    /// Sets the theme for as long as the page around this one asks for it. It is not in the link.
    SetHostTheme(Theme),
    /// Takes the theme after the present one, in the order of the list.
    NextTheme,
    /// Clears the notes.
    DismissNotes,
    /// Draws these measured runs over the chart of rows.
    ShowMeasured(Rc<Vec<MeasuredRun>>),
}

/// An answer to the question how many rows will get in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PredictionAnswer {
    /// This many rows.
    Guess(u32),
    /// No guess.
    Skip,
}
