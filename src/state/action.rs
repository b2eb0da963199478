//! The actions that change the state of the page.

use super::terminals::Edit;
use lockstep_core::link::{Theme, View};
use lockstep_core::model::RunError;
use lockstep_core::own_machine::MeasuredRun;
use lockstep_core::playback::Speed;
use lockstep_core::run::Run;
use lockstep_core::scenario::{Field, Scenario};
use lockstep_core::time::SimTime;
use lockstep_core::trace::TaskId;
use std::rc::Rc;
use std::time::Duration;

/// A change requested by the user, the browser or the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A change of the scenario.
    Scenario(Change),
    /// An update on the pending run.
    Run(RunNews),
    /// Cancels the pending run and returns to the settings of the run on screen.
    StopRun,
    /// Plays, pauses or moves the playhead.
    Play(Move),
    /// Real time since the last tick.
    Tick(Duration),
    /// Selects a task.
    Select(TaskId),
    /// Changes the settings of the pictures and panels.
    View(View),
    /// Changes the theme, the notes, the measured runs or the version of SQLite.
    Page(PageChange),
    /// Changes the terminals.
    Terminals(Edit),
    /// The answer to the question "how many rows will get in?".
    Prediction(PredictionAnswer),
}

/// A change of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Sets a field from text. Invalid text changes nothing but adds a note.
    Set(Field, String),
    /// Resets all fields to the question's program; in an embedded page, to the link that it was
    /// opened with.
    Reset,
    /// Increments the seed.
    AnotherSeed,
    /// Follows a scenario link, given its query string.
    Follow(String),
    /// Restores the state with this query string after back or forward in the browser's history.
    Return(String),
}

/// An update on the run of a scenario. Ignored if that scenario is no longer pending.
#[derive(Clone, Debug, PartialEq)]
pub enum RunNews {
    /// The run is in progress and has reached this simulated time.
    Reached(Rc<Scenario>, SimTime),
    /// The run is complete, or was refused.
    Finished(Rc<Scenario>, Result<Rc<Run>, RunError>),
}

/// A playback command.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// Starts or pauses playback.
    PlayOrPause,
    /// Moves to the next event.
    StepForward,
    /// Moves to the previous event.
    StepBack,
    /// Moves to the next change of a lock.
    NextLockChange,
    /// Moves to the previous change of a lock.
    PreviousLockChange,
    /// Moves to the first lock.
    ToFirstLock,
    /// Moves to the first error.
    ToFirstError,
    /// Moves to the start of the gather.
    ToStart,
    /// Moves to the end of the playback bar.
    ToEnd,
    /// Moves to this simulated time.
    Seek(SimTime),
    /// Sets the start of the looping section, then its end, then removes the section.
    MarkSection,
    /// Extends the playback bar to the last event of the trace (`true`), or ends it at the stop.
    AfterTheStop(bool),
    /// Sets the speed, in simulated seconds per real second.
    SetSpeed(Speed),
}

/// A change of the theme, the notes, the measured runs or the version of SQLite.
#[derive(Clone, Debug, PartialEq)]
pub enum PageChange {
    /// Sets the theme.
    SetTheme(Theme),
    /// Sets the theme that the host page asks for. It does not appear in the link.
    SetHostTheme(Theme),
    /// Switches to the next theme in [`Theme::ALL`].
    NextTheme,
    /// Clears the notes.
    DismissNotes,
    /// Draws these measured runs over the chart of rows.
    ShowMeasured(Rc<Vec<MeasuredRun>>),
    /// The version of the real SQLite, once it has answered.
    SetSqliteVersion(Rc<str>),
}

/// The answer to the question "how many rows will get in?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PredictionAnswer {
    /// This many rows.
    Guess(u32),
    /// No guess.
    Skip,
}
